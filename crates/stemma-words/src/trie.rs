//! Which pieces start here: a double-array trie over the pieces' bytes (Aoe 1989, in the packed
//! form of Yata 2008).
//!
//! In: a node and the next byte. Out: the node reached and the piece that ends there, if any.
//! Never: builds anything; the units lie in the file.
//!
//! A unit is a u32: bits 0..8 the byte that leads to it, bit 8 whether a piece ends at it, bits
//! 9..32 its base. The child for a byte sits at base ^ byte. The piece's number sits, in the base
//! field, at base ^ 0: no piece holds a zero byte. No two units share a base, so the byte alone
//! proves the parent.

use crate::layout::Quad;

/// A trie over borrowed units.
#[derive(Clone, Copy)]
pub(crate) struct Trie(pub &'static [Quad]);

/// A place in the trie: its unit.
#[derive(Clone, Copy)]
pub(crate) struct Node(u32);

impl Trie {
    /// The node of the empty prefix.
    pub fn root(self) -> Node {
        Node(self.unit(0))
    }

    /// The node that `byte` leads to.
    #[inline]
    pub fn step(self, node: Node, byte: u8) -> Option<Node> {
        let unit = self.unit(node.0 >> 9 ^ u32::from(byte));
        (unit & 0xff == u32::from(byte) && byte != 0).then_some(Node(unit))
    }

    /// The number of the piece that ends at `node`.
    #[inline]
    pub fn piece(self, node: Node) -> Option<u32> {
        if node.0 & 0x100 == 0 { None } else { Some(self.unit(node.0 >> 9) >> 9) }
    }

    #[inline]
    fn unit(self, index: u32) -> u32 {
        self.0.get(index as usize).map_or(0, |quad| u32::from_le_bytes(*quad))
    }
}
