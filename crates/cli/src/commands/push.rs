//! `footlight push`: from rules to live, or not at all.

use std::path::Path;

use clap::Args;
use ed25519_dalek::SigningKey;
use footlight_compiler::cases::{Case, Verdict};
use footlight_compiler::diagnostic::Report;
use footlight_compiler::file::encode;
use footlight_core::bundle::{Bundle, BundleId, Loaded, append_signature};
use serde::Serialize;

use super::check::Compiled;
use super::test;
use crate::arguments::{Format, Rules};
use crate::failure::Failure;
use crate::output::{self, Outcome, count};
use crate::release::document::{Action, BundleName, Canary, Release, WHOLE};
use crate::release::error::{Problem, percent};
use crate::release::keys::{KeyArguments, TrustArguments};
use crate::release::order::{self, Leave};
use crate::release::publish::{Draft, Found, Upload, publish};
use crate::release::step::{self, Step};
use crate::release::target::{Seen, Target, TargetArguments};
use crate::{clock, signing};

/// Check, test, build and sign the rules, and make them live.
///
/// Nothing changes for visitors while something is wrong with the rules, one of their tests fails, or somebody else has
/// pushed meanwhile. Whatever interrupts it, what is live is the old bundle or the new one.
#[derive(Debug, Args)]
pub(crate) struct Push {
    #[command(flatten)]
    target: TargetArguments,
    /// Why: for the history.
    #[arg(long = "message", short = 'm', value_name = "WHY", default_value = "")]
    why: String,
    /// Only this share of the visitors gets the new bundle, such as 5%, always the same ones; `promote` or `rollback` end it.
    #[arg(long, value_name = "SHARE", value_parser = share)]
    canary: Option<u16>,
    /// Push although this computer's clock is behind the live release's: that one was made with a wrong clock.
    #[arg(long)]
    ignore_clock: bool,
    #[command(flatten)]
    key: KeyArguments,
    #[command(flatten)]
    trust: TrustArguments,
    #[command(flatten)]
    rules: Rules,
}

#[derive(Serialize)]
struct Answer<'a> {
    ok: bool,
    diagnostics: Vec<Report>,
    failed_cases: Vec<&'a str>,
    /// Whether the same is live already.
    unchanged: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    release: Option<&'a Release>,
    found: Vec<String>,
}

/// Rules that may go live.
struct Built {
    bundle: Bundle,
    bytes: Vec<u8>,
    id: BundleId,
}

/// What became of it.
enum Came {
    ToNothing { release: Release },
    Live { release: Release, found: Vec<Found>, bytes: usize },
}

impl Push {
    pub(crate) fn run(&self, format: Format) -> Result<Outcome, Failure> {
        let key = self.key.read()?;
        let target = self.target.open(self.trust.read(Some(&key))?)?;
        let seen = target.look()?;
        let live = seen.live.as_ref().map(|live| &live.release);
        self.check_canary(&target, live)?;
        let previous = match (&self.rules.previous, live) {
            (None, Some(live)) => Some(target.bundle(&live.bundle)?),
            _ => None,
        };
        let place = format!("live:{}", target.name);
        let mut compiled = match &previous {
            Some((bytes, _)) => Compiled::read_after(&self.rules, Some((Path::new(&place), bytes)))?,
            None => Compiled::read(&self.rules)?,
        };
        let now_ms = clock::now_ms(None)?;
        if let Some(bundle) = &compiled.compilation.bundle {
            // Before the tests, which may take longer: what cannot go live in any case need not be tested.
            self.order(&target, &seen, &bundle.site.id, now_ms)?;
        }
        let built = Built::of(&compiled, previous.as_ref().map(|(_, loaded)| loaded))?;
        let verdicts = test::play(&mut compiled, None);
        if format == Format::Text {
            compiled.report(&self.rules.rules);
            for (case, verdict) in verdicts.iter().filter(|(_, verdict)| !verdict.failures.is_empty()) {
                anstream::eprint!("{}", test::told(case, verdict, &compiled, &self.rules.rules));
            }
        }
        let (failed, has_errors) = (test::failed(&verdicts), compiled.compilation.has_errors());
        let came = match built.filter(|_| failed == 0 && !has_errors) {
            Some(built) => Some(self.publish(&target, &key, &seen, &built, now_ms)?),
            None => None,
        };
        match format {
            Format::Json => json(&compiled, &verdicts, came.as_ref()),
            Format::Text => match &came {
                Some(came) => self.tell(came, &target, verdicts.len()),
                None if has_errors => {
                    anstream::eprintln!("nothing was pushed: first, the rules have to be right")
                }
                None => anstream::eprintln!("nothing was pushed: {} failed", count(failed, "test")),
            },
        }
        Ok(if came.is_some() { Outcome::Fine } else { Outcome::Wrong })
    }

    /// A canary needs something beside it, and is not ended by accident.
    fn check_canary(&self, target: &Target, live: Option<&Release>) -> Result<(), Failure> {
        let running = live.and_then(|live| live.canary.clone());
        match (self.canary, live, running) {
            (Some(_), None, _) => Err(target.error(Problem::CanaryOfNothing)),
            (None, _, Some(Canary { bundle, share })) => {
                Err(target.error(Problem::CanaryRuns { bundle, share }))
            }
            _ => Ok(()),
        }
    }

    fn order(&self, target: &Target, seen: &Seen, site: &str, now_ms: i64) -> Result<order::Next, Failure> {
        let live = seen.live.as_ref().map(|live| &live.release);
        let leave = Leave { clock: self.ignore_clock, put_back: false };
        order::next(live, &seen.later, site, now_ms, leave)
            .map_err(|disorder| target.error(Problem::Disorder(disorder)))
    }

