//! Words for reports of what never happened: enough of them that two happenings share few.

use super::world::World;

const NOUNS: [&str; 48] = [
    "ferry",
    "bridge",
    "tunnel",
    "school",
    "warehouse",
    "orchard",
    "harbour",
    "quarry",
    "station",
    "museum",
    "market",
    "hospital",
    "reservoir",
    "factory",
    "airfield",
    "library",
    "chapel",
    "vineyard",
    "refinery",
    "stadium",
    "lighthouse",
    "sawmill",
    "barracks",
    "cinema",
    "dairy",
    "foundry",
    "brewery",
    "observatory",
    "nursery",
    "courthouse",
    "greenhouse",
    "monastery",
    "depot",
    "pier",
    "windmill",
    "prison",
    "laboratory",
    "theatre",
    "bakery",
    "kiln",
    "canal",
    "tower",
    "garage",
    "farm",
    "hotel",
    "archive",
    "pharmacy",
    "shipyard",
];
const VERBS: [&str; 24] = [
    "collapsed near",
    "burned beside",
    "was struck by",
    "slid into",
    "was closed with",
    "rolled over",
    "was sold to",
    "flooded",
    "was searched like",
    "leaned against",
    "was rebuilt after",
    "was named for",
    "blocked",
    "stood behind",
    "was emptied before",
    "hid",
    "was painted like",
    "outlived",
    "was fenced off from",
    "broke away from",
    "was towed past",
    "exploded under",
    "was measured from",
    "lost its roof to",
];
const KINDS: [&str; 24] = [
    "old",
    "empty",
    "northern",
    "burnt",
    "wooden",
    "narrow",
    "unfinished",
    "royal",
    "rented",
    "flooded",
    "silent",
    "crowded",
    "steep",
    "rusted",
    "disputed",
    "frozen",
    "forgotten",
    "guarded",
    "copper",
    "hollow",
    "distant",
    "grey",
    "leased",
    "crooked",
];

/// A clause of no great sense, one of some hundred millions.
pub(super) fn words(world: &World, of: &[u64]) -> String {
    let n = world.number(of);
    let pick = |list: &[&'static str], shift: u64| list[(n >> shift) as usize % list.len()];
    let (a, b) = (pick(&KINDS, 3), pick(&KINDS, 13));
    let (one, other) = (pick(&NOUNS, 23), pick(&NOUNS, 33));
    format!("the {a} {one} {} the {b} {other}", pick(&VERBS, 43))
}

/// Someone's name.
pub(super) fn name(world: &World, of: [u64; 2]) -> String {
    const FIRST: [&str; 12] =
        ["Ana", "Ivo", "Mara", "Oskar", "Lena", "Pavel", "Rita", "Tomas", "Edda", "Niko", "Vera", "Hugo"];
    const LAST: [&str; 12] = [
        "Ode", "Lanz", "Brandt", "Kovar", "Meer", "Silva", "Toth", "Wolny", "Quist", "Rask", "Fabre", "Unger",
    ];
    let n = world.number(&[50, of[0], of[1]]);
    format!("{} {}", FIRST[n as usize % 12], LAST[(n >> 8) as usize % 12])
}
