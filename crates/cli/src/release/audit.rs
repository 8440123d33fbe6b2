//! Looks a whole target through: every release and every bundle, and whether they belong together.

use std::collections::{BTreeMap, BTreeSet};

use super::course;
use super::document::{BundleName, Release};
use super::order;
use super::target::Target;
use crate::failure::Failure;

/// What was looked at, and what is wrong.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub(crate) releases: usize,
    pub(crate) bundles: usize,
    pub(crate) problems: Vec<String>,
}

impl Target {
    /// Verifies everything; what the store does not give is a failure, what it gives wrongly a finding.
    pub(crate) fn audit(&self) -> Result<Findings, Failure> {
        let mut findings = Findings::default();
        let mut live = None;
        match self.live_or_say() {
            Ok(kept) => live = Some(kept),
            Err(failure) => findings.note(failure)?,
        }
        let mut releases = BTreeMap::new();
        let sequences = self.sequences()?;
        findings.releases = sequences.len();
        for sequence in sequences {
            match self.release(sequence) {
                Ok(Some(kept)) => _ = releases.insert(sequence, kept),
                Ok(None) => {}
                Err(failure) => findings.note(failure)?,
            }
        }
        if let Some(live) = &live {
            let sequence = live.release.sequence;
            match releases.get(&sequence) {
                Some(kept) if kept.bytes == live.bytes => {}
                _ => findings.problems.push(format!(
                    "the history has no copy of release {sequence}, which is live; the next push writes it"
                )),
            }
            let later: Vec<Release> =
                releases.range(sequence + 1..).map(|(_, kept)| kept.release.clone()).collect();
            if let Err(disorder) = order::next(
                Some(&live.release),
                &later,
                &live.release.site,
                i64::MAX,
                order::Leave::default(),
            ) {
                findings.note(self.error(super::error::Problem::Disorder(disorder)))?;
            }
        }
        let releases = releases.into_iter().map(|(sequence, kept)| (sequence, kept.release)).collect();
        self.audit_bundles(live.as_ref().map(|live| &live.release), &releases, &mut findings)?;
        Ok(findings)
    }

    /// All bundles that are there, and those that have to be there because they are or were live.
    fn audit_bundles(
        &self,
        live: Option<&Release>,
        releases: &BTreeMap<u64, Release>,
        findings: &mut Findings,
    ) -> Result<(), Failure> {
        let mut names: BTreeSet<String> = self.bundles()?.into_iter().map(String::from).collect();
        findings.bundles = names.len();
        let were_live = live.map(|live| course::were_live(live, releases)).unwrap_or_default();
        let named = were_live.iter().filter_map(|sequence| releases.get(sequence)).chain(live);
        for release in named {
            names.insert(release.bundle.to_string());
            names.extend(release.canary.iter().map(|canary| canary.bundle.to_string()));
        }
        for name in names {
            // INVARIANT: these were names before.
            let Ok(name) = BundleName::try_from(name) else { continue };
            match self.bundle(&name) {
                Ok((_, loaded)) => {
                    if let Some(live) = live.filter(|live| live.site != loaded.header.site) {
                        findings.problems.push(format!(
                            "the bundle {} is for the site `{}`, and the target for `{}`",
                            name.short(),
                            loaded.header.site,
                            live.site
                        ));
                    }
                }
                Err(failure) => findings.note(failure)?,
            }
        }
        Ok(())
    }
}

impl Findings {
    /// What is wrong with the target is noted; that it cannot be looked at ends the look.
    fn note(&mut self, failure: Failure) -> Result<(), Failure> {
        match failure {
            Failure::Release(error) => {
                self.problems.push(error.to_string());
                Ok(())
            }
            other => Err(other),
        }
    }
}
