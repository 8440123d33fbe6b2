//! The module's border, called as JavaScript calls it, in wasm.

use alloc::string::String;
use alloc::vec::Vec;

use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::Engine;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = Error)]
    type Thrown;

    #[wasm_bindgen(method, getter)]
    fn name(this: &Thrown) -> String;
}

/// The name of the error that loading throws.
fn refusal(bytes: &[u8]) -> String {
    match Engine::new(bytes, "", &[]) {
        Ok(_) => "taken".into(),
        Err(error) => error.unchecked_into::<Thrown>().name(),
    }
}

#[wasm_bindgen_test]
fn what_is_no_bundle_is_refused_by_a_name_that_programs_can_tell() {
    let newer: Vec<u8> = [b"FTLT".as_slice(), &[9, 9], &[0; 64]].concat();
    assert_eq!(refusal(b"<!doctype html>"), "not-a-bundle");
    assert_eq!(refusal(b"FTLT"), "truncated");
    assert_eq!(refusal(&newer), "other-version");
    assert_eq!(refusal(&[0; 1 << 16]), "not-a-bundle");
}

#[wasm_bindgen_test]
fn loading_what_is_no_bundle_leaks_nothing() {
    let bytes = Vec::from([b'F'; 100_000]);
    refusal(&bytes);
    let pages = core::arch::wasm32::memory_size(0);
    (0..1_000).for_each(|_| drop(refusal(&bytes)));
    assert_eq!(core::arch::wasm32::memory_size(0), pages);
}
