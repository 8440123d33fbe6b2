//! The profile cookie: `base64url(version, key id, postcard, HMAC-SHA-256)`.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use hmac_sha256::Hash;

use super::Profile;
use super::record::MAX_NAME_BYTES;
use crate::base64url;
use crate::bundle::ProfileLimits;
use crate::wire;

/// The cookie's name. The prefix makes browsers insist on `Secure`, `Path=/` and no `Domain` (RFC 6265bis, 4.1.3).
pub const COOKIE_NAME: &str = "__Host-footlight";

/// The longest value that is written or read, in bytes.
pub const MAX_COOKIE_BYTES: usize = 1_024;

const VERSION: u8 = 1;
const MAC_BYTES: usize = 32;
const PREFIX_BYTES: usize = 2;

/// Keys of the profile cookie: the current one writes, all read.
#[derive(Clone, Default)]
pub struct Keys {
    keys: Vec<Key>,
}

impl Keys {
    /// The current key first, then older ones. Each should be 32 random bytes.
    #[must_use]
    pub fn new<'a>(keys: impl IntoIterator<Item = &'a [u8]>) -> Self {
        Self { keys: keys.into_iter().map(Key::new).collect() }
    }

    /// Whether there is no key: no profile can be read or written then.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }
}

/// A key for HMAC (RFC 2104), its pads hashed once.
#[derive(Clone)]
struct Key {
    /// Tells keys apart without telling anything of them.
    id: u8,
    inner: Hash,
    outer: Hash,
}

impl Key {
    fn new(key: &[u8]) -> Self {
        const BLOCK_BYTES: usize = 64;
        let digest = Hash::hash(key);
        let [id, ..] = digest;
        let key = if key.len() > BLOCK_BYTES { &digest } else { key };
        let hash_of_pad = |fill: u8| {
            let mut pad = [fill; BLOCK_BYTES];
            pad.iter_mut().zip(key).for_each(|(pad, key)| *pad ^= key);
            let mut hash = Hash::new();
            hash.update(&pad[..]);
            hash
        };
        Self { id, inner: hash_of_pad(0x36), outer: hash_of_pad(0x5c) }
    }

    /// The hash whose end is the message's authentication code.
    #[inline(never)]
    fn hash(&self, message: &[u8]) -> Hash {
        let (mut inner, mut outer) = (self.inner, self.outer);
        inner.update(message);
        outer.update(&inner.finalize()[..]);
        outer
    }
}

/// Compares in a time that tells nothing of where a difference is.
fn is_same(one: &[u8], other: &[u8]) -> bool {
    let difference = one.iter().zip(other).fold(0, |difference, (one, other)| difference | (one ^ other));
    one.len() == other.len() && core::hint::black_box(difference) == 0
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keys").finish_non_exhaustive()
    }
}

/// Why a profile cookie is not read. The visitor counts as new then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProfileError {
    /// Longer than [`MAX_COOKIE_BYTES`], or too short to be one.
    Length,
    /// Not base64url.
    Encoding,
    /// Written by another version.
    Version,
    /// Written with a key that is not configured, or changed since.
    Forged,
    /// Genuine, but not a profile; a defect on the side that wrote it.
    Malformed,
}

/// Reads the cookie's value.
///
/// # Errors
/// See [`ProfileError`].
pub fn decode(value: &str, keys: &Keys) -> Result<Profile, ProfileError> {
    if value.len() > MAX_COOKIE_BYTES {
        return Err(ProfileError::Length);
    }
    let bytes = base64url::decode(value).ok_or(ProfileError::Encoding)?;
    let body = bytes.len().checked_sub(MAC_BYTES).ok_or(ProfileError::Length)?;
    let (signed, mac) = bytes.split_at_checked(body).ok_or(ProfileError::Length)?;
    let [version, id, payload @ ..] = signed else { return Err(ProfileError::Length) };
    if *version != VERSION {
        return Err(ProfileError::Version);
    }
    let genuine = keys.keys.iter().any(|key| key.id == *id && is_same(mac, &key.hash(signed).finalize()));
    if !genuine {
        return Err(ProfileError::Forged);
    }
    wire::read(payload).map(|(profile, _)| profile).ok_or(ProfileError::Malformed)
}

/// Writes the cookie's value, or nothing without a key or when it would be too long (the compiler sees to it that it
/// is not).
#[must_use]
pub fn encode(profile: &Profile, keys: &Keys) -> Option<String> {
    let key = keys.keys.first()?;
    let mut bytes = Vec::from([VERSION, key.id]);
    profile.write(&mut bytes);
    let mac = key.hash(&bytes).finalize();
    bytes.extend_from_slice(&mac);
    let value = base64url::encode(&bytes);
    (value.len() <= MAX_COOKIE_BYTES).then_some(value)
}

/// The longest value that [`encode`] can need, in bytes.
#[must_use]
pub fn largest_cookie(
    limits: ProfileLimits,
    capped_rules: usize,
    sticky_experiments: usize,
    questions: usize,
) -> usize {
    const LENGTH: usize = 1;
    const VARINT_U16: usize = 3;
    const VARINT_U32: usize = 5;
    const VARINT_64: usize = 10;
    let fixed =
        16 + 3 * VARINT_U32 + VARINT_U16 + VARINT_U32 + VARINT_U16 + 2 * VARINT_U32 + VARINT_64 + 5 * 2;
    let name = LENGTH + MAX_NAME_BYTES;
    let payload = fixed
        + usize::from(limits.categories) * (name + VARINT_U32)
        + usize::from(limits.recently_viewed) * name
        + capped_rules * (2 * VARINT_U32 + 1)
        + sticky_experiments * (VARINT_U32 + 1)
        + questions * 2 * VARINT_U32;
    (PREFIX_BYTES + payload + MAC_BYTES).div_ceil(3) * 4
}

#[cfg(test)]
mod tests {
    use hmac_sha256::HMAC;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_key_with_hashed_pads_signs_as_hmac_does(
            key in proptest::collection::vec(any::<u8>(), 0..100),
            message in proptest::collection::vec(any::<u8>(), 0..200),
        ) {
            prop_assert_eq!(Key::new(&key).hash(&message).finalize(), HMAC::mac(&message, &key));
        }
    }
}
