//! What was asked for on the command line.

use std::ffi::OsString;

use crate::bench::Bench;

pub(crate) const USAGE: &str = "\
usage: cargo xtask <command>

  demo                          build everything and serve the demo shop on http://localhost:8787
  build                         build the wasm module, the npm package and the demo's bundle
  test [--quick]                run every check; --quick leaves out browsers, fuzzing and packing
  bench [SUITE] [--json FILE]   measure speed against peers; suites: decide, html, edge
  size                          size of the wasm module against its budget";

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    Bench(Bench),
    Build,
    Demo,
    Size,
    Test { quick: bool },
    Help,
}

impl Command {
    pub(crate) fn parse(arguments: impl Iterator<Item = OsString>) -> Result<Self, String> {
        let arguments: Vec<String> =
            arguments.map(|argument| argument.to_string_lossy().into_owned()).collect();
        let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
        match words.as_slice() {
            ["bench", options @ ..] => Bench::parse(options).map(Self::Bench),
            ["build"] => Ok(Self::Build),
            ["demo"] => Ok(Self::Demo),
            ["size"] => Ok(Self::Size),
            ["test"] => Ok(Self::Test { quick: false }),
            ["test", "--quick"] => Ok(Self::Test { quick: true }),
            [] | ["help" | "--help" | "-h"] => Ok(Self::Help),
            _ => Err(format!("unknown command: `{}`", words.join(" "))),
        }
    }
}
