//! From Rust to the wasm module of the npm package.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::node::{self, tool};
use crate::panics;
use crate::root::{package, root, target};
use crate::step::{cargo, run};

const TARGET: &str = "wasm32-unknown-unknown";

/// The finished module.
pub(crate) fn module() -> PathBuf {
    generated().join("footlight.wasm")
}

/// Compiles the module, generates its JavaScript and makes it small.
pub(crate) fn build() -> Result<()> {
    let arguments =
        ["build", "--quiet", "--package", "footlight-edge", "--target", TARGET, "--profile", "wasm"];
    run(cargo(&arguments).env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", rust_flags()))?;
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

/// Every current edge runs SIMD. Where this machine keeps sources is nobody's business, makes the module larger, and the
/// same sources would become another module elsewhere.
fn rust_flags() -> String {
    let home = |variable: &str, folder: &str| {
        let default = || std::env::home_dir().unwrap_or_default().join(folder);
        std::env::var_os(variable).map_or_else(default, PathBuf::from)
    };
    let places = [home("CARGO_HOME", ".cargo"), home("RUSTUP_HOME", ".rustup"), root().to_owned()];
    let remaps = places.iter().map(|place| format!(" --remap-path-prefix={}=", place.display()));
    std::iter::once("-Ctarget-feature=+simd128".to_owned()).chain(remaps).collect()
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

/// What the module uses of WebAssembly beyond its first version; every current edge has all of it.
const FEATURES: [&str; 8] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-simd",
];

/// The compiler has inlined what it pays to inline; more of it makes copies that do not compress.
const NO_INLINING: [&str; 6] = ["-aimfs", "2", "-fimfs", "2", "-ocimfs", "2"];

fn shrink() -> Result<()> {
    node::install()?;
    let (input, output) = (generated().join("footlight_bg.wasm"), module());
    let mut shrink = tool("wasm-opt", &["-Oz", "--converge"]);
    shrink.args(NO_INLINING).args(FEATURES);
    shrink.args(["--strip-debug", "--strip-producers", "--strip-target-features"]);
    run(shrink.arg(&input).arg("-o").arg(&output))?;
    fs::remove_file(input)?;
    Ok(())
}

fn generated() -> PathBuf {
    package().join("wasm")
}
