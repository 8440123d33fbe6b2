//! Making a release live, in steps that may be interrupted anywhere:
//!
//! 1. the bundle is written under its name, which nobody reads yet;
//! 2. the release is written into the history under its number, which nobody can take twice;
//! 3. `live.json` is replaced by it, if it still is as it was: only this changes what visitors get.
//!
//! Who is interrupted before the third step leaves files that nobody refers to, and a number that is not used again. Where
//! a store does not keep the conditions of steps 2 and 3, a fourth step reads back; `RELEASES.md` says why that is enough.

use std::fmt;

use ed25519_dalek::SigningKey;

use super::document::{Action, BundleName, Canary, Release, VERSION};
use super::error::Problem;
use super::order::Next;
use super::step::{self, Step};
use super::target::{LIVE, Seen, Target, bundle_key, history_key};
use super::{author, envelope, when};
use crate::failure::Failure;
use crate::signing::hexadecimal;
use crate::store::{Object, StoreError, Write};

/// What is to be live.
pub(crate) struct Draft {
    pub(crate) site: String,
    pub(crate) action: Action,
    pub(crate) bundle: BundleName,
    pub(crate) canary: Option<Canary>,
    pub(crate) why: String,
}

/// A bundle that the store does not have yet.
pub(crate) struct Upload<'a> {
    pub(crate) name: BundleName,
    pub(crate) bytes: &'a [u8],
}

/// Something that an earlier push left, found and put in order.
#[derive(Debug)]
pub(crate) enum Found {
    /// Files that were half written.
    HalfWritten { files: usize },
    /// A release that was begun.
    Begun(Box<Release>),
    /// The live release was missing in the history, or another was in its place.
    HistoryMended { sequence: u64 },
    /// The bundle was there already, and broken.
    BundleMended(BundleName),
}

/// A release that went live.
pub(crate) struct Published {
    pub(crate) release: Release,
    pub(crate) found: Vec<Found>,
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HalfWritten { files } => {
                let files = crate::output::count(*files, "file");
                write!(f, "an interrupted push had left {files} half written: removed")
            }
            Self::Begun(release) => write!(
                f,
                "release {} by {} ({}) was begun and is not live: its number is left out; if it is still under way, they \
                 are told",
                release.sequence, release.by, release.at
            ),
            Self::HistoryMended { sequence } => {
                write!(f, "the history did not have release {sequence}, which is live: written again")
            }
            Self::BundleMended(name) => {
                write!(f, "the bundle {} was there, but broken: written again", name.short())
            }
        }
    }
}

/// Makes a release live.
pub(crate) fn publish(
    target: &Target,
    key: &SigningKey,
    seen: &Seen,
    next: Next,
    upload: Option<&Upload<'_>>,
    draft: Draft,
    now_ms: i64,
) -> Result<Published, Failure> {
    let live = seen.live.as_ref().map(|live| live.release.sequence);
    let interrupted = |error| target.error(Problem::Interrupted { error, live });
    let mut found: Vec<Found> = Vec::new();
    let files = target.store.sweep().map_err(interrupted)?;
    found.extend((files > 0).then_some(Found::HalfWritten { files }));
    found.extend(seen.later.iter().map(|release| Found::Begun(Box::new(release.clone()))));
    found.extend(mend_history(target, seen).map_err(interrupted)?);
    if let Some(upload) = upload {
        found.extend(store_bundle(target, upload, interrupted)?);
    }
    step::reached(Step::Uploaded);

    let release = Release {
        version: VERSION,
        site: draft.site,
        sequence: next.sequence,
        at: when::second(now_ms),
        action: draft.action,
        bundle: draft.bundle,
        canary: draft.canary,
        by: author::author(),
        why: draft.why,
        previous: next.previous,
        attempt: attempt()?,
    };
    let bytes = envelope::seal(key, &release.to_payload());
    let attempt = Attempt { target, seen, release: &release, bytes: &bytes };
    attempt.record(interrupted)?;
    step::reached(Step::Recorded);
    let is_kept =
        target.store.keeps_conditions(&history_key(release.sequence), &bytes).map_err(interrupted)?;
    attempt.make_live()?;
    step::reached(Step::Moved);
    if !is_kept {
        attempt.confirm()?;
    }
    Ok(Published { release, found })
}

/// The live release is in the history, whatever happened when it was made.
fn mend_history(target: &Target, seen: &Seen) -> Result<Option<Found>, StoreError> {
    let Some(live) = &seen.live else { return Ok(None) };
    let key = history_key(live.release.sequence);
    let kept = target.store.get(&key)?;
    if kept.as_ref().is_some_and(|kept| kept.bytes == live.bytes) {
        return Ok(None);
    }
    target.store.replace(&key, &live.bytes, kept.as_ref().map(|kept| &kept.version))?;
    Ok(Some(Found::HistoryMended { sequence: live.release.sequence }))
}

