//! A streaming HTML rewriter for named places in a page.
#![no_std]
extern crate alloc;
