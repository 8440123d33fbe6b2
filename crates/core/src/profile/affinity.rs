//! Interest in categories, with exponential decay.
//!
//! Forward decay (Cormode et al., "Forward Decay: A Practical Time Decay Model for Streaming Systems", ICDE 2009):
//! a view counts more the later it happens, and all scores are scaled down by whole half-lives. Integers only, so that
//! every machine computes the same; nothing accumulates rounding from visit to visit.

use alloc::string::String;
use alloc::vec::Vec;

use crate::wire;
use serde::{Deserialize, Serialize};

/// Scores of the categories that interest a visitor most.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Affinity {
    /// The half-life period that `scores` refer to, counted from 1970.
    period: u32,
    /// Category and score; a view at a period's start scores `ONE`.
    scores: Vec<(String, u32)>,
}

const ONE: u32 = 1 << 10;
const MINUTES_A_DAY: u64 = 1_440;

/// 2^(i/16) · 2^16.
const POWERS: [u64; 16] = [
    65_536, 68_438, 71_468, 74_632, 77_936, 81_386, 84_990, 88_752, 92_682, 96_785, 101_070, 105_545,
    110_218, 115_098, 120_194, 125_515,
];

struct Moment {
    period: u32,
    /// 2^(share of the period that has passed) · 2^16
    power: u64,
}

fn moment(now_minutes: u32, half_life_days: u16) -> Moment {
    let length = u64::from(half_life_days.max(1)) * MINUTES_A_DAY;
    let now = u64::from(now_minutes);
    let step = (now % length) * POWERS.len() as u64 / length;
    Moment { period: (now / length) as u32, power: POWERS.get(step as usize).copied().unwrap_or(65_536) }
}

impl Affinity {
    /// Counts one view of `category`, keeping the `keep` strongest.
    pub fn view(&mut self, category: &str, now_minutes: u32, half_life_days: u16, keep: usize) {
        let moment = moment(now_minutes, half_life_days);
        let passed = moment.period.saturating_sub(self.period);
        if passed > 0 {
            self.period = moment.period;
            for (_, score) in &mut self.scores {
                *score = score.checked_shr(passed).unwrap_or(0);
            }
            // They descend, so what is nothing by now stands last.
            while self.scores.last().is_some_and(|(_, score)| *score == 0) {
                self.scores.pop();
            }
        }
        let gain = ((u64::from(ONE) * moment.power) >> 16) as u32;
        match self.scores.iter_mut().find(|(name, _)| name == category) {
            Some((_, score)) => *score = score.saturating_add(gain),
            None => self.scores.push((category.into(), gain)),
        }
        self.strengthen(category);
        while self.scores.len() > keep {
            self.scores.pop();
        }
    }

    /// Moves a category whose score has grown before all weaker ones. Strongest first; ties by name, so that the order
    /// never depends on the past.
    fn strengthen(&mut self, category: &str) {
        let Some(mut at) = self.scores.iter().position(|(name, _)| name == category) else { return };
        while let Some(before) = at.checked_sub(1)
            && let [(stronger, high), (name, score), ..] = self.scores.get(before..).unwrap_or_default()
            && (score, stronger) > (high, name)
        {
            self.scores.swap(before, at);
            at = before;
        }
    }

    /// The interest in `category` now, in views; nothing is known of a category that was never viewed.
    #[must_use]
    pub fn score(&self, category: &str, now_minutes: u32, half_life_days: u16) -> Option<f64> {
        let (_, score) = self.scores.iter().find(|(name, _)| name == category)?;
        let moment = moment(now_minutes, half_life_days);
        let passed = moment.period.saturating_sub(self.period);
        let scaled = u64::from(score.checked_shr(passed).unwrap_or(0)) << 16;
        // Thousandths of a view: the division is exact in a double.
        Some((scaled * 1_000 / moment.power / u64::from(ONE)) as f64 / 1_000.0)
    }

    /// The category that interests the visitor most.
    #[must_use]
    pub fn favourite(&self) -> Option<&str> {
        self.scores.first().map(|(name, _)| name.as_str())
    }

    /// The categories with their scores, strongest first.
    #[must_use]
    pub fn categories(&self) -> impl ExactSizeIterator<Item = &str> {
        self.scores.iter().map(|(name, _)| name.as_str())
    }

    /// Appends the scores as postcard writes them.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        wire::write_varint(self.period.into(), out);
        wire::write_varint(self.scores.len() as u64, out);
        for (category, score) in &self.scores {
            wire::write_text(category, out);
            wire::write_varint((*score).into(), out);
        }
    }
}

wire::structs! {
    Affinity { period, scores }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: u32 = 1_440;

    #[test]
    fn a_view_counts_one_now_and_half_after_a_half_life() {
        for start in [0, 3, 9, 13] {
            let now = (20_000 + start) * DAY;
            let mut affinity = Affinity::default();
            affinity.view("boots", now, 14, 5);
            let score = |days| affinity.score("boots", now + days * DAY, 14).unwrap();
            assert!((score(0) - 1.0).abs() < 0.005, "{}", score(0));
            assert!((score(14) - 0.5).abs() < 0.005, "{}", score(14));
            assert!((score(28) - 0.25).abs() < 0.005, "{}", score(28));
            assert_eq!(score(14 * 40), 0.0);
        }
    }

    #[test]
    fn the_weakest_category_goes_when_there_are_too_many() {
        let mut affinity = Affinity::default();
        for category in ["boots", "boots", "tents", "tents", "jackets"] {
            affinity.view(category, 1_000 * DAY, 14, 2);
        }
        assert_eq!(affinity.categories().collect::<Vec<_>>(), ["boots", "tents"]);
        assert_eq!(affinity.favourite(), Some("boots"));
    }

    #[test]
    fn a_clock_that_goes_backwards_changes_no_score_for_the_worse() {
        let mut affinity = Affinity::default();
        affinity.view("boots", 30_000 * DAY, 14, 5);
        affinity.view("boots", 10 * DAY, 14, 5);
        assert!(affinity.score("boots", 30_000 * DAY, 14).unwrap() >= 1.0);
    }
}
