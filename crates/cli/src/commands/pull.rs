//! `footlight pull`: the live bundle as a file.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::build::write_bundle;
use crate::arguments::Format;
use crate::failure::Failure;
use crate::output::{self, Outcome};
use crate::release::error::Problem;
use crate::release::keys::TrustArguments;
use crate::release::target::TargetArguments;

/// Write the bundle that is live at a target to a file.
#[derive(Debug, Args)]
pub(crate) struct Pull {
    #[command(flatten)]
    target: TargetArguments,
    /// Where the bundle goes; when left out, a file of the site's name in this folder.
    #[arg(long, short = 'o', value_name = "FILE")]
    output: Option<PathBuf>,
    /// The canary's bundle, and not the one of the other visitors.
    #[arg(long)]
    canary: bool,
    #[command(flatten)]
    trust: TrustArguments,
}

#[derive(Serialize)]
struct Answer {
    file: String,
    bundle: String,
    site: String,
    bytes: usize,
    sequence: u64,
}

impl Pull {
    pub(crate) fn run(&self, format: Format) -> Result<Outcome, Failure> {
        let target = self.target.open(self.trust.read(None)?)?;
        let release = target.live_or_say()?.release;
        let name = if self.canary {
            release.canary.ok_or_else(|| target.error(Problem::NoCanary))?.bundle
        } else {
            release.bundle
        };
        let (bytes, loaded) = target.bundle(&name)?;
        let file =
            self.output.clone().unwrap_or_else(|| PathBuf::from(format!("{}.footlight", loaded.header.site)));
        write_bundle(&file, &bytes)?;
        match format {
            Format::Json => output::json(&Answer {
                file: file.display().to_string(),
                bundle: name.into(),
                site: loaded.header.site,
                bytes: bytes.len(),
                sequence: release.sequence,
            }),
            Format::Text => anstream::println!(
                "{} written: {} bytes, {name}, of release {}",
                file.display(),
                bytes.len(),
                release.sequence
            ),
        }
        Ok(Outcome::Fine)
    }
}
