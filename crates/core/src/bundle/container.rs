//! The bundle's file: header, body, notes, hash, signature.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use hmac_sha256::Hash;

use super::Bundle;
use super::validate::{Flaw, validate};
use crate::wire;

/// The version of the format that this crate writes, and the only one that it reads.
pub const FORMAT_VERSION: u16 = 2;

/// The largest bundle that is read, in bytes.
pub const MAX_BUNDLE_BYTES: usize = 16 << 20;

/// What is signed is this text followed by the 32 bytes of the bundle's hash.
pub const SIGNATURE_CONTEXT: &[u8] = b"footlight bundle v1\n";

const MAGIC: [u8; 4] = *b"FTLT";
const HASH_BYTES: usize = 32;
const SIGNATURE_BYTES: usize = 64;
const KEY_ID_BYTES: usize = 8;

/// The bundle's name: the SHA-256 of header and body.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct BundleId(pub [u8; HASH_BYTES]);

impl fmt::Display for BundleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for BundleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What the header says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// When the bundle was compiled, in seconds since 1970.
    pub created_s: u64,
    /// The site it is for.
    pub site: String,
}

/// A bundle that was read and checked.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// Its name.
    pub id: BundleId,
    /// Its header.
    pub header: Header,
    /// Its content.
    pub bundle: Bundle,
}

/// An Ed25519 signature (RFC 8032) and which key made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The first eight bytes of the SHA-256 of the public key.
    pub key_id: [u8; KEY_ID_BYTES],
    /// The signature over [`SIGNATURE_CONTEXT`] and the bundle's hash.
    pub signature: [u8; SIGNATURE_BYTES],
}

/// Why a bundle is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BundleError {
    /// It does not begin as bundles do.
    NotABundle,
    /// It was written by another version of the format.
    Version {
        /// The version it says.
        found: u16,
    },
    /// It ends before it should.
    Truncated,
    /// There are bytes behind its end.
    Trailing,
    /// Larger than [`MAX_BUNDLE_BYTES`].
    TooLarge,
    /// Its bytes are not those that were hashed.
    Altered,
    /// It is for another site.
    WrongSite,
    /// Its hash is right but its body is no bundle body.
    Malformed,
    /// Its body says something impossible.
    Unsound(Flaw),
}

impl BundleError {
    /// A short name for headers and events.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotABundle => "not-a-bundle",
            Self::Version { .. } => "other-version",
            Self::Truncated => "truncated",
            Self::Trailing => "trailing-bytes",
            Self::TooLarge => "too-large",
            Self::Altered => "altered",
            Self::WrongSite => "wrong-site",
            Self::Malformed => "malformed",
            Self::Unsound(_) => "unsound",
        }
    }
}

impl fmt::Display for BundleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotABundle => f.write_str("this is not a bundle"),
            Self::Version { found } => {
                write!(
                    f,
                    "the bundle has format version {found}, this release reads version {FORMAT_VERSION}"
                )
            }
            Self::Truncated => f.write_str("the bundle is cut short"),
            Self::Trailing => f.write_str("there are bytes behind the end of the bundle"),
            Self::TooLarge => write!(f, "the bundle is larger than {MAX_BUNDLE_BYTES} bytes"),
            Self::Altered => f.write_str("the bundle was altered after it was compiled"),
            Self::WrongSite => f.write_str("the bundle is for another site"),
            Self::Malformed => f.write_str("the bundle's body cannot be decoded"),
            Self::Unsound(flaw) => write!(f, "the bundle's body is unsound: {flaw}"),
        }
    }
}

impl core::error::Error for BundleError {}

/// The bytes of an unsigned bundle, and its name. `notes` are the packed notes, which nothing here looks into.
///
/// # Errors
/// When the bundle would not load again: it is larger than allowed or unsound.
pub fn encode(bundle: &Bundle, notes: &[u8], created_s: u64) -> Result<(Vec<u8>, BundleId), BundleError> {
    let body = postcard::to_allocvec(bundle).map_err(|_| BundleError::Malformed)?;
    decode(&body)?;
    let site = bundle.site.id.as_bytes();
    let site_length = u8::try_from(site.len()).map_err(|_| BundleError::WrongSite)?;
    let mut bytes = Vec::with_capacity(body.len() + notes.len() + site.len() + 64);
    bytes.extend_from_slice(&MAGIC);
    bytes.extend_from_slice(&FORMAT_VERSION.to_le_bytes());
    bytes.extend_from_slice(&created_s.to_le_bytes());
    bytes.push(site_length);
    bytes.extend_from_slice(site);
    for section in [body.as_slice(), notes] {
        let length = u32::try_from(section.len()).map_err(|_| BundleError::TooLarge)?;
        bytes.extend_from_slice(&length.to_le_bytes());
        bytes.extend_from_slice(section);
    }
    let hash = Hash::hash(&bytes);
    bytes.extend_from_slice(&hash);
    if bytes.len() > MAX_BUNDLE_BYTES {
        return Err(BundleError::TooLarge);
    }
    Ok((bytes, BundleId(hash)))
}

