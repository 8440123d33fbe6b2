//! Device class, operating system and browser family.
