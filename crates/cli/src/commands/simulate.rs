//! `footlight simulate`: what rules come to, with the visitors of a log.

use std::path::PathBuf;

use clap::Args;

use crate::arguments::{Format, Rules};
use crate::failure::Failure;
use crate::log::LogArguments;
use crate::output::{self, Outcome};
use crate::simulate::{self, Answer};
use crate::subject::Subject;
use crate::traffic;

/// Replay request logs: how many visitors are in which segment, which rules win, and what stands in their way.
///
/// Logs are JSON lines with our own fields, the combined log format of Apache and nginx, or Cloudflare Logpush, packed with
/// gzip, zstd or not. Visitors' profiles grow over the log as they do at the edge.
#[derive(Debug, Args)]
pub(crate) struct Simulate {
    /// The logs, in the order of their times; `-` is the standard input.
    #[arg(required = true, value_name = "LOG")]
    logs: Vec<PathBuf>,
    #[command(flatten)]
    rules: Rules,
    #[command(flatten)]
    log: LogArguments,
    /// Saves the shares as `traffic.toml` beside the rules: `footlight check` then warns of segments that hardly anybody or
    /// nearly everybody is in, and `footlight audit` shows them.
    #[arg(long)]
    save: bool,
}

impl Simulate {
    pub(crate) fn run(&self, format: Format) -> Result<Outcome, Failure> {
        if self.save && !self.rules.rules.is_dir() {
            return Err(Failure::BadArgument {
                name: "--save",
                value: self.rules.rules.display().to_string(),
                expected: "a rules directory after `--rules`: the shares are saved beside the rules",
            });
        }
        let Some(subject) = Subject::read(&self.rules)? else { return Ok(Outcome::Wrong) };
        let (counts, run) = simulate::replay(&self.logs, &self.log, &subject)?;
        let answer = Answer::new(&counts, &run, &self.log, &subject);
        match format {
            Format::Json => output::json(&answer),
            Format::Text => simulate::print(&answer),
        }
        if self.save {
            let path = traffic::save(&self.rules.rules, &answer, &subject)?;
            if format == Format::Text {
                anstream::println!("\n{} written", path.display());
            }
        }
        Ok(Outcome::Fine)
    }
}
