//! Everything that a worker is made of.

use anyhow::Result;

use crate::node::{self, tool};
use crate::root::package;
use crate::step::{self, step};

pub(crate) fn run() -> Result<()> {
    wasm()?;
    npm_package()
}

/// The wasm module.
pub(crate) fn wasm() -> Result<()> {
    node::install()?;
    step("wasm module", crate::wasm::build)
}

/// The TypeScript of `@footlight/edge`.
pub(crate) fn npm_package() -> Result<()> {
    step("npm package", || step::run(tool("tsc", &["--project"]).arg(package())))
}
