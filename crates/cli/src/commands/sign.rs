//! `footlight sign`: a signature for a bundle that was built without.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use footlight_core::bundle::{append_signature, load, signature};
use serde::Serialize;

use super::build::write_bundle;
use crate::arguments::Format;
use crate::failure::Failure;
use crate::output::{self, Outcome};
use crate::release::keys::KeyArguments;
use crate::signing::{self, hexadecimal};

/// The signature at the end of a bundle: the key's id and the signature itself.
const SIGNATURE_BYTES: usize = 8 + 64;

/// Sign a bundle; a signature that it has is replaced.
#[derive(Debug, Args)]
pub(crate) struct Sign {
    /// The bundle.
    file: PathBuf,
    /// Where the signed bundle goes; into the same file when left out.
    #[arg(long, short = 'o', value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    key: KeyArguments,
}

#[derive(Serialize)]
struct Answer {
    file: String,
    id: String,
    signed_by: String,
}

impl Sign {
    pub(crate) fn run(&self, format: Format) -> Result<Outcome, Failure> {
        let key = self.key.read()?;
        let mut bytes =
            fs::read(&self.file).map_err(|error| Failure::Read { path: self.file.clone(), error })?;
        let unusable = |error| Failure::BadBundle { path: self.file.clone(), error };
        let id = load(&bytes, "").map_err(unusable)?.id;
        if signature(&bytes).map_err(unusable)?.1.is_some() {
            bytes.truncate(bytes.len() - SIGNATURE_BYTES);
        }
        let signed = signing::sign(&key, &id);
        append_signature(&mut bytes, &signed);
        let file = self.output.as_ref().unwrap_or(&self.file);
        write_bundle(file, &bytes)?;
        let signed_by = hexadecimal(&signed.key_id);
        match format {
            Format::Json => {
                output::json(&Answer { file: file.display().to_string(), id: id.to_string(), signed_by });
            }
            Format::Text => anstream::println!("{} signed by {signed_by}, {id}", file.display()),
        }
        Ok(Outcome::Fine)
    }
}
