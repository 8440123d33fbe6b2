//! Why a release is refused, by whoever reads it or by whoever makes it.

use std::fmt;

use footlight_core::bundle::BundleError;

use super::document::{BundleName, Flaw, Release};
use super::order::Disorder;
use super::when::{ago, second};
use crate::store::StoreError;

/// What is wrong, and with which target.
#[derive(Debug)]
pub(crate) struct ReleaseError {
    pub(crate) target: String,
    pub(crate) problem: Problem,
}

#[derive(Debug)]
pub(crate) enum Problem {
    /// A file that should be a signed release.
    Envelope { key: String, flaw: EnvelopeFlaw },
    /// What was signed is no release.
    Document { key: String, flaw: Flaw },
    /// A release under the name of another.
    Misplaced { key: String, sequence: u64 },
    /// Nothing was ever pushed there.
    NothingLive,
    /// A release that the store should have is not there.
    NoRelease { sequence: u64 },
    /// A bundle that a release names is not there.
    NoBundle { name: BundleName },
    /// A bundle that cannot be used.
    Bundle { name: BundleName, flaw: BundleFlaw },
    /// The new release would be out of order.
    Disorder(Disorder),
    /// Another release came in between.
    Overtaken { by: Option<Box<Release>> },
    /// The store failed before anything had changed.
    Interrupted { error: StoreError, live: Option<u64> },
    /// The store failed while the release was made live.
    Unknown { error: StoreError, sequence: u64 },
    /// A canary runs, and its end was not asked for.
    CanaryRuns { bundle: BundleName, share: u16 },
    /// No canary runs.
    NoCanary,
    /// A canary needs something that is live for the others.
    CanaryOfNothing,
    /// Nothing was live before what is live now.
    NothingBefore,
    /// No release and no bundle has this name.
    NotFound { id: String },
    /// Several bundles begin like this.
    Ambiguous { id: String },
}

/// What is wrong with an envelope.
#[derive(Debug)]
pub(crate) enum EnvelopeFlaw {
    NotAnEnvelope(String),
    OtherType(String),
    /// None of the signatures is by a key that we trust.
    UnknownKey,
    /// The signature that claims to be by this key is not.
    Altered {
        claimed: String,
    },
}

/// What is wrong with a bundle.
#[derive(Debug)]
pub(crate) enum BundleFlaw {
    Unusable(BundleError),
    /// It is a bundle, but not the one of that name.
    OtherName,
    Unsigned,
    UnknownKey {
        id: String,
    },
    BadSignature,
}

