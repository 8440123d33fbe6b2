//! Where chunks go in and out. All pages share one pair: a chunk is through before the next call.

use alloc::vec::Vec;
use core::cell::RefCell;

/// Input and output of one call.
#[derive(Default)]
pub(crate) struct Buffers {
    pub(crate) input: Vec<u8>,
    pub(crate) output: Vec<u8>,
}

/// What an output that outgrew this is cut back to, so that one page with much content does not cost memory for ever.
const KEPT_OUTPUT_BYTES: usize = 1 << 20;

impl Buffers {
    /// Makes room for a chunk of `length` bytes and returns where to put it.
    pub(crate) fn input_of(&mut self, length: usize) -> usize {
        if self.input.len() < length {
            self.input.resize(length, 0);
        }
        self.input.as_ptr() as usize
    }

    /// Makes the output ready for the next call.
    pub(crate) fn begin(&mut self) {
        self.output.clear();
        self.output.shrink_to(KEPT_OUTPUT_BYTES);
    }
}

/// The pair, shared by an engine and its pages.
pub(crate) type Shared = alloc::rc::Rc<RefCell<Buffers>>;
