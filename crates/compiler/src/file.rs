//! The bundle's file, with its notes.

use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use footlight_core::bundle::{self, Bundle, BundleError, BundleId};
use footlight_core::notes::Notes;

/// Notes that would become longer than this are none: a few bytes can claim to be many.
const MOST_NOTES_BYTES: u64 = 64 << 20;

/// The bytes of an unsigned bundle, and its name.
///
/// # Errors
/// When the bundle would not load again.
pub fn encode(bundle: &Bundle, notes: &Notes, created_s: u64) -> Result<(Vec<u8>, BundleId), BundleError> {
    bundle::encode(bundle, &pack(notes), created_s)
}

/// The notes of a bundle's bytes; the bundle itself is loaded and checked by [`bundle::load`].
///
/// # Errors
/// When there are none that this release reads.
pub fn notes(bytes: &[u8]) -> Result<Notes, BundleError> {
    unpack(bundle::notes(bytes)?).ok_or(BundleError::Malformed)
}

fn pack(notes: &Notes) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    // INVARIANT: notes are texts and numbers, and memory takes everything that is written to it.
    let json = serde_json::to_vec(notes).unwrap_or_default();
    encoder.write_all(&json).and_then(|()| encoder.finish()).unwrap_or_default()
}

fn unpack(packed: &[u8]) -> Option<Notes> {
    let mut json = Vec::new();
    let mut decoder = DeflateDecoder::new(packed).take(MOST_NOTES_BYTES);
    decoder.read_to_end(&mut json).ok()?;
    serde_json::from_slice(&json).ok()
}
