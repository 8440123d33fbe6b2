//! `footlight keygen`: a pair of keys for signing bundles.

use std::path::PathBuf;

use base64ct::{Base64UrlUnpadded, Encoding as _};
use clap::Args;
use serde::Serialize;

use crate::arguments::Format;
use crate::failure::Failure;
use crate::output::{self, Outcome};
use crate::signing;

/// Make a pair of keys: the private one goes into a file, the public one into the edge's configuration.
#[derive(Debug, Args)]
pub(crate) struct Keygen {
    /// Where the private key goes; an existing file is not overwritten.
    file: PathBuf,
}

#[derive(Serialize)]
struct Answer {
    public_key: String,
    key_id: String,
}

impl Keygen {
    pub(crate) fn run(&self, format: Format) -> Result<Outcome, Failure> {
        let public = signing::create_key(&self.file)?.verifying_key();
        let (public_key, key_id) = (
            Base64UrlUnpadded::encode_string(public.as_bytes()),
            signing::hexadecimal(&signing::key_id(&public)),
        );
        match format {
            Format::Json => output::json(&Answer { public_key, key_id }),
            Format::Text => {
                anstream::println!("private key: {} (keep it secret)", self.file.display());
                anstream::println!("public key:  {public_key}");
                anstream::println!("key id:      {key_id}");
            }
        }
        Ok(Outcome::Fine)
    }
}
