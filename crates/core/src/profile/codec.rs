//! The profile cookie: `base64url(version, key id, postcard, SipHash-2-4-128)`.
//!
//! SipHash (Aumasson, Bernstein: "SipHash: a fast short-input PRF", 2012) is made to authenticate short messages: a cookie
//! cannot be forged without the key. HMAC-SHA-256 would take most of the time of a decision and three times the code.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use siphasher::sip128::SipHasher24;

use super::Profile;
use super::record::MAX_NAME_BYTES;
use crate::base64url;
use crate::bundle::ProfileLimits;
use crate::wire;

/// The cookie's name. The prefix makes browsers insist on `Secure`, `Path=/` and no `Domain` (RFC 6265bis, 4.1.3).
pub const COOKIE_NAME: &str = "__Host-footlight";

/// The longest value that is written or read, in bytes.
pub const MAX_COOKIE_BYTES: usize = 1_024;

const VERSION: u8 = 2;
const MAC_BYTES: usize = 16;
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

/// A key, ready to authenticate.
#[derive(Clone, Copy)]
struct Key {
    /// Tells keys apart without telling anything of them.
    id: u8,
    mac: SipHasher24,
}

impl Key {
    /// SipHash takes 16 bytes; so that all of a longer key counts, its beginning hashes the rest.
    fn new(key: &[u8]) -> Self {
        let mut beginning = [0; 16];
        beginning.iter_mut().zip(key).for_each(|(to, from)| *to = *from);
        let rest = key.get(16..).unwrap_or_default();
        let mac = SipHasher24::new_with_key(&SipHasher24::new_with_key(&beginning).hash(rest).as_bytes());
        Self { id: mac.hash(&[]).h1 as u8, mac }
    }

    #[inline(never)]
    fn authenticate(&self, message: &[u8]) -> [u8; MAC_BYTES] {
        self.mac.hash(message).as_bytes()
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
    let genuine = keys.keys.iter().any(|key| key.id == *id && is_same(mac, &key.authenticate(signed)));
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
    let mac = key.authenticate(&bytes);
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
    use super::*;

    #[test]
    fn the_authentication_code_is_the_published_one() {
        // https://github.com/veorq/SipHash, vectors.h: the key 00 01 … 0f, the messages 00 01 … of each length.
        let mac = SipHasher24::new_with_key(&core::array::from_fn(|index| index as u8));
        let key = Key { id: 0, mac };
        let message: [u8; 15] = core::array::from_fn(|index| index as u8);
        let hex = |bytes: [u8; 16]| u128::from_be_bytes(bytes);
        assert_eq!(hex(key.authenticate(&[])), 0xa381_7f04_ba25_a8e6_6df6_7214_c755_0293);
        assert_eq!(hex(key.authenticate(&message)), 0x5493_e999_33b0_a811_7e08_ec0f_97cf_c3d9);
    }

    #[test]
    fn every_byte_of_a_key_counts() {
        let code = |key: &[u8]| Key::new(key).authenticate(b"message");
        for length in [0, 15, 16, 17, 32] {
            let key: Vec<u8> = (0..length).collect();
            for place in 0..key.len() {
                let mut other = key.clone();
                other[place] ^= 1;
                assert_ne!(code(&key), code(&other));
            }
        }
    }
}
