//! `footlight diff`: what is different, and who gets something else.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::arguments::Format;
use crate::clock;
use crate::diff::{self, Change, Group, Traffic};
use crate::failure::Failure;
use crate::log::LogArguments;
use crate::output::{self, Outcome};
use crate::subject;

/// Say in words what is different between two bundles or rules directories; with a log, who gets something else.
///
/// A and B are rules directories, bundles, `live:TARGET`, `git:REVISION[:PATH]`, or revisions by themselves.
#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// What there was.
    #[arg(value_name = "A")]
    before: String,
    /// What there is now.
    #[arg(value_name = "B")]
    after: String,
    /// Where the rules are at a revision of git.
    #[arg(long, short = 'r', value_name = "DIR", default_value = "rules")]
    rules: PathBuf,
    /// The time that schedules and reviews are compared with; now when left out.
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// Request logs, as `footlight simulate` takes them: replayed through both, to say who gets something else.
    #[arg(long = "log", value_name = "LOG")]
    logs: Vec<PathBuf>,
    #[command(flatten)]
    log: LogArguments,
}

#[derive(Serialize)]
struct Answer<'a> {
    is_different: bool,
    /// By group.
    changes: Map<String, Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    traffic: Option<&'a Traffic>,
}

impl Diff {
    pub(crate) fn run(&self, format: Format) -> Result<Outcome, Failure> {
        let now_ms = clock::now_ms(self.at.as_deref())?;
        let Some(a) = subject::named(&self.before, &self.rules, now_ms)? else { return Ok(Outcome::Wrong) };
        let Some(b) = subject::named(&self.after, &self.rules, now_ms)? else { return Ok(Outcome::Wrong) };
        let (mut before, mut after) = (diff::outline(&a), diff::outline(&b));
        // What only one side can know is no difference.
        if a.sources.is_none() || b.sources.is_none() {
            diff::keep_what_bundles_know(&mut before);
            diff::keep_what_bundles_know(&mut after);
        }
        let changes = diff::changes(&before, &after);
        let traffic = match self.logs.as_slice() {
            [] => None,
            logs => Some(diff::replay(logs, &self.log, &a, &b)?),
        };
        match format {
            Format::Json => output::json(&Answer {
                is_different: !changes.is_empty(),
                changes: grouped(&changes),
                traffic: traffic.as_ref(),
            }),
            Format::Text => diff::print(&changes, traffic.as_ref()),
        }
        Ok(Outcome::Fine)
    }
}

fn grouped(changes: &[Change]) -> Map<String, Value> {
    let of = |group: Group| changes.iter().filter(move |change| change.group == group);
    let named = |group: Group| {
        let all: Vec<Value> = of(group).filter_map(|change| serde_json::to_value(change).ok()).collect();
        (group.names().0.to_owned(), Value::Array(all))
    };
    Group::ALL.into_iter().filter(|group| of(*group).next().is_some()).map(named).collect()
}
