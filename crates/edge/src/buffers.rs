//! What crosses the border besides numbers: bytes in, bytes out. An instance has one pair: each call is through before the
//! next one begins.

use alloc::rc::Rc;
use alloc::vec::Vec;
use core::cell::{Ref, RefCell};

use wasm_bindgen::prelude::wasm_bindgen;

/// Input and output of one call.
#[derive(Default)]
pub(crate) struct Pair {
    pub(crate) input: Vec<u8>,
    pub(crate) output: Vec<u8>,
}

/// What an output that outgrew this is cut back to, so that one page with much content does not cost memory for ever.
const KEPT_OUTPUT_BYTES: usize = 1 << 20;

impl Pair {
    /// Makes the output ready for the next call.
    pub(crate) fn begin(&mut self) {
        self.output.clear();
        self.output.shrink_to(KEPT_OUTPUT_BYTES);
    }
}

/// The bytes that the calls of all engines and pages take and give.
#[wasm_bindgen]
#[derive(Clone, Default)]
pub struct Buffers {
    pub(crate) pair: Rc<RefCell<Pair>>,
}

#[wasm_bindgen]
impl Buffers {
    /// A pair, empty.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes room for `length` bytes of input and returns where to put them.
    #[must_use]
    pub fn input(&self, length: usize) -> usize {
        let input = &mut self.pair.borrow_mut().input;
        if input.len() < length {
            input.resize(length, 0);
        }
        input.as_ptr() as usize
    }

    /// Where the output is, until the next call of anything else.
    #[must_use]
    pub fn output(&self) -> usize {
        self.pair.borrow().output.as_ptr() as usize
    }
}

impl Buffers {
    /// `length` bytes of the input, from `start` on.
    pub(crate) fn taken(&self, start: usize, length: usize) -> Ref<'_, [u8]> {
        Ref::map(self.pair.borrow(), |pair| {
            pair.input.get(start..).and_then(|rest| rest.get(..length)).unwrap_or_default()
        })
    }

    /// Writes an output, and returns its length.
    pub(crate) fn give(&self, write: impl FnOnce(&mut Vec<u8>)) -> usize {
        let mut pair = self.pair.borrow_mut();
        pair.begin();
        write(&mut pair.output);
        pair.output.len()
    }
}

/// The text that bytes are; what is no text says nothing.
pub(crate) fn text(bytes: &[u8]) -> &str {
    core::str::from_utf8(bytes).unwrap_or_default()
}
