//! `footlight rollback`: what was live before is live again.

use clap::Args;
use serde::Serialize;

use crate::arguments::Format;
use crate::clock;
use crate::failure::Failure;
use crate::output::{self, Outcome};
use crate::release::course;
use crate::release::document::{Action, BundleName, Release};
use crate::release::error::Problem;
use crate::release::keys::{KeyArguments, TrustArguments};
use crate::release::order::{self, Leave};
use crate::release::publish::{Draft, Found, publish};
use crate::release::target::{Seen, Target, TargetArguments};

/// Make what was live before live again, or end a canary.
///
/// Without ID, a canary that runs is ended; if none runs, what was live before the last push is live again. Doing it again
/// goes back further.
#[derive(Debug, Args)]
pub(crate) struct Rollback {
    #[command(flatten)]
    target: TargetArguments,
    /// The release to go back to: its number in `history`, or the beginning of its bundle's name.
    id: Option<String>,
    #[command(flatten)]
    change: Change,
}

/// Make the canary live for everybody.
#[derive(Debug, Args)]
pub(crate) struct Promote {
    #[command(flatten)]
    target: TargetArguments,
    #[command(flatten)]
    change: Change,
}

/// How a release that brings no new bundle is made.
#[derive(Debug, Args)]
struct Change {
    /// Why: for the history.
    #[arg(long = "message", short = 'm', value_name = "WHY", default_value = "")]
    why: String,
    /// Go on although this computer's clock is behind the live release's: that one was made with a wrong clock.
    #[arg(long)]
    ignore_clock: bool,
    #[command(flatten)]
    key: KeyArguments,
    #[command(flatten)]
    trust: TrustArguments,
}

#[derive(Serialize)]
struct Answer<'a> {
    ok: bool,
    /// Whether that is live already.
    unchanged: bool,
    release: &'a Release,
    found: Vec<String>,
}

impl Rollback {
    pub(crate) fn run(&self, format: Format) -> Result<Outcome, Failure> {
        let leave = Leave { clock: self.change.ignore_clock, put_back: self.id.is_some() };
        self.change.make(&self.target, format, Action::Rollback, leave, |target, seen| {
            let live = || {
                let live = seen.live.as_ref().map(|live| &live.release);
                live.ok_or_else(|| target.error(Problem::NothingLive))
            };
            match &self.id {
                Some(id) => target.resolve(id),
                None if live()?.canary.is_some() => Ok(live()?.bundle.clone()),
                None => {
                    let read = |sequence| target.release(sequence).map(|kept| kept.map(|kept| kept.release));
                    let before = course::before(live()?, read)?;
                    before.map(|release| release.bundle).ok_or_else(|| target.error(Problem::NothingBefore))
                }
            }
        })
    }
}

impl Promote {
    pub(crate) fn run(&self, format: Format) -> Result<Outcome, Failure> {
        let leave = Leave { clock: self.change.ignore_clock, put_back: false };
        self.change.make(&self.target, format, Action::Promote, leave, |target, seen| {
            let canary = seen.live.as_ref().and_then(|live| live.release.canary.as_ref());
            canary.map(|canary| canary.bundle.clone()).ok_or_else(|| target.error(Problem::NoCanary))
        })
    }
}

impl Change {
    /// Makes a bundle live that the store has already.
    fn make(
        &self,
        target: &TargetArguments,
        format: Format,
        action: Action,
        leave: Leave,
        choose: impl FnOnce(&Target, &Seen) -> Result<BundleName, Failure>,
    ) -> Result<Outcome, Failure> {
        let key = self.key.read()?;
        let target = target.open(self.trust.read(Some(&key))?)?;
        let seen = target.look()?;
        let live = seen.live.as_ref().map(|live| &live.release);
        let put_back = order::put_back(live, &seen.later);
        if let Some(disorder) = put_back.clone().filter(|_| !leave.put_back) {
            return Err(target.error(Problem::Disorder(disorder)));
        }
        let bundle = choose(&target, &seen)?;
        let site = target.bundle(&bundle)?.1.header.site;
        let now_ms = clock::now_ms(None)?;
        let next = order::next(live, &seen.later, &site, now_ms, leave)
            .map_err(|disorder| target.error(Problem::Disorder(disorder)))?;
        if let Some(live) = live
            && live.bundle == bundle
            && live.canary.is_none()
            && put_back.is_none()
        {
            tell(format, live, None, &target);
            return Ok(Outcome::Fine);
        }
        let draft = Draft { site, action, bundle, canary: None, why: self.why.clone() };
        let published = publish(&target, &key, &seen, next, None, draft, now_ms)?;
        tell(format, &published.release, Some(&published.found), &target);
        Ok(Outcome::Fine)
    }
}

fn tell(format: Format, release: &Release, found: Option<&[Found]>, target: &Target) {
    match (format, found) {
        (Format::Json, _) => output::json(&Answer {
            ok: true,
            unchanged: found.is_none(),
            release,
            found: found.unwrap_or_default().iter().map(ToString::to_string).collect(),
        }),
        (Format::Text, None) => anstream::println!(
            "nothing to do: {} is live at {} already, as release {}",
            release.bundle.short(),
            target.name,
            release.sequence
        ),
        (Format::Text, Some(found)) => {
            found.iter().for_each(|found| anstream::println!("found: {found}"));
            anstream::println!(
                "release {} of {} is live: {}",
                release.sequence,
                release.site,
                release.action.done()
            );
            anstream::println!("  at      {}, {}", target.name, release.at);
            anstream::println!("  bundle  {}", release.bundle.short());
            if let Some(previous) = release.previous {
                anstream::println!("  undo    `footlight rollback {} {previous}`", target.name);
            }
        }
    }
}
