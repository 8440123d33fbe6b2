//! Everything that a worker is made of.

use anyhow::Result;

use crate::node::{self, tool};
use crate::root::package;
use crate::step::{self, cargo, step};

/// Rule sources and the bundles that they become.
const BUNDLES: &[(&str, &str)] =
    &[("rules", "dist/demo.footlight"), ("tests/e2e/rules", "dist/teststage.footlight")];

pub(crate) fn run() -> Result<()> {
    wasm()?;
    npm_package()?;
    bundles()
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

/// The bundles that the demo and the tests serve.
pub(crate) fn bundles() -> Result<()> {
    step("bundles", || {
        BUNDLES.iter().try_for_each(|(rules, bundle)| {
            let build = ["run", "--quiet", "--package", "footlight", "--", "build"];
            step::run(cargo(&build).args(["--rules", rules, "--output", bundle]))
        })
    })
}
