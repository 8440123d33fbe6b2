//! `traffic.toml`: the shares that a replay found, beside the rules.

mod write;

pub(crate) use write::save;