    fn publish(
        &self,
        target: &Target,
        key: &SigningKey,
        seen: &Seen,
        built: &Built,
        now_ms: i64,
    ) -> Result<Came, Failure> {
        let name = BundleName::from(built.id);
        let live = seen.live.as_ref().map(|live| &live.release);
        let canary = self.canary.map(|share| Canary { bundle: name.clone(), share });
        if let Some(live) = live
            && (live.bundle == name || (canary.is_some() && live.canary == canary))
        {
            return Ok(Came::ToNothing { release: live.clone() });
        }
        let mut bytes = built.bytes.clone();
        append_signature(&mut bytes, &signing::sign(key, &built.id));
        step::reached(Step::Built);
        let site = built.bundle.site.id.clone();
        let next = self.order(target, seen, &site, now_ms)?;
        let (action, bundle) = match live.filter(|_| canary.is_some()) {
            Some(live) => (Action::Canary, live.bundle.clone()),
            None => (Action::Push, name.clone()),
        };
        let upload = Upload { name, bytes: &bytes };
        let draft = Draft { site, action, bundle, canary, why: self.why.clone() };
        let published = publish(target, key, seen, next, Some(&upload), draft, now_ms)?;
        Ok(Came::Live { release: published.release, found: published.found, bytes: bytes.len() })
    }

    fn tell(&self, came: &Came, target: &Target, cases: usize) {
        match came {
            Came::ToNothing { release } => anstream::println!(
                "nothing to push: what these rules make is live at {} already, {} of {}",
                target.name,
                match &release.canary {
                    Some(canary) if self.canary.is_some() => format!("for {},", percent(canary.share)),
                    _ => format!("as release {}", release.sequence),
                },
                release.at
            ),
            Came::Live { release, found, bytes } => {
                found.iter().for_each(|found| anstream::println!("found: {found}"));
                let (bundle, whom) = match &release.canary {
                    Some(canary) => {
                        (&canary.bundle, format!(" for {} of the visitors", percent(canary.share)))
                    }
                    None => (&release.bundle, String::new()),
                };
                anstream::println!("release {} of {} is live{whom}", release.sequence, release.site);
                anstream::println!("  at      {}, {}", target.name, release.at);
                anstream::println!(
                    "  bundle  {} ({bytes} bytes), {} passed",
                    bundle.short(),
                    count(cases, "test")
                );
                let back = format!("footlight rollback {}", target.name);
                match (&release.canary, release.previous) {
                    (Some(_), _) => {
                        anstream::println!("  then    `footlight promote {}`, or `{back}`", target.name)
                    }
                    (None, Some(previous)) => anstream::println!("  back    `{back}`, to release {previous}"),
                    (None, None) => {}
                }
            }
        }
    }
}

impl Built {
    /// The bundle, named as the live one if they are the same: when a bundle was compiled is a part of its name.
    fn of(compiled: &Compiled, live: Option<&Loaded>) -> Result<Option<Self>, Failure> {
        let Some(bundle) = &compiled.compilation.bundle else { return Ok(None) };
        let encode = |created_s| {
            encode(bundle, &compiled.compilation.notes, created_s).map_err(|error| Failure::Encode { error })
        };
        let now_s = u64::try_from(compiled.now_ms / 1000).unwrap_or(0);
        let (mut bytes, mut id) = encode(now_s)?;
        if let Some(live) = live {
            let again = encode(live.header.created_s)?;
            if again.1 == live.id {
                (bytes, id) = again;
            }
        }
        Ok(Some(Self { bundle: bundle.clone(), bytes, id }))
    }
}

fn json(compiled: &Compiled, verdicts: &[(Case, Verdict)], came: Option<&Came>) {
    let diagnostics = compiled.compilation.diagnostics.iter();
    let failed = verdicts.iter().filter(|(_, verdict)| !verdict.failures.is_empty());
    let (release, found) = match came {
        Some(Came::Live { release, found, .. }) => (Some(release), found.as_slice()),
        Some(Came::ToNothing { release }) => (Some(release), [].as_slice()),
        None => (None, [].as_slice()),
    };
    output::json(&Answer {
        ok: came.is_some(),
        diagnostics: diagnostics.map(|diagnostic| diagnostic.report(&compiled.sources)).collect(),
        failed_cases: failed.map(|(case, _)| case.name.as_str()).collect(),
        unchanged: matches!(came, Some(Came::ToNothing { .. })),
        release,
        found: found.iter().map(ToString::to_string).collect(),
    });
}

/// Reads `5%`, `0.25%` as parts of 10,000.
fn share(text: &str) -> Result<u16, String> {
    let share = text
        .strip_suffix('%')
        .and_then(|number| number.trim().parse::<f64>().ok())
        .map(|percent| (percent * 100.0).round());
    match share {
        // INVARIANT: a whole number that fits.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 10,000")]
        Some(share) if (1.0..=f64::from(WHOLE)).contains(&share) => Ok(share as u16),
        _ => Err("write a share of the visitors such as 5%, from 0.01% to 100%".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_per_cent_with_two_decimals() {
        for (text, expected) in [("5%", 500), ("0.01%", 1), ("12.5 %", 1250), ("100%", 10_000)] {
            assert_eq!(share(text), Ok(expected));
            assert_eq!(percent(expected), text.replace(' ', ""));
        }
        for text in ["5", "0%", "0.001%", "101%", "-1%", "five%", "NaN%", "%"] {
            assert!(share(text).is_err(), "{text}");
        }
    }
}