/// Appends a signature to the bytes of an unsigned bundle.
pub fn append_signature(bytes: &mut Vec<u8>, signature: &Signature) {
    bytes.extend_from_slice(&signature.key_id);
    bytes.extend_from_slice(&signature.signature);
}

/// The parts of a bundle's bytes.
struct Parts<'a> {
    header: Header,
    hashed: &'a [u8],
    body: &'a [u8],
    notes: &'a [u8],
    hash: [u8; HASH_BYTES],
    signature: Option<Signature>,
}

/// Takes fields off the front.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], BundleError> {
        let (field, rest) = self.0.split_at_checked(length).ok_or(BundleError::Truncated)?;
        self.0 = rest;
        Ok(field)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], BundleError> {
        self.take(N)?.try_into().map_err(|_| BundleError::Truncated)
    }

    /// A length and as many bytes.
    fn section(&mut self) -> Result<&'a [u8], BundleError> {
        let length = u32::from_le_bytes(self.array()?);
        self.take(length as usize)
    }
}

fn split(bytes: &[u8]) -> Result<Parts<'_>, BundleError> {
    if bytes.len() > MAX_BUNDLE_BYTES {
        return Err(BundleError::TooLarge);
    }
    let mut fields = Fields(bytes);
    if bytes.iter().zip(MAGIC).any(|(&found, expected)| found != expected) {
        return Err(BundleError::NotABundle);
    }
    fields.take(MAGIC.len())?;
    let version = u16::from_le_bytes(fields.array()?);
    if version != FORMAT_VERSION {
        return Err(BundleError::Version { found: version });
    }
    let created_s = u64::from_le_bytes(fields.array()?);
    let [site_length] = fields.array()?;
    let site = fields.take(usize::from(site_length))?;
    let site = core::str::from_utf8(site).map_err(|_| BundleError::Altered)?.into();
    let body = fields.section()?;
    let notes = fields.section()?;
    let hashed_length = bytes.len() - fields.0.len();
    let hash = fields.array()?;
    let signature = if fields.0.is_empty() {
        None
    } else {
        Some(Signature { key_id: fields.array()?, signature: fields.array()? })
    };
    if !fields.0.is_empty() {
        return Err(BundleError::Trailing);
    }
    let hashed = bytes.get(..hashed_length).ok_or(BundleError::Truncated)?;
    Ok(Parts { header: Header { created_s, site }, hashed, body, notes, hash, signature })
}

/// The name and the signature that a bundle's bytes carry; the signature is for the caller to verify.
///
/// # Errors
/// When the bytes are no complete bundle.
pub fn signature(bytes: &[u8]) -> Result<(BundleId, Option<Signature>), BundleError> {
    let parts = split(bytes)?;
    Ok((BundleId(parts.hash), parts.signature))
}

/// The packed notes of a bundle's bytes.
///
/// # Errors
/// When the bytes are no complete bundle.
pub fn notes(bytes: &[u8]) -> Result<&[u8], BundleError> {
    Ok(split(bytes)?.notes)
}

/// Reads a bundle and checks everything once, so that nothing needs checking later. Signatures are the caller's to
/// verify first, see [`signature`].
///
/// # Errors
/// See [`BundleError`]; `site` is the site the bundle must be for, or empty for any.
pub fn load(bytes: &[u8], site: &str) -> Result<Loaded, BundleError> {
    let parts = split(bytes)?;
    if Hash::hash(parts.hashed) != parts.hash {
        return Err(BundleError::Altered);
    }
    if !site.is_empty() && parts.header.site != site {
        return Err(BundleError::WrongSite);
    }
    let bundle = decode(parts.body)?;
    if bundle.site.id != parts.header.site {
        return Err(BundleError::WrongSite);
    }
    Ok(Loaded { id: BundleId(parts.hash), header: parts.header, bundle })
}

/// Reads a bundle's body and checks everything in it once, so that nothing needs checking later. The file around it is
/// the caller's to check; [`load`] does both.
///
/// # Errors
/// [`BundleError::Malformed`] or [`BundleError::Unsound`].
pub fn decode(body: &[u8]) -> Result<Bundle, BundleError> {
    let (bundle, references) = wire::read(body).ok_or(BundleError::Malformed)?;
    validate(&bundle, &references).map_err(BundleError::Unsound)?;
    Ok(bundle)
}
