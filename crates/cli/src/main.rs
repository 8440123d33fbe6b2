//! The `footlight` command.

fn main() {}
