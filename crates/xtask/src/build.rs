//! Everything that a worker is made of.

use std::process::Command;

use anyhow::Result;

use crate::node::{self, tool};
use crate::root::package;
use crate::step::{self, cargo, step};

/// Rule sources and the bundle that they become.
type Source = (&'static str, &'static str);

const DEMO: &[Source] = &[("rules", "dist/demo.footlight")];
const TESTS: &[Source] = &[
    ("tests/e2e/rules", "dist/teststage.footlight"),
    ("tests/e2e/rules-other", "dist/teststage-other.footlight"),
    ("tests/e2e/rules-shared", "dist/sharedstage.footlight"),
];

pub(crate) fn run() -> Result<()> {
    wasm()?;
    npm_package()?;
    bundles("demo's bundle", DEMO)
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

/// The bundles that tests serve.
pub(crate) fn test_bundles() -> Result<()> {
    bundles("tests' bundles", TESTS)
}

/// The bundle that benchmarks decide with.
pub(crate) fn bench_bundle() -> Result<()> {
    bundles("benchmarks' bundle", &[("tests/bench/runtime/rules", "dist/bench.footlight")])
}

fn bundles(name: &str, sources: &[Source]) -> Result<()> {
    step(name, || {
        sources.iter().try_for_each(|(rules, bundle)| {
            step::run(&mut footlight(&["build", "--rules", rules, "--output", bundle]))
        })
    })
}

/// The command, without servers and stores, which take longer to compile than all the rest.
pub(crate) fn footlight(arguments: &[&str]) -> Command {
    let mut command = cargo(&["run", "--quiet", "--package", "footlight", "--no-default-features", "--"]);
    command.args(arguments);
    command
}
