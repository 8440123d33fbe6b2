//! Every check, in the order in which mistakes are cheapest to find.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::node::{self, tool};
use crate::root::{root, target};
use crate::step::{self, cargo, command, step};
use crate::{build, size};

/// First argument with which cargo starts this program as the runner of wasm tests.
pub(crate) const WASM_TEST_RUNNER: &str = "wasm-test-runner";

/// How long random pages are compared with the rewriter's oracle.
const FUZZ_SECONDS: &str = "60";

/// Checks everything; `quick` leaves out what takes minutes: the oracles, the runtime and the browser.
pub(crate) fn run(quick: bool) -> Result<()> {
    step("formatting", || step::run(&mut cargo(&["fmt", "--all", "--check"])))?;
    if quick {
        step("unit tests", || {
            let packages = ["-p", "footlight-core", "-p", "footlight-html", "-p", "footlight-compiler"];
            step::run(cargo(&["test", "--quiet", "--lib"]).args(packages))
        })?;
        step("rules", rules)?;
        return step("shop", || node_tests("www/test"));
    }

    step("lints", || {
        step::run(&mut cargo(&["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"]))
    })?;
    step("core and html without std", || {
        let packages = ["-p", "footlight-core", "-p", "footlight-html"];
        step::run(cargo(&["build", "--quiet", "--target", "wasm32v1-none"]).args(packages))
    })?;
    step("Rust tests", || {
        step::run(cargo(&["test", "--quiet", "--workspace"]).env("FOOTLIGHT_FUZZ_SECONDS", FUZZ_SECONDS))
    })?;
    step("rules", rules)?;
    step("shop", || node_tests("www/test"))?;

    build::run()?;
    step("size", size::check)?;
    step("wasm tests", wasm_tests)?;
    step("native against wasm", || node_tests("tests/wasm"))?;
    step("npm package, installed elsewhere", || node_tests("tests/npm"))?;
    build::test_bundles()?;
    step("Workers runtime", || node_tests("tests/e2e"))?;
    step("deployment, dry run", dry_run)?;
    step("browser", || node_tests("tests/browser"))?;
    step("merchandiser's desk", || node_tests("tests/desk"))
}

/// The demo shop's rules: no finding, and every case of its rule tests holds.
fn rules() -> Result<()> {
    for subcommand in ["check", "test"] {
        step::run(&mut build::footlight(&[subcommand, "--rules", "rules"]))?;
    }
    Ok(())
}

/// Runs the `*.test.js` files of a folder one after the other: each may start servers.
fn node_tests(folder: &str) -> Result<()> {
    node::install()?;
    let mut files = test_files(folder)?;
    files.sort();
    if files.is_empty() {
        bail!("there are no tests in {folder}");
    }
    let options = ["--test", "--test-concurrency=1", "--test-reporter=spec"];
    step::run(command("node", &options).args(files))
}

fn test_files(folder: &str) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(root().join(folder)).with_context(|| folder.to_owned())?;
    let paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    Ok(paths.into_iter().filter(|path| path.to_string_lossy().ends_with(".test.js")).collect())
}

/// The tests that run inside the wasm module, in Node.
fn wasm_tests() -> Result<()> {
    let runner = std::env::current_exe()?;
    let runner = format!("{} {WASM_TEST_RUNNER}", runner.display());
    // Only the library's tests: the library itself brings a panic handler, and tests bring the standard library's. The
    // runner does not know `--quiet`.
    let arguments = ["test", "--package", "footlight-edge", "--lib", "--target", "wasm32-unknown-unknown"];
    step::run(cargo(&arguments).env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner))
}

/// Packs the demo as for deployment.
fn dry_run() -> Result<()> {
    let output = target().join("dry-run");
    let mut wrangler: Command = tool("wrangler", &["deploy", "--dry-run", "--outdir"]);
    step::run(wrangler.arg(output))
}
