//! `footlight history`: who changed what, when and why.

use std::collections::BTreeMap;

use clap::Args;
use serde::Serialize;

use crate::arguments::Format;
use crate::failure::Failure;
use crate::output::{self, Outcome};
use crate::release::course;
use crate::release::document::Release;
use crate::release::error::percent;
use crate::release::keys::TrustArguments;
use crate::release::target::TargetArguments;

/// Show the releases of a target, the newest first: when, by whom and why.
#[derive(Debug, Args)]
pub(crate) struct History {
    #[command(flatten)]
    target: TargetArguments,
    /// How many.
    #[arg(long, short = 'n', value_name = "NUMBER", default_value_t = 20)]
    limit: usize,
    #[command(flatten)]
    trust: TrustArguments,
}

#[derive(Serialize)]
struct Answer {
    releases: Vec<Told>,
    /// Older ones that are not shown.
    more: usize,
}

#[derive(Serialize)]
struct Told {
    /// `live`, `was-live`, or `never-live` for one that was begun only.
    state: &'static str,
    #[serde(flatten)]
    release: Release,
}

impl History {
    pub(crate) fn run(&self, format: Format) -> Result<Outcome, Failure> {
        let target = self.target.open(self.trust.read(None)?)?;
        let live = target.live_or_say()?.release;
        let sequences = target.sequences()?;
        let more = sequences.len().saturating_sub(self.limit);
        let shown = sequences.get(more..).unwrap_or_default();
        let releases = target.releases(shown)?.into_iter();
        let releases: BTreeMap<u64, Release> =
            releases.map(|(sequence, kept)| (sequence, kept.release)).collect();
        let were_live = course::were_live(&live, &releases);
        let state = |sequence: u64| match were_live.contains(&sequence) {
            _ if sequence == live.sequence => "live",
            true => "was-live",
            false => "never-live",
        };
        let told =
            releases.into_iter().rev().map(|(sequence, release)| Told { state: state(sequence), release });
        let answer = Answer { releases: told.collect(), more };
        match format {
            Format::Json => output::json(&answer),
            Format::Text => answer.print(&target.name),
        }
        Ok(Outcome::Fine)
    }
}

impl Answer {
    fn print(&self, target: &str) {
        for Told { state, release } in &self.releases {
            let what = match &release.canary {
                Some(canary) => {
                    format!("canary {} for {}", canary.bundle.short(), percent(canary.share))
                }
                None => format!("{} {}", release.action.done(), release.bundle.short()),
            };
            let state = match *state {
                "live" => "  (live)",
                "never-live" => "  (never live)",
                _ => "",
            };
            anstream::println!("{:>5}  {}  {what}{state}", release.sequence, release.at);
            let why = if release.why.is_empty() { String::new() } else { format!(": {}", release.why) };
            anstream::println!("       {}{why}", release.by);
        }
        if self.more > 0 {
            anstream::println!("and {} older: `footlight history {target} -n NUMBER`", self.more);
        }
    }
}
