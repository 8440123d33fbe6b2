//! `footlight verify`: whether a bundle, or everything at a target, is what a trusted key signed.

use std::fs;
use std::path::Path;

use clap::Args;
use serde::Serialize;

use crate::arguments::Format;
use crate::failure::Failure;
use crate::output::{self, Outcome, count};
use crate::release::error::bundle_flaw_text;
use crate::release::keys::{KeyArguments, Signed, TrustArguments};
use crate::release::target::{TargetArguments, read_bundle};
use crate::signing::hexadecimal;

/// Verify a bundle's file, or every release and bundle of a target, against the keys that you trust.
#[derive(Debug, Args)]
pub(crate) struct Verify {
    #[command(flatten)]
    target: TargetArguments,
    #[command(flatten)]
    key: KeyArguments,
    #[command(flatten)]
    trust: TrustArguments,
}

#[derive(Serialize)]
struct Answer {
    ok: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    signed_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    releases: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bundles: Option<usize>,
    problems: Vec<String>,
}

impl Verify {
    pub(crate) fn run(&self, format: Format) -> Result<Outcome, Failure> {
        let trust = self.trust.read(self.key.find()?.as_ref())?;
        if trust.is_empty() {
            return Err(Failure::NobodyTrusted);
        }
        let (answer, fine) = if Path::new(self.target.text()).is_file() {
            let path = Path::new(self.target.text());
            let bytes = fs::read(path).map_err(|error| Failure::Read { path: path.to_owned(), error })?;
            match read_bundle(&bytes, &trust) {
                Ok((loaded, Signed::By(id))) => {
                    let said = format!(
                        "ok: {} for {}, signed by {}",
                        loaded.id,
                        loaded.header.site,
                        hexadecimal(&id)
                    );
                    (Answer::of_bundle(Some(hexadecimal(&id)), Vec::new()), said)
                }
                // INVARIANT: there are keys, so that everything was checked.
                Ok((_, Signed::Unchecked)) => return Err(Failure::NobodyTrusted),
                Err(flaw) => {
                    let problem = format!("`{}`: {}", path.display(), bundle_flaw_text(&flaw));
                    (Answer::of_bundle(None, vec![problem]), String::new())
                }
            }
        } else {
            let target = self.target.open(trust)?;
            let found = target.audit()?;
            let said = format!(
                "ok: {} and {} at {}, all signed by keys that you trust",
                count(found.releases, "release"),
                count(found.bundles, "bundle"),
                target.name
            );
            let answer = Answer {
                ok: found.problems.is_empty(),
                signed_by: None,
                releases: Some(found.releases),
                bundles: Some(found.bundles),
                problems: found.problems,
            };
            (answer, said)
        };
        match format {
            Format::Json => output::json(&answer),
            Format::Text if answer.ok => anstream::println!("{fine}"),
            Format::Text => {
                answer.problems.iter().for_each(|problem| anstream::eprintln!("wrong: {problem}"));
                anstream::eprintln!("{}", count(answer.problems.len(), "problem"));
            }
        }
        Ok(if answer.ok { Outcome::Fine } else { Outcome::Wrong })
    }
}

impl Answer {
    const fn of_bundle(signed_by: Option<String>, problems: Vec<String>) -> Self {
        Self { ok: problems.is_empty(), signed_by, releases: None, bundles: None, problems }
    }
}
