//! The module's border, called as JavaScript calls it, in wasm.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::{Buffers, Engine};

/// The number that loading leaves in the output.
fn refusal(buffers: &Buffers, bytes: &[u8]) -> Option<u8> {
    buffers.input(bytes.len());
    buffers.pair.borrow_mut().input[..bytes.len()].copy_from_slice(bytes);
    match Engine::load(buffers, bytes.len(), 0) {
        Some(_) => None,
        None => buffers.pair.borrow().output.first().copied(),
    }
}

#[wasm_bindgen_test]
fn what_is_no_bundle_s_body_is_refused_by_a_number_that_programs_can_tell() {
    let buffers = Buffers::new();
    for body in [&b"<!doctype html>"[..], b"", &[0xff; 64], &[0; 1 << 16]] {
        assert_eq!(refusal(&buffers, body), Some(0));
    }
}

#[wasm_bindgen_test]
fn loading_what_is_no_bundle_leaks_nothing() {
    let buffers = Buffers::new();
    let bytes = [b'F'; 100_000];
    refusal(&buffers, &bytes);
    let pages = core::arch::wasm32::memory_size(0);
    (0..1_000).for_each(|_| drop(refusal(&buffers, &bytes)));
    assert_eq!(core::arch::wasm32::memory_size(0), pages);
}
