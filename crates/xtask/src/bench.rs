//! Benchmarks: everything is built as it ships, then measured by the scripts in `tests/bench`.

use std::path::PathBuf;

use anyhow::Result;

use crate::root::target;
use crate::step::{cargo, command, run as run_command, step};
use crate::{build, node};

/// Which suite, all when absent, and where to write the measurements.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Bench {
    pub(crate) suite: Option<String>,
    pub(crate) json: Option<PathBuf>,
}

impl Bench {
    /// What follows `bench` on the command line.
    pub(crate) fn parse(words: &[&str]) -> Result<Self, String> {
        let mut bench = Self::default();
        let mut words = words.iter();
        while let Some(&word) = words.next() {
            match word {
                "--json" => bench.json = Some(words.next().ok_or("`--json` needs a file")?.into()),
                _ if word.starts_with('-') => return Err(format!("unknown option: `{word}`")),
                _ if bench.suite.is_none() => bench.suite = Some(word.to_owned()),
                _ => return Err(format!("one suite at a time: `{word}`")),
            }
        }
        Ok(bench)
    }
}

pub(crate) fn run(bench: &Bench) -> Result<()> {
    node::install()?;
    build::wasm()?;
    build::npm_package()?;
    step("compiler and native decision", || {
        run_command(&mut cargo(&["build", "--quiet", "--release", "--package", "footlight"]))?;
        run_command(&mut cargo(&[
            "build",
            "--quiet",
            "--release",
            "--package",
            "footlight-core",
            "--example",
            "decide",
        ]))
    })?;
    build::bench_bundle()?;
    step("lol_html as wasm", || {
        let build = ["build", "--quiet", "--release", "--package", "lol-html-wasm", "--target"];
        run_command(cargo(&build).arg("wasm32-unknown-unknown"))
    })?;
    let mut node = command("node", &["tests/bench/bench.js"]);
    node.env("FOOTLIGHT_CLI", target().join("release/footlight"))
        .env("FOOTLIGHT_TARGET", target())
        .env("FOOTLIGHT_LOAD", std::env::current_exe()?)
        .env("FOOTLIGHT_NATIVE_DECIDE", target().join("release/examples/decide"))
        .args(&bench.suite);
    if let Some(json) = &bench.json {
        node.arg("--json").arg(std::path::absolute(json)?);
    }
    run_command(&mut node)
}
