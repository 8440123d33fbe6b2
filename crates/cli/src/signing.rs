//! Ed25519 keys (RFC 8032) in PKCS#8 PEM files, as `openssl genpkey -algorithm ed25519` makes them too.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _};
use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};
use footlight_core::bundle::{BundleId, SIGNATURE_CONTEXT, Signature};
use hmac_sha256::Hash;

use crate::failure::{Failure, KeyProblem};

/// A new key, written to a file that only its owner can read.
pub(crate) fn create_key(path: &Path) -> Result<SigningKey, Failure> {
    let mut secret = [0; 32];
    getrandom::fill(&mut secret).map_err(|_| Failure::NoRandomness)?;
    let key = SigningKey::from_bytes(&secret);
    let pem = key.to_pkcs8_pem(LineEnding::LF).map_err(|_| not_a_key(path))?;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let failed = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => {
            Failure::BadKey { path: path.to_owned(), problem: KeyProblem::Exists }
        }
        _ => Failure::Write { path: path.to_owned(), error },
    };
    let mut file = options.open(path).map_err(failed)?;
    file.write_all(pem.as_bytes()).map_err(failed)?;
    Ok(key)
}

/// Reads a private key. Its bytes are never shown.
pub(crate) fn read_key(path: &Path) -> Result<SigningKey, Failure> {
    let unreadable = |error| Failure::Read { path: path.to_owned(), error };
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let mode = fs::metadata(path).map_err(unreadable)?.mode() & 0o777;
        if mode & 0o077 != 0 {
            return Err(Failure::BadKey {
                path: path.to_owned(),
                problem: KeyProblem::OpenToOthers { mode },
            });
        }
    }
    let pem = fs::read_to_string(path).map_err(unreadable)?;
    parse_key(&pem, path)
}

/// A private key in PEM; `source` is where it comes from.
pub(crate) fn parse_key(pem: &str, source: &Path) -> Result<SigningKey, Failure> {
    SigningKey::from_pkcs8_pem(pem).map_err(|_| not_a_key(source))
}

fn not_a_key(path: &Path) -> Failure {
    Failure::BadKey { path: path.to_owned(), problem: KeyProblem::NotAKey }
}

/// Signs a bundle's name.
pub(crate) fn sign(key: &SigningKey, id: &BundleId) -> Signature {
    let signature = key.sign(&signed_message(id)).to_bytes();
    Signature { key_id: key_id(&key.verifying_key()), signature }
}

/// What the signature of a bundle is over.
pub(crate) fn signed_message(id: &BundleId) -> Vec<u8> {
    [SIGNATURE_CONTEXT, &id.0].concat()
}

/// The first eight bytes of the public key's SHA-256.
pub(crate) fn key_id(public: &VerifyingKey) -> [u8; 8] {
    let hash = Hash::hash(public.as_bytes());
    std::array::from_fn(|index| hash.get(index).copied().unwrap_or(0))
}

/// Bytes as hexadecimal digits.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
