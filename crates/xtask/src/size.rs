//! The wasm module's size against its budget.

use std::fs;
use std::io::Write as _;

use anyhow::{Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::build;
use crate::wasm;

/// What the module may weigh.
const RAW_BUDGET: usize = 150 * 1024;
const GZIPPED_BUDGET: usize = 60 * 1024;

pub(crate) fn run() -> Result<()> {
    build::wasm()?;
    check()
}

/// Prints both sizes and fails above the budget.
pub(crate) fn check() -> Result<()> {
    let module = fs::read(wasm::module())?;
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&module)?;
    let gzipped = encoder.finish()?.len();
    println!("  wasm raw     {:>7} bytes, budget {RAW_BUDGET}", module.len());
    println!("  wasm gzipped {gzipped:>7} bytes, budget {GZIPPED_BUDGET}");
    if module.len() > RAW_BUDGET || gzipped > GZIPPED_BUDGET {
        bail!("the wasm module is larger than its budget");
    }
    Ok(())
}
