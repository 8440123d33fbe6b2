//! Turns a block's lines into requests, each in the batch of its visitor's evaluator.

use std::borrow::Cow;

use memchr::memchr_iter;

use super::batch::Batch;
use super::blocks::{Block, MOST_LINE_BYTES};
use super::detect::LogFormat;
use super::error::Fault;
use super::fields::{Field, Skipped};
use super::tally::Tally;
use super::visitor::{Visitor, VisitorBy};

/// What parsing depends on.
pub(super) struct Parser<'p> {
    pub(super) by: &'p VisitorBy,
    /// Scheme and host of URLs that are paths.
    pub(super) host: &'p str,
    /// Headers that are read besides the fields.
    pub(super) headers: &'p [String],
    /// The country where the log says none.
    pub(super) country: Option<&'p str>,
    pub(super) tally: Tally,
}

impl Parser<'_> {
    /// Parses a block into one batch an evaluator.
    pub(super) fn parse(&mut self, block: &Block, format: LogFormat, shift_ms: i64, batches: &mut [Batch]) {
        let mut start = 0;
        let ends = memchr_iter(b'\n', &block.bytes).chain([block.bytes.len()]);
        for (number, end) in (block.first_line..).zip(ends) {
            let bytes = block.bytes.get(start..end).unwrap_or_default().trim_ascii();
            start = end + 1;
            if bytes.is_empty() {
                continue;
            }
            self.tally.lines += 1;
            match self.line(bytes, (block.log, number), format, shift_ms, batches) {
                Ok(None) => {}
                Ok(Some(skipped)) => self.tally.skip(skipped),
                Err(fault) => self.tally.bad(block.log, number, fault, bytes),
            }
        }
    }

    fn line(
        &mut self,
        bytes: &[u8],
        (log, number): (usize, u64),
        format: LogFormat,
        shift_ms: i64,
        batches: &mut [Batch],
    ) -> Result<Option<Skipped>, Fault> {
        if bytes.len() > MOST_LINE_BYTES {
            return Err(Fault::TooLong);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| Fault::Encoding)?;
        let mut line = format.parse(text)?;
        if let Some(skipped) = line.skipped() {
            return Ok(Some(skipped));
        }
        if let Some(country) = self.country
            && line.get(Field::Country).is_empty()
        {
            line.set(Field::Country, Cow::Owned(country.to_owned()));
        }
        let at_ms = line.at_ms + shift_ms;
        let line_key = ((log as u64) << 48) ^ number;
        let visitor = Visitor::of(&line, self.by, line_key);
        let key = visitor.key();
        let count = batches.len().max(1) as u64;
        let evaluator = if key == 0 { line_key % count } else { (key >> 32) % count };
        if let Some(batch) = batches.get_mut(evaluator as usize) {
            batch.push(&line, at_ms, &visitor, key, self.host, self.headers);
        }
        self.tally.view(at_ms, visitor.identity);
        Ok(None)
    }
}
