//! The edge module: decision and rewriter behind wasm-bindgen.
