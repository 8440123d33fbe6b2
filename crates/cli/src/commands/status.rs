//! `footlight status`: what is live, since when, by whom and why.

use std::path::{Path, PathBuf};

use clap::Args;
use footlight_compiler::file::encode;
use serde::Serialize;

use super::check::Compiled;
use crate::arguments::{Format, Rules};
use crate::clock;
use crate::failure::Failure;
use crate::output::{self, Outcome, count};
use crate::release::document::Release;
use crate::release::error::{Problem, percent};
use crate::release::keys::{KeyArguments, Signed, TrustArguments};
use crate::release::order;
use crate::release::target::{Kept, Target, TargetArguments};
use crate::release::when::ago;
use crate::signing::hexadecimal;

/// Show what is live at a target: since when, by whom and why, and whether the rules here differ from it.
#[derive(Debug, Args)]
pub(crate) struct Status {
    #[command(flatten)]
    target: TargetArguments,
    /// The rules that are compared with what is live; left out if there are none.
    #[arg(long, short = 'r', value_name = "DIR", default_value = "rules")]
    rules: PathBuf,
    #[command(flatten)]
    key: KeyArguments,
    #[command(flatten)]
    trust: TrustArguments,
}

#[derive(Serialize)]
struct Answer {
    release: Release,
    signature: String,
    /// How many bundles the target keeps.
    bundles: usize,
    rules: Comparison,
    notices: Vec<String>,
}

/// How the rules of this folder stand to what is live.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Comparison {
    Same,
    SameAsCanary,
    Different,
    /// They have errors.
    Wrong,
    /// There are none.
    None,
    /// The live bundle cannot be read.
    Unknown,
}

impl Status {
    pub(crate) fn run(&self, format: Format) -> Result<Outcome, Failure> {
        let now_ms = clock::now_ms(None)?;
        let target = self.target.open(self.trust.read(self.key.find()?.as_ref())?)?;
        let seen = target.look()?;
        let live = seen.live.ok_or_else(|| target.error(Problem::NothingLive))?;
        let mut notices = Vec::new();
        if let Err(disorder) =
            order::next(Some(&live.release), &seen.later, &live.release.site, now_ms, order::Leave::default())
        {
            notices.push(target.error(Problem::Disorder(disorder)).to_string());
        } else {
            notices.extend(seen.later.iter().map(begun));
        }
        let rules = match self.compare(&target, &live) {
            Ok(comparison) => comparison,
            Err(failure @ Failure::Release(_)) => {
                notices.push(failure.to_string());
                Comparison::Unknown
            }
            Err(failure) => return Err(failure),
        };
        let signature = match live.signed {
            Signed::By(id) => hexadecimal(&id),
            Signed::Unchecked => "unchecked".to_owned(),
        };
        let bundles = target.bundles()?.len();
        let answer = Answer { release: live.release, signature, bundles, rules, notices };
        match format {
            Format::Json => output::json(&answer),
            Format::Text => answer.print(&target.name, &self.rules, now_ms),
        }
        Ok(Outcome::Fine)
    }

    /// Compiles the rules as a push would, with the time of the live bundle for its own.
    fn compare(&self, target: &Target, live: &Kept) -> Result<Comparison, Failure> {
        let (bytes, loaded) = target.bundle(&live.release.bundle)?;
        if !self.rules.join("site.toml").is_file() {
            return Ok(Comparison::None);
        }
        let rules = Rules { rules: self.rules.clone(), at: None, previous: None };
        let compiled = Compiled::read_after(&rules, Some((Path::new(&target.name), &bytes)))?;
        let bundle = match &compiled.compilation.bundle {
            Some(bundle) if !compiled.compilation.has_errors() => bundle,
            _ => return Ok(Comparison::Wrong),
        };
        let is = |name: &str, created_s| {
            encode(bundle, &compiled.compilation.notes, created_s)
                .map(|(_, id)| id.to_string() == name)
                .map_err(|error| Failure::Encode { error })
        };
        if is(live.release.bundle.as_str(), loaded.header.created_s)? {
            return Ok(Comparison::Same);
        }
        if let Some(canary) = &live.release.canary {
            let created_s = target.bundle(&canary.bundle)?.1.header.created_s;
            if is(canary.bundle.as_str(), created_s)? {
                return Ok(Comparison::SameAsCanary);
            }
        }
        Ok(Comparison::Different)
    }
}

fn begun(release: &Release) -> String {
    format!(
        "release {} by {} ({}) was begun and is not live: it is still under way, or was interrupted; the next push leaves \
         its number out",
        release.sequence, release.by, release.at
    )
}

impl Answer {
    fn print(&self, target: &str, rules: &Path, now_ms: i64) {
        let release = &self.release;
        let line = |name: &str, text: &str| anstream::println!("{name:<11} {text}");
        line("site", &release.site);
        line("live", &format!("release {}, {}", release.sequence, release.bundle));
        let since = release.at_ms().map(|at_ms| ago(at_ms, now_ms)).unwrap_or_default();
        line("since", &format!("{}, {since}", release.at));
        line("by", &format!("{} ({})", release.by, release.action.done()));
        if !release.why.is_empty() {
            line("why", &release.why);
        }
        if let Some(canary) = &release.canary {
            let share = percent(canary.share);
            line("canary", &format!("{share} of the visitors get {}", canary.bundle));
        }
        match self.signature.as_str() {
            "unchecked" => line(
                "signature",
                "not checked: no key is named with `--trust`, `--key` or FOOTLIGHT_PUBLIC_KEYS",
            ),
            key => line("signature", &format!("by {key}, which you trust")),
        }
        line("kept", &count(self.bundles, "bundle"));
        let rules = rules.display();
        match self.rules {
            Comparison::Same => line("rules", &format!("`{rules}` is what is live")),
            Comparison::SameAsCanary => line("rules", &format!("`{rules}` is what the canary gets")),
            Comparison::Different => line(
                "rules",
                &format!(
                    "`{rules}` differs from what is live: `footlight diff live:{target} {rules}` shows how"
                ),
            ),
            Comparison::Wrong => {
                line("rules", &format!("`{rules}` has errors: `footlight check -r {rules}` shows them"));
            }
            Comparison::None | Comparison::Unknown => {}
        }
        self.notices.iter().for_each(|notice| line("notice", notice));
    }
}