impl fmt::Display for ReleaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { target, problem } = self;
        match problem {
            Problem::Envelope { key, flaw } => {
                write!(f, "target `{target}`: `{key}` is not accepted: ")?;
                match flaw {
                    EnvelopeFlaw::NotAnEnvelope(error) => write!(
                        f,
                        "it is no signed release ({error}); put back what was there, or copy the newest file of \
                         `history/` over it"
                    ),
                    EnvelopeFlaw::OtherType(found) => write!(f, "it is a signed `{found}`, not a release"),
                    EnvelopeFlaw::UnknownKey => f.write_str(
                        "no key that you trust signed it; use the key of those who push there, or name their public \
                         key with `--trust PUBLIC_KEY`",
                    ),
                    EnvelopeFlaw::Altered { claimed } => write!(
                        f,
                        "it was altered after the key {claimed} signed it; somebody wrote there by hand: find out who, \
                         then copy the newest file of `history/` over it"
                    ),
                }
            }
            Problem::Document { key, flaw } => write!(f, "target `{target}`: `{key}` cannot be used: {flaw}"),
            Problem::Misplaced { key, sequence } => write!(
                f,
                "target `{target}`: `{key}` is release {sequence}; somebody swapped files there: put back the right one"
            ),
            Problem::NothingLive => write!(
                f,
                "nothing is live at `{target}`; see that the target is right, or `footlight push {target}`"
            ),
            Problem::NoRelease { sequence } => write!(
                f,
                "target `{target}` has no release {sequence}; `footlight history {target}` shows those there are"
            ),
            Problem::NoBundle { name } => write!(
                f,
                "target `{target}`: the bundle {} is not there; a store such as Workers KV may need a minute to show it: \
                 try again then. If it is lost, `footlight rollback {target} ID` to a release whose bundle is there, or \
                 push with `--previous` and a copy of it",
                name.short()
            ),
            Problem::Bundle { name, flaw } => {
                let flaw = bundle_flaw_text(flaw);
                write!(
                    f,
                    "target `{target}`: the bundle {} cannot be used: {flaw}; `footlight rollback {target} ID` goes to \
                     another release, or put a whole copy there",
                    name.short()
                )
            }
            Problem::Disorder(disorder) => disorder_text(f, target, disorder),
            Problem::Overtaken { by } => {
                match by {
                    Some(by) => write!(
                        f,
                        "somebody else was faster: release {} by {} ({})",
                        by.sequence,
                        by.by,
                        if by.why.is_empty() { by.action.done() } else { &by.why }
                    )?,
                    None => f.write_str("somebody else pushed at the same moment")?,
                }
                write!(
                    f,
                    "; yours is not live. Look at it with `footlight status {target}`, then push again if it is still wanted"
                )
            }
            Problem::Interrupted { error, live } => {
                write!(f, "{error}\n  ")?;
                match live {
                    Some(live) => {
                        write!(f, "nothing has changed for visitors: release {live} is live as before")
                    }
                    None => f.write_str("nothing is live yet, as before"),
                }
            }
            Problem::Unknown { error, sequence } => write!(
                f,
                "{error}\n  it is not known whether release {sequence} went live; `footlight status {target}` tells when the \
                 store answers again, and pushing again does no harm"
            ),
            Problem::CanaryRuns { bundle, share } => write!(
                f,
                "a canary runs at `{target}`: {} for {}; end it with `footlight promote {target}` or \
                 `footlight rollback {target}`, or replace it with `--canary SHARE`",
                bundle.short(),
                percent(*share)
            ),
            Problem::NoCanary => {
                write!(f, "no canary runs at `{target}`; `footlight push {target} --canary 5%` starts one")
            }
            Problem::CanaryOfNothing => write!(
                f,
                "nothing is live at `{target}` that the other visitors could get; push once without `--canary`"
            ),
            Problem::NothingBefore => write!(
                f,
                "nothing else was live at `{target}` before; name a release of `footlight history {target}`"
            ),
            Problem::NotFound { id } => write!(
                f,
                "target `{target}` has no release or bundle `{id}`; write a number of `footlight history {target}`, or at \
                 least 6 digits of a bundle's name"
            ),
            Problem::Ambiguous { id } => {
                write!(
                    f,
                    "target `{target}` has several bundles that begin with `{id}`; write more of the name"
                )
            }
        }
    }
}

/// What is wrong with a bundle, and what may help.
pub(crate) fn bundle_flaw_text(flaw: &BundleFlaw) -> String {
    match flaw {
        BundleFlaw::Unusable(error) => error.to_string(),
        BundleFlaw::OtherName => "what is there is another bundle".to_owned(),
        BundleFlaw::Unsigned => "nobody signed it (`footlight sign` does)".to_owned(),
        BundleFlaw::UnknownKey { id } => {
            format!("the key {id} signed it, which you do not trust (`--trust PUBLIC_KEY` if you do)")
        }
        BundleFlaw::BadSignature => "its signature is not right".to_owned(),
    }
}

fn disorder_text(f: &mut fmt::Formatter<'_>, target: &str, disorder: &Disorder) -> fmt::Result {
    match disorder {
        Disorder::OtherSite { live } => write!(
            f,
            "target `{target}` is for the site `{live}`, and this is another; name the target of this site, or correct \
             `site` in `site.toml`"
        ),
        Disorder::ClockBehind { live_at_ms, now_ms, by } => write!(
            f,
            "this computer's clock says {}, but the live release was made at {} by {by}, which would be {}; set the clock. \
             If theirs was wrong, `--ignore-clock`",
            second(*now_ms),
            second(*live_at_ms),
            ago(*live_at_ms, *now_ms)
        ),
        Disorder::PutBack { live, was } => {
            match live {
                Some(live) => write!(
                    f,
                    "`live.json` of `{target}` is release {live}, but release {was} was live after it"
                )?,
                None => write!(f, "`live.json` of `{target}` is gone, but release {was} was live")?,
            }
            write!(
                f,
                ": somebody put an old file there, which the edge refuses. Say which one is meant with \
                 `footlight rollback {target} {was}`"
            )
        }
    }
}

/// `5 %` of 10,000.
pub(crate) fn percent(share: u16) -> String {
    let (whole, part) = (share / 100, share % 100);
    match part {
        0 => format!("{whole}%"),
        part if part % 10 == 0 => format!("{whole}.{}%", part / 10),
        part => format!("{whole}.{part:02}%"),
    }
}
