//! Whose signatures are believed, and the key that signs.

use std::path::{Path, PathBuf};

use base64ct::{Base64UrlUnpadded, Encoding as _};
use clap::Args;
use ed25519_dalek::{Signature, SigningKey, VerifyingKey};

use crate::failure::Failure;
use crate::signing::{self, hexadecimal, key_id};

/// Holds a private key as PEM, for where there are no files.
const PRIVATE: &str = "FOOTLIGHT_KEY";
/// The variable that the worker has, too.
const PUBLIC: &str = "FOOTLIGHT_PUBLIC_KEYS";

/// The key that signs.
#[derive(Debug, Args)]
pub(crate) struct KeyArguments {
    /// The private key that signs; without it, the one in the environment variable FOOTLIGHT_KEY (the PEM itself).
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
}

/// Keys whose signatures are believed.
#[derive(Debug, Args)]
pub(crate) struct TrustArguments {
    /// A public key whose releases and bundles are believed, as `footlight keygen` prints it; several by repeating it.
    /// Those in the environment variable FOOTLIGHT_PUBLIC_KEYS (separated by commas) are believed, too.
    #[arg(long, value_name = "PUBLIC_KEY", allow_hyphen_values = true)]
    trust: Vec<String>,
}

impl KeyArguments {
    /// The private key, which there has to be.
    pub(crate) fn read(&self) -> Result<SigningKey, Failure> {
        self.find()?.ok_or(Failure::NoKey)
    }

    /// The private key if one is named.
    pub(crate) fn find(&self) -> Result<Option<SigningKey>, Failure> {
        match (&self.key, std::env::var(PRIVATE)) {
            (Some(path), _) => signing::read_key(path).map(Some),
            (None, Ok(pem)) => signing::parse_key(&pem, Path::new(PRIVATE)).map(Some),
            (None, Err(_)) => Ok(None),
        }
    }
}

impl TrustArguments {
    /// The keys that are named here and in the environment, and that of the private key.
    pub(crate) fn read(&self, own: Option<&SigningKey>) -> Result<Trust, Failure> {
        let mut trust = Trust::of_environment()?;
        for text in &self.trust {
            trust.0.push(parse(text, "--trust")?);
        }
        trust.0.extend(own.map(SigningKey::verifying_key));
        Ok(trust)
    }
}

/// Public keys. Without any, signatures are not looked at.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trust(Vec<VerifyingKey>);

/// What is known about who signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signed {
    /// A trusted key, by its id.
    By([u8; 8]),
    /// Nobody looked: there was no key to ask for.
    Unchecked,
}

impl Trust {
    #[cfg(test)]
    pub(super) const fn of(keys: Vec<VerifyingKey>) -> Self {
        Self(keys)
    }

    /// The keys in the environment.
    pub(crate) fn of_environment() -> Result<Self, Failure> {
        let list = std::env::var(PUBLIC).unwrap_or_default();
        let texts = list.split(',').map(str::trim).filter(|text| !text.is_empty());
        texts.map(|text| parse(text, PUBLIC)).collect::<Result<_, _>>().map(Self)
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Which of the keys made a signature.
    pub(crate) fn signer(&self, message: &[u8], signature: &Signature) -> Option<Signed> {
        let signer = self.0.iter().find(|key| key.verify_strict(message, signature).is_ok());
        signer.map(|key| Signed::By(key_id(key)))
    }

    /// Whether a key has this id.
    pub(crate) fn knows(&self, id: &str) -> bool {
        self.ids().any(|known| known == id)
    }

    /// The ids of all keys.
    pub(crate) fn ids(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(|key| hexadecimal(&key_id(key)))
    }
}

fn parse(text: &str, name: &'static str) -> Result<VerifyingKey, Failure> {
    let bytes = Base64UrlUnpadded::decode_vec(text.trim_end_matches('=')).ok();
    bytes
        .and_then(|bytes| <[u8; 32]>::try_from(bytes).ok())
        .and_then(|bytes| VerifyingKey::from_bytes(&bytes).ok())
        .ok_or_else(|| Failure::BadArgument {
            name,
            value: text.to_owned(),
            expected: "a public key as `footlight keygen` prints it: 43 letters and digits",
        })
}
