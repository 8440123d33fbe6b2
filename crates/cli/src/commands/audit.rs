//! `footlight audit`: which rules there are, why, and what of that is overdue.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use footlight_compiler::{file, traffic};
use footlight_core::time::{Date, Instant};

use super::check::Compiled;
use crate::arguments::{Format, Rules};
use crate::audit::{self, Audit as Audited, Evidence, Share};
use crate::failure::Failure;
use crate::log::LogArguments;
use crate::output::{self, Outcome};
use crate::release::course;
use crate::release::document::Release;
use crate::release::keys::Trust;
use crate::release::target::Target;
use crate::simulate;
use crate::store::Address;
use crate::subject::{Git, GitError, Subject};
use crate::table::number;

/// Show what the rules are for, who answers for them and what is overdue, and how mature the practice is.
///
/// Ages are from git, where there is a repository; shares of traffic from `traffic.toml` or a log.
#[derive(Debug, Args)]
pub(crate) struct Audit {
    #[command(flatten)]
    rules: Rules,
    /// Writes the report as a page, too: one file, for any browser and for paper.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Where releases are kept: says when each rule was live for the first time.
    #[arg(long, value_name = "TARGET")]
    target: Option<String>,
    /// Request logs, as `footlight simulate` takes them, instead of `traffic.toml`.
    #[arg(long = "log", value_name = "LOG")]
    logs: Vec<PathBuf>,
    #[command(flatten)]
    log: LogArguments,
}

impl Audit {
    pub(crate) fn run(&self, format: Format) -> Result<Outcome, Failure> {
        let compiled = Compiled::read(&self.rules)?;
        let now_ms = compiled.now_ms;
        let Some(subject) = Subject::of_compiled(compiled, &self.rules.rules) else {
            return Ok(Outcome::Wrong);
        };
        let mut evidence =
            Evidence { first_written: first_written(&self.rules.rules)?, ..Evidence::default() };
        let traffic = self.traffic(&subject, &mut evidence)?;
        if let Some(target) = &self.target {
            evidence.first_live = first_live(target)?;
        }
        let rules = audit::records(&subject, &evidence, now_ms);
        let mut on = String::new();
        let days = Instant::from_unix_ms(now_ms).unix_seconds().div_euclid(86_400);
        Date::from_unix_days(days).write_iso(&mut on);
        let site = subject.engine.bundle().site.id.clone();
        let audited = Audited { site, on, traffic, maturity: audit::maturity(&rules), rules };
        if let Some(path) = &self.html {
            fs::write(path, audit::page(&audited))
                .map_err(|error| Failure::Write { path: path.clone(), error })?;
        }
        match format {
            Format::Json => output::json(&audited),
            Format::Text => {
                audit::print(&audited);
                if let Some(path) = &self.html {
                    anstream::println!("\n{} written", path.display());
                }
            }
        }
        Ok(Outcome::Fine)
    }

    /// Finds out how many see each rule, and says from what.
    fn traffic(&self, subject: &Subject, evidence: &mut Evidence) -> Result<Option<String>, Failure> {
        if !self.logs.is_empty() {
            let (counts, run) = simulate::replay(&self.logs, &self.log, subject)?;
            let answer = simulate::Answer::new(&counts, &run, &self.log, subject);
            for rule in &answer.rules {
                let share = Share { visitors: rule.share.unwrap_or(0.0), views: rule.views };
                evidence.shares.insert(rule.rule.clone(), share);
            }
            let names: Vec<&str> = answer.log.files.iter().map(|file| file.name.as_str()).collect();
            return Ok(Some(format!("{} visitors of {}", number(answer.visitors), names.join(", "))));
        }
        let Some(saved) = subject.sources.as_ref().and_then(traffic::read) else { return Ok(None) };
        for (rule, share) in &saved.rules {
            evidence.shares.insert(rule.clone(), Share { visitors: share.visitors, views: share.views });
        }
        let traffic::Traffic { visitors, from, until, .. } = saved;
        let period = if from == until { format!("of {from}") } else { format!("from {from} to {until}") };
        Ok(Some(format!("{} visitors {period}, as {} says", number(visitors), traffic::FILE)))
    }
}

/// When each rule was first committed; nothing where there is no repository.
fn first_written(rules: &Path) -> Result<BTreeMap<String, i64>, Failure> {
    match Git::of(rules) {
        Ok(git) => git.first_written(),
        Err(Failure::Git(GitError::NotInstalled | GitError::NoRepository { .. })) => Ok(BTreeMap::new()),
        Err(failure) => Err(failure),
    }
}

/// When each rule was live for the first time.
fn first_live(target: &str) -> Result<BTreeMap<String, i64>, Failure> {
    let target = Target::open(Address::parse(target)?, Trust::of_environment()?)?;
    let live = target.live_or_say()?.release;
    let releases = target.releases(&target.sequences()?)?.into_iter();
    let releases: BTreeMap<u64, Release> =
        releases.map(|(sequence, kept)| (sequence, kept.release)).collect();
    let were_live = course::were_live(&live, &releases);
    let (mut first, mut known) = (BTreeMap::new(), BTreeMap::new());
    for (_, release) in releases.iter().filter(|(sequence, _)| were_live.contains(sequence)) {
        let Some(at_ms) = release.at_ms() else { continue };
        let name = release.bundle.as_str().to_owned();
        if !known.contains_key(&name) {
            let (bytes, _) = target.bundle(&release.bundle)?;
            // What an older release of ours wrote may have no words that this one reads.
            known.insert(name.clone(), file::notes(&bytes).map(|notes| notes.rules).unwrap_or_default());
        }
        for rule in known.get(&name).into_iter().flatten() {
            first.entry(rule.clone()).or_insert(at_ms);
        }
    }
    Ok(first)
}
