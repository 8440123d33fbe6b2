//! What became of a log's lines.

use super::error::Fault;
use super::fields::Skipped;
use super::visitor::Identity;

/// Bad lines that are shown.
pub(crate) const MOST_SHOWN: usize = 8;

/// Characters of a bad line that are shown.
const MOST_CHARACTERS: usize = 72;

/// A line that is no request.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct BadLine {
    /// The log, from 0.
    pub(crate) log: usize,
    /// From 1.
    pub(crate) line: u64,
    pub(crate) fault: Fault,
    /// How it begins.
    pub(crate) begins: String,
}

/// What became of lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Lines that are not empty.
    pub(crate) lines: u64,
    /// Page views, of whatever stage, bots included.
    pub(crate) views: u64,
    /// Lines that are no requests, in the order of [`Fault::ALL`].
    pub(crate) faults: [u64; Fault::ALL.len()],
    /// Requests that are no page views, in the order of [`Skipped::ALL`].
    pub(crate) skipped: [u64; Skipped::ALL.len()],
    /// What page views' visitors were told apart by, in the order of [`Identity::ALL`].
    pub(crate) identities: [u64; Identity::ALL.len()],
    /// The first bad lines.
    pub(crate) bad_lines: Vec<BadLine>,
    /// The earliest and the latest page view.
    pub(crate) period_ms: Option<(i64, i64)>,
}

impl Tally {
    pub(super) fn bad(&mut self, log: usize, line: u64, fault: Fault, text: &[u8]) {
        if let Some(count) = self.faults.get_mut(fault as usize) {
            *count += 1;
        }
        // A parser's blocks come in the log's order, so that the first are its first.
        if self.bad_lines.len() < MOST_SHOWN {
            let start = text.get(..text.len().min(4 * MOST_CHARACTERS)).unwrap_or_default();
            let start = String::from_utf8_lossy(start);
            let mut begins: String =
                start.chars().take(MOST_CHARACTERS).flat_map(char::escape_debug).collect();
            if start.chars().nth(MOST_CHARACTERS).is_some() {
                begins.push('…');
            }
            self.bad_lines.push(BadLine { log, line, fault, begins });
        }
    }

    pub(super) fn skip(&mut self, skipped: Skipped) {
        if let Some(count) = self.skipped.get_mut(skipped as usize) {
            *count += 1;
        }
    }

    pub(super) fn view(&mut self, at_ms: i64, identity: Identity) {
        self.views += 1;
        if let Some(count) = self.identities.get_mut(identity as usize) {
            *count += 1;
        }
        let (first, last) = self.period_ms.unwrap_or((at_ms, at_ms));
        self.period_ms = Some((first.min(at_ms), last.max(at_ms)));
    }

    pub(crate) fn bad_count(&self) -> u64 {
        self.faults.iter().sum()
    }

    /// Adds what another parser counted.
    pub(super) fn add(&mut self, other: Self) {
        self.lines += other.lines;
        self.views += other.views;
        sum(&mut self.faults, &other.faults);
        sum(&mut self.skipped, &other.skipped);
        sum(&mut self.identities, &other.identities);
        self.bad_lines.extend(other.bad_lines);
        self.bad_lines.sort();
        self.bad_lines.truncate(MOST_SHOWN);
        self.period_ms = match (self.period_ms, other.period_ms) {
            (Some((first, last)), Some((from, to))) => Some((first.min(from), last.max(to))),
            (one, other) => one.or(other),
        };
    }
}

fn sum(all: &mut [u64], more: &[u64]) {
    all.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
}
