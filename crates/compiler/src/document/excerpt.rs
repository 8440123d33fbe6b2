//! A text from a source file, knowing where each of its bytes stands.

use std::ops::Range;

use crate::diagnostic::At;
use crate::sources::FileId;

/// From offsets in a decoded text to offsets in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Offsets {
    /// The text stands in the file as it is, from here on.
    Shift(u32),
    /// One offset a byte of the text and one for its end: the text has escapes.
    Table(Vec<u32>),
}

impl Offsets {
    fn source(&self, offset: usize) -> usize {
        match self {
            Self::Shift(start) => *start as usize + offset,
            Self::Table(offsets) => offsets.get(offset).or(offsets.last()).copied().unwrap_or(0) as usize,
        }
    }
}

/// A text from a source file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Excerpt<'d> {
    pub(crate) text: &'d str,
    pub(crate) file: FileId,
    pub(crate) offsets: &'d Offsets,
    /// Added to offsets before they are looked up: the excerpt begins inside the text that `offsets` is of.
    base: usize,
    /// The whole, with its quotes.
    pub(crate) whole: At,
}

impl<'d> Excerpt<'d> {
    pub(crate) const fn new(text: &'d str, offsets: &'d Offsets, whole: At) -> Self {
        Self { text, file: whole.file, offsets, base: 0, whole }
    }

    /// Where `span` of the text stands.
    pub(crate) fn at(&self, span: Range<usize>) -> At {
        At::new(
            self.file,
            self.offsets.source(self.base + span.start)..self.offsets.source(self.base + span.end),
        )
    }

    /// Where all of the text stands, without quotes; with them when there is no text.
    pub(crate) fn all(&self) -> At {
        if self.text.is_empty() { self.whole } else { self.at(0..self.text.len()) }
    }

    /// A part of it.
    pub(crate) fn part(&self, span: Range<usize>) -> Self {
        let text = self.text.get(span.clone()).unwrap_or("");
        Self { text, base: self.base + span.start, whole: self.at(span), ..*self }
    }
}
