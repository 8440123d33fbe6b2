//! The steps of a push, one after another. In debug builds tests can stop a push at any of them: with the environment
//! variable `FOOTLIGHT_DIE_AT` the process dies there at once, with nothing tidied up; with `FOOTLIGHT_HOLD_AT` it waits
//! until its standard input ends, so that others can come in between.

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
    let is_here = |variable| std::env::var(variable).is_ok_and(|named| named == name(step));
    if is_here("FOOTLIGHT_DIE_AT") {
        std::process::abort();
    }
    if is_here("FOOTLIGHT_HOLD_AT") {
        anstream::eprintln!("held at {}", name(step));
        let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
    }
}

/// A step's name; that of a file about to be visible is its folder.
#[cfg(debug_assertions)]
fn name(step: Step<'_>) -> &str {
    match step {
        Step::Read => "read",
        Step::Built => "built",
        Step::Written(key) => key.split('/').next().unwrap_or(key),
        Step::Uploaded => "uploaded",
        Step::Recorded => "recorded",
        Step::Moved => "moved",
    }
}

#[cfg(not(debug_assertions))]
pub(crate) const fn reached(_: Step<'_>) {}