/// The bundle is in the store, whole.
fn store_bundle(
    target: &Target,
    upload: &Upload<'_>,
    interrupted: impl Fn(StoreError) -> Failure + Copy,
) -> Result<Option<Found>, Failure> {
    let key = bundle_key(&upload.name);
    if target.store.create(&key, upload.bytes).map_err(interrupted)? == Write::Done
        || target.bundle(&upload.name).is_ok()
    {
        return Ok(None);
    }
    let broken = target.store.get(&key).map_err(interrupted)?.map(|object| object.version);
    target.store.replace(&key, upload.bytes, broken.as_ref()).map_err(interrupted)?;
    target.bundle(&upload.name)?;
    Ok(Some(Found::BundleMended(upload.name.clone())))
}

/// A release on its way.
struct Attempt<'a> {
    target: &'a Target,
    seen: &'a Seen,
    release: &'a Release,
    bytes: &'a [u8],
}

impl Attempt<'_> {
    /// Takes the release's number.
    fn record(&self, interrupted: impl Fn(StoreError) -> Failure) -> Result<(), Failure> {
        let (store, key) = (&self.target.store, history_key(self.release.sequence));
        match store.create(&key, self.bytes).map_err(&interrupted)? {
            Write::Done => Ok(()),
            // The answer to a write may be lost, and the next try finds what it wrote itself.
            Write::Refused => match store.get(&key).map_err(&interrupted)? {
                Some(object) if object.bytes == self.bytes => Ok(()),
                other => Err(self.overtaken(&key, other)),
            },
        }
    }

    /// Replaces `live.json`.
    fn make_live(&self) -> Result<(), Failure> {
        let seen = self.seen.live.as_ref();
        let replaced = self.target.store.replace(LIVE, self.bytes, seen.map(|live| &live.version));
        if matches!(replaced, Ok(Write::Done)) {
            return Ok(());
        }
        let now = match (replaced, self.target.store.get(LIVE)) {
            (_, Ok(now)) if now.as_ref().is_some_and(|now| now.bytes == self.bytes) => return Ok(()),
            (Err(error), Ok(now)) if now.as_ref().map(|now| &now.bytes) == seen.map(|live| &live.bytes) => {
                let live = seen.map(|live| live.release.sequence);
                return Err(self.target.error(Problem::Interrupted { error, live }));
            }
            (_, Ok(now)) => now,
            (Err(error), Err(_)) | (Ok(_), Err(error)) => {
                let sequence = self.release.sequence;
                return Err(self.target.error(Problem::Unknown { error, sequence }));
            }
        };
        Err(self.overtaken(LIVE, now))
    }

    /// Reads back what was written. A release that came from this one already is no harm to it; one that came from what was
    /// live before means that two were made at once, and then the one with the higher number stays.
    fn confirm(&self) -> Result<(), Failure> {
        let (store, sequence) = (&self.target.store, self.release.sequence);
        let unknown = |error| self.target.error(Problem::Unknown { error, sequence });
        let own = history_key(sequence);
        let mut read = store.get_texts(&[own.clone(), LIVE.to_owned()]).map_err(unknown)?.into_iter();
        let (now, live) = (read.next().flatten(), read.next().flatten());
        if now.as_ref().is_none_or(|now| now.bytes != self.bytes) {
            return Err(self.overtaken(&own, now));
        }
        let higher: Vec<u64> =
            self.target.sequences()?.into_iter().filter(|&other| other > sequence).collect();
        let rivals = self.target.releases(&higher)?;
        let rival = rivals.into_values().rev().find(|rival| rival.release.previous < Some(sequence));
        let is_live = live.as_ref().is_some_and(|live| live.bytes == self.bytes);
        if let Some(rival) = rival {
            if is_live {
                let seen = live.as_ref().map(|live| &live.version);
                store.replace(LIVE, &rival.bytes, seen).map_err(unknown)?;
            }
            return Err(self.target.error(Problem::Overtaken { by: Some(Box::new(rival.release)) }));
        }
        let follows = |live: &Object| {
            let live = self.target.read(LIVE, live.clone()).ok();
            live.is_some_and(|live| live.release.previous >= Some(sequence))
        };
        if is_live || live.as_ref().is_some_and(follows) { Ok(()) } else { Err(self.overtaken(LIVE, live)) }
    }

    fn overtaken(&self, key: &str, by: Option<Object>) -> Failure {
        let by = by.and_then(|object| self.target.read(key, object).ok());
        self.target.error(Problem::Overtaken { by: by.map(|kept| Box::new(kept.release)) })
    }
}

fn attempt() -> Result<String, Failure> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(|_| Failure::NoRandomness)?;
    Ok(hexadecimal(&bytes))
}
