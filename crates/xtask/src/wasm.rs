//! From Rust to the wasm module of the npm package.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::node::{self, tool};
use crate::order;
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
    let mut compile = cargo(&arguments);
    compile.args(SMALL_STANDARD_LIBRARY).env("RUSTC_BOOTSTRAP", "1");
    run(compile.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", rust_flags()))?;
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

/// The precompiled `core` and `alloc` are made for speed and write messages for panics, which nobody reads: with its own
/// the module is an eighth smaller. This and the [`FLAGS`] beginning with `-Z` are not stable, but the toolchain is pinned;
/// without them the module would do the same and be larger.
const SMALL_STANDARD_LIBRARY: [&str; 2] =
    ["-Zbuild-std=core,alloc", "-Zbuild-std-features=optimize_for_size"];

/// Every current edge runs SIMD. A panic traps at once: the worker hands the page on as it is and starts afresh. Without
/// the compiler's own inliner, code that is made small calls a function for every comparison of two enums; with it the
/// rewriter is as fast as code made for speed.
const FLAGS: &str = "-Ctarget-feature=+simd128 -Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none \
    -Zfmt-debug=none -Zinline-mir=yes";

/// Where this machine keeps sources is nobody's business, makes the module larger, and the
/// same sources would become another module elsewhere.
fn rust_flags() -> String {
    let home = |variable: &str, folder: &str| {
        let default = || std::env::home_dir().unwrap_or_default().join(folder);
        std::env::var_os(variable).map_or_else(default, PathBuf::from)
    };
    let places = [home("CARGO_HOME", ".cargo"), home("RUSTUP_HOME", ".rustup"), root().to_owned()];
    let remaps = places.iter().map(|place| format!(" --remap-path-prefix={}=", place.display()));
    std::iter::once(FLAGS.to_owned()).chain(remaps).collect()
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
    // Engines do not look at the alignment that loads and stores promise; without it more of them are the same.
    shrink.args(NO_INLINING).args(FEATURES).arg("--dealign");
    shrink.args(["--strip-debug", "--strip-producers", "--strip-target-features"]);
    run(shrink.arg(&input).arg("-o").arg(&output))?;
    fs::remove_file(input)?;
    fs::write(&output, order::by_likeness(&fs::read(&output)?)?)?;
    Ok(())
}

fn generated() -> PathBuf {
    package().join("wasm")
}
