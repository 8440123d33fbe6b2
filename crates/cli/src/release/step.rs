//! The steps of a push, one after another. In debug builds the environment variable `FOOTLIGHT_DIE_AT` names one at which
//! the process dies at once, with nothing tidied up, so that tests can prove that none of them leaves a target broken.

/// What has just been done.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step<'a> {
    /// The live release and the history were read.
    Read,
    /// The rules were compiled, their tests passed, the bundle is signed.
    Built,
    /// Bytes are about to become visible under a key; in a directory they are written aside.
    Written(&'a str),
    /// The bundle is in the store under its name.
    Uploaded,
    /// The history has the release.
    Recorded,
    /// `live.json` names the release.
    Moved,
}

#[cfg(debug_assertions)]
pub(crate) fn reached(step: Step<'_>) {
    let Ok(fatal) = std::env::var("FOOTLIGHT_DIE_AT") else { return };
    let name = match step {
        Step::Read => "read",
        Step::Built => "built",
        Step::Written(key) => key.split('/').next().unwrap_or(key),
        Step::Uploaded => "uploaded",
        Step::Recorded => "recorded",
        Step::Moved => "moved",
    };
    if name == fatal {
        std::process::abort();
    }
}

#[cfg(not(debug_assertions))]
pub(crate) const fn reached(_: Step<'_>) {}
