//! `footlight build`: the rules as one file for the edge.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use footlight_compiler::file::encode;
use footlight_core::bundle::append_signature;
use serde::Serialize;

use super::check::Compiled;
use crate::arguments::{Format, Rules};
use crate::failure::Failure;
use crate::output::{self, Outcome};
use crate::signing;

/// Compile the rules into a bundle; nothing is written while something is wrong.
#[derive(Debug, Args)]
pub(crate) struct Build {
    #[command(flatten)]
    rules: Rules,
    /// Where the bundle goes.
    #[arg(long, short = 'o', value_name = "FILE")]
    output: PathBuf,
    /// The private key that signs it.
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
}

#[derive(Serialize)]
struct Answer {
    ok: bool,
    diagnostics: Vec<footlight_compiler::diagnostic::Report>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bundle: Option<Written>,
}

#[derive(Serialize)]
struct Written {
    id: String,
    bytes: usize,
    signed: bool,
}

impl Build {
    pub(crate) fn run(&self, format: Format) -> Result<Outcome, Failure> {
        let key = self.key.as_deref().map(signing::read_key).transpose()?;
        let compiled = Compiled::read(&self.rules)?;
        if format == Format::Text {
            compiled.report(&self.rules.rules);
        }
        let mut written = None;
        if let Some(bundle) = &compiled.compilation.bundle {
            let created_s = u64::try_from(compiled.now_ms / 1000).unwrap_or(0);
            let (mut bytes, id) = encode(bundle, &compiled.compilation.notes, created_s)
                .map_err(|error| Failure::Encode { error })?;
            if let Some(key) = &key {
                append_signature(&mut bytes, &signing::sign(key, &id));
            }
            write_bundle(&self.output, &bytes)?;
            written = Some(Written { id: id.to_string(), bytes: bytes.len(), signed: key.is_some() });
        }
        let outcome = if written.is_some() { Outcome::Fine } else { Outcome::Wrong };
        match (format, written) {
            (Format::Json, written) => {
                let diagnostics = compiled.compilation.diagnostics.iter();
                let reports = diagnostics.map(|diagnostic| diagnostic.report(&compiled.sources)).collect();
                output::json(&Answer { ok: outcome == Outcome::Fine, diagnostics: reports, bundle: written });
            }
            (Format::Text, Some(Written { id, bytes, signed })) => {
                let signed = if signed { "signed" } else { "not signed" };
                anstream::println!("{} written: {bytes} bytes, {signed}, {id}", self.output.display());
            }
            (Format::Text, None) => {}
        }
        Ok(outcome)
    }
}

/// Writes a bundle's file: it is there complete or not at all.
pub(crate) fn write_bundle(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed = |error| Failure::Write { path: path.to_owned(), error };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut part = path.to_owned().into_os_string();
    part.push(".part");
    fs::write(&part, bytes).map_err(failed)?;
    fs::rename(&part, path).map_err(failed)
}
