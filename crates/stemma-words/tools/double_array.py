"""Builds the trie that `src/trie.rs` walks.

In: pieces as bytes, none with a zero byte. Out: its units as 32-bit numbers.
Never: puts two nodes on one base; that is what makes one byte enough to prove a parent.
"""

HAS_PIECE, BASE_SHIFT, BLOCK = 0x100, 9, 256
# Blocks that are still searched for room; older ones are full but for crumbs (Yata 2008 takes as many).
N_OPEN = 16


def tree(pieces):
    """Nested dicts by byte; a piece's number under 0."""
    root = {}
    for number, piece in enumerate(pieces):
        node = root
        for byte in piece:
            node = node.setdefault(byte, {})
        node[0] = number
    return root


class Slots:
    """Units, and which of them are free: an ordered set for each open block."""

    def __init__(self):
        self.units, self.bases, self.free = [], set(), {}

    def grow(self):
        start = len(self.units)
        self.units += [0] * BLOCK
        self.free[start // BLOCK] = dict.fromkeys(range(start, start + BLOCK))
        self.free.pop(start // BLOCK - N_OPEN, None)

    def place(self, labels):
        """A base under which all labels are free; the fullest blocks are tried first."""
        while True:
            for free in self.free.values():
                if len(free) >= len(labels):
                    for slot in free:
                        base = slot ^ labels[0]
                        if base not in self.bases and all(base ^ label in free for label in labels):
                            return base
            self.grow()

    def take(self, slot):
        del self.free[slot // BLOCK][slot]


def build(pieces):
    slots, queue = Slots(), [(tree(pieces), 0)]
    slots.grow()
    slots.take(0)
    for node, at in queue:
        labels = sorted(node)
        base = slots.place(labels)
        slots.bases.add(base)
        slots.units[at] |= base << BASE_SHIFT | (HAS_PIECE if 0 in node else 0)
        for label in labels:
            slots.take(base ^ label)
            if label:
                slots.units[base ^ label] = label
                queue.append((node[label], base ^ label))
            else:
                slots.units[base] = node[0] << BASE_SHIFT
    return slots.units
