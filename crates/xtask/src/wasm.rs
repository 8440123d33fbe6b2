//! From Rust to the wasm module of the npm package.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::node::{self, tool};
use crate::panics;
use crate::root::{package, target};
use crate::step::{cargo, run};

const TARGET: &str = "wasm32-unknown-unknown";

/// The finished module.
pub(crate) fn module() -> PathBuf {
    generated().join("footlight.wasm")
}

/// Compiles the module, generates its JavaScript and makes it small.
pub(crate) fn build() -> Result<()> {
    run(&mut cargo(&[
        "build",
        "--quiet",
        "--package",
        "footlight-edge",
        "--target",
        TARGET,
        "--profile",
        "wasm",
    ]))?;
    let compiled = target().join(TARGET).join("wasm/footlight_edge.wasm");
    let bytes = fs::read(&compiled).with_context(|| compiled.display().to_string())?;
    // Generating and shrinking take longer than anything else here; without a change both would give the same again.
    let stamp = target().join("footlight_edge.wasm.last");
    if module().exists() && fs::read(&stamp).is_ok_and(|last| last == bytes) {
        return Ok(());
    }
    generate(&compiled)?;
    shrink()?;
    fs::write(stamp, bytes)?;
    Ok(())
}

fn generate(compiled: &Path) -> Result<()> {
    let mut output = Bindgen::new()
        .input_path(compiled)
        .out_name("footlight")
        .web(true)?
        .typescript(true)
        .omit_default_module_path(true)
        // After a trap the memory is worth nothing: the next request starts from a fresh instance.
        .reset_state_function(true)
        .remove_producers_section(true)
        .demangle(false)
        .generate_output()?;
    panics::silence(output.wasm_mut())?;
    output.emit(generated())
}

fn shrink() -> Result<()> {
    node::install()?;
    let (input, output) = (generated().join("footlight_bg.wasm"), module());
    run(tool(
        "wasm-opt",
        &["-Oz", "--converge", "--enable-simd", "--enable-bulk-memory", "--enable-bulk-memory-opt"],
    )
    .args(["--enable-nontrapping-float-to-int", "--enable-sign-ext", "--enable-mutable-globals"])
    .args(["--enable-reference-types", "--enable-multivalue"])
    .args(["--strip-debug", "--strip-producers", "--strip-target-features"])
    .arg(&input)
    .arg("-o")
    .arg(&output))?;
    fs::remove_file(input)?;
    Ok(())
}

fn generated() -> PathBuf {
    package().join("wasm")
}
