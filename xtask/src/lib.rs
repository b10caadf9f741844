//! Chores that tests share: a world of feeds that go wrong, and whether a watch of it lost or repeated anything.

pub mod faults;
