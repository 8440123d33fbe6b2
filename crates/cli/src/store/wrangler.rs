//! Finding and running the project's `wrangler`.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const CONFIGURATIONS: [&str; 3] = ["wrangler.toml", "wrangler.json", "wrangler.jsonc"];
const PROGRAM: &str = if cfg!(windows) { "wrangler.cmd" } else { "wrangler" };

/// `wrangler` as a project has it installed.
pub(super) struct Wrangler {
    program: PathBuf,
    /// Where the project's configuration is, and its state.
    project: PathBuf,
}

impl Wrangler {
    /// Looks in this folder and those above it, first for the configuration, then for the program.
    pub(super) fn find() -> io::Result<Option<Self>> {
        let here = std::env::current_dir()?;
        let is_project = |folder: &&Path| CONFIGURATIONS.iter().any(|name| folder.join(name).is_file());
        let Some(project) = here.ancestors().find(is_project) else { return Ok(None) };
        let program = |folder: &Path| folder.join("node_modules/.bin").join(PROGRAM);
        let found = project.ancestors().map(program).find(|program| program.is_file());
        Ok(found.map(|program| Self { program, project: project.to_owned() }))
    }

    /// Runs it with arguments, asking nobody anything.
    pub(super) fn run(&self, arguments: &[&str]) -> io::Result<Output> {
        Command::new(&self.program)
            .args(arguments)
            .current_dir(&self.project)
            .env("CI", "1")
            .env("NO_COLOR", "1")
            .env("FORCE_COLOR", "0")
            .env("WRANGLER_SEND_METRICS", "false")
            .stdin(Stdio::null())
            .output()
    }
}

/// Everything that `wrangler` said, without colours.
pub(super) fn said(output: &Output) -> String {
    let said = [output.stderr.as_slice(), output.stdout.as_slice()].concat();
    anstream::adapter::strip_str(&String::from_utf8_lossy(&said)).to_string()
}

/// What `wrangler` said, without its banner and its hints: the lines that tell what is wrong.
pub(super) fn complaint(output: &Output) -> String {
    let said = said(output);
    let mut errors =
        said.lines().filter_map(|line| line.split_once("[ERROR]")).map(|(_, error)| error.trim());
    match errors.next() {
        Some(error) => error.to_owned(),
        None => said.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("nothing").to_owned(),
    }
}
