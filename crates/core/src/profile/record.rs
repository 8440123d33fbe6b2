//! What a profile records and how a page view changes it.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::Affinity;
use crate::bundle::{Cap, ProfileLimits};
use crate::wire;

/// One visitor. Times are whole minutes since 1970.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Random visitor id.
    pub id: [u8; 16],
    /// First request ever.
    pub first_seen_minutes: u32,
    /// Last request that was recorded.
    pub last_seen_minutes: u32,
    /// Last request of the visit before this one; equal to `first_seen_minutes` in the first visit.
    pub previous_visit_minutes: u32,
    /// Visits, this one included.
    pub visits: u16,
    /// Interest in categories.
    pub affinity: Affinity,
    /// Products viewed, the last first.
    pub recently_viewed: Vec<String>,
    /// Orders placed.
    pub orders: u16,
    /// When the last order was placed.
    pub last_order_minutes: u32,
    /// Hash of the last order's id, so that a reload of the thank-you page counts nothing.
    pub last_order_key: u32,
    /// Total of all orders, in the base currency's minor units.
    pub spent_minor: i64,
    /// Views of capped rules.
    pub exposed: Vec<Exposed>,
    /// Variants that the visitor keeps: the experiment's key, the variant.
    pub variants: Vec<(u32, u8)>,
    /// Zero-party answers: hash of the question's name, hash of the answer's.
    pub answers: Vec<(u32, u32)>,
}

/// How often a capped rule was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exposed {
    /// The rule, as [`Cap::key`].
    pub key: u32,
    /// When it was seen first in the cap's period.
    pub since_minutes: u32,
    /// Views since then.
    pub views: u8,
}

/// What a page view shows of interest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen<'a> {
    /// The page's category.
    pub category: Option<&'a str>,
    /// The page's product.
    pub product: Option<&'a str>,
}

/// Longest category or product id that a profile keeps, in bytes.
pub(super) const MAX_NAME_BYTES: usize = 24;

impl Profile {
    /// A visitor who was never seen before.
    #[must_use]
    pub fn new(id: [u8; 16], now_minutes: u32) -> Self {
        Self {
            id,
            first_seen_minutes: now_minutes,
            last_seen_minutes: now_minutes,
            previous_visit_minutes: now_minutes,
            visits: 1,
            ..Self::default()
        }
    }

    /// Notes that the visitor is here now; after a long enough pause that is a new visit.
    ///
    /// Returns whether the profile is worth writing again for it. A clock that went backwards changes nothing.
    pub fn arrive(&mut self, now_minutes: u32, visit_gap_minutes: u16) -> bool {
        let pause = now_minutes.saturating_sub(self.last_seen_minutes);
        let gap = u32::from(visit_gap_minutes);
        if pause >= gap {
            self.previous_visit_minutes = self.last_seen_minutes;
            self.visits = self.visits.saturating_add(1);
        }
        let worth_writing = pause >= gap.div_ceil(2).max(1);
        if worth_writing {
            self.last_seen_minutes = now_minutes;
        }
        worth_writing
    }

    /// Notes what the page showed. Returns whether that changed the profile.
    pub fn see(&mut self, seen: Seen<'_>, now_minutes: u32, limits: ProfileLimits) -> bool {
        let category = seen.category.filter(|name| is_kept(name));
        let product = seen.product.filter(|name| is_kept(name));
        if let Some(category) = category {
            self.affinity.view(
                category,
                now_minutes,
                limits.affinity_half_life_days,
                usize::from(limits.categories),
            );
        }
        let mut changed = category.is_some();
        if let Some(product) = product
            && self.recently_viewed.first().map(String::as_str) != Some(product)
        {
            // A loop and `Vec::pop` take a third of what `Vec::retain` and `truncate` take in the wasm module.
            if let Some(at) = self.recently_viewed.iter().position(|viewed| viewed == product) {
                self.recently_viewed.remove(at);
            }
            self.recently_viewed.insert(0, product.into());
            while self.recently_viewed.len() > usize::from(limits.recently_viewed) {
                self.recently_viewed.pop();
            }
            changed = true;
        }
        changed
    }

    /// Counts an order once. Returns whether it was new.
    pub fn order(&mut self, order_key: u32, value_minor: Option<i64>, now_minutes: u32) -> bool {
        if self.orders > 0 && self.last_order_key == order_key {
            return false;
        }
        self.orders = self.orders.saturating_add(1);
        self.last_order_key = order_key;
        self.last_order_minutes = now_minutes;
        self.spent_minor = self.spent_minor.saturating_add(value_minor.unwrap_or(0).max(0));
        true
    }

    /// Whether a capped rule may be shown once more.
    #[must_use]
    pub fn allows(&self, cap: Cap, now_minutes: u32) -> bool {
        match self.exposed.iter().find(|exposed| exposed.key == cap.key) {
            Some(exposed) => exposed.views < cap.views || is_over(*exposed, cap, now_minutes),
            None => cap.views > 0,
        }
    }

    /// Counts a view of a capped rule.
    pub fn expose(&mut self, cap: Cap, now_minutes: u32) {
        let fresh = Exposed { key: cap.key, since_minutes: now_minutes, views: 1 };
        match self.exposed.iter_mut().find(|exposed| exposed.key == cap.key) {
            Some(exposed) if is_over(*exposed, cap, now_minutes) => *exposed = fresh,
            Some(exposed) => exposed.views = exposed.views.saturating_add(1),
            None => self.exposed.push(fresh),
        }
    }

    /// The variant that the visitor keeps in an experiment.
    #[must_use]
    pub fn kept_variant(&self, sticky_key: u32) -> Option<u8> {
        self.variants.iter().find(|(key, _)| *key == sticky_key).map(|(_, variant)| *variant)
    }

    /// Keeps the variant that the visitor saw first. Returns whether that is news.
    pub fn keep_variant(&mut self, sticky_key: u32, variant: u8) -> bool {
        let is_new = self.kept_variant(sticky_key).is_none();
        if is_new {
            self.variants.push((sticky_key, variant));
        }
        is_new
    }

    /// Notes a zero-party answer; a new answer to the same question replaces the old one.
    pub fn answer(&mut self, question_key: u32, answer_key: u32) {
        match self.answers.iter_mut().find(|(question, _)| *question == question_key) {
            Some((_, answer)) => *answer = answer_key,
            None => self.answers.push((question_key, answer_key)),
        }
    }

    /// Forgets what the bundle no longer asks for, so that the cookie stays within its limit.
    pub(crate) fn forget_unknown(
        &mut self,
        is_capped: impl Fn(u32) -> bool,
        is_asked: impl Fn(u32) -> bool,
        is_sticky: impl Fn(u32) -> bool,
    ) {
        // A loop takes a third of what `Vec::retain` takes in the wasm module.
        let mut at = 0;
        while let Some(&(key, _)) = self.variants.get(at) {
            if is_sticky(key) {
                at += 1;
            } else {
                self.variants.remove(at);
            }
        }
        at = 0;
        while let Some(&Exposed { key, .. }) = self.exposed.get(at) {
            if is_capped(key) {
                at += 1;
            } else {
                self.exposed.remove(at);
            }
        }
        at = 0;
        while let Some(&(question, _)) = self.answers.get(at) {
            if is_asked(question) {
                at += 1;
            } else {
                self.answers.remove(at);
            }
        }
    }
}

fn is_over(exposed: Exposed, cap: Cap, now_minutes: u32) -> bool {
    now_minutes.saturating_sub(exposed.since_minutes) >= u32::from(cap.days) * 1_440
}

fn is_kept(name: &str) -> bool {
    !name.is_empty() && name.len() <= MAX_NAME_BYTES
}

impl Profile {
    /// Appends the profile as postcard writes it.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.id);
        for number in [self.first_seen_minutes, self.last_seen_minutes, self.previous_visit_minutes] {
            wire::write_varint(number.into(), out);
        }
        wire::write_varint(self.visits.into(), out);
        self.affinity.write(out);
        wire::write_varint(self.recently_viewed.len() as u64, out);
        self.recently_viewed.iter().for_each(|product| wire::write_text(product, out));
        wire::write_varint(self.orders.into(), out);
        wire::write_varint(self.last_order_minutes.into(), out);
        wire::write_varint(self.last_order_key.into(), out);
        wire::write_varint((self.spent_minor << 1 ^ self.spent_minor >> 63) as u64, out);
        wire::write_varint(self.exposed.len() as u64, out);
        for exposed in &self.exposed {
            wire::write_varint(exposed.key.into(), out);
            wire::write_varint(exposed.since_minutes.into(), out);
            out.push(exposed.views);
        }
        wire::write_varint(self.variants.len() as u64, out);
        for &(experiment, variant) in &self.variants {
            wire::write_varint(experiment.into(), out);
            out.push(variant);
        }
        wire::write_varint(self.answers.len() as u64, out);
        for &(question, answer) in &self.answers {
            wire::write_varint(question.into(), out);
            wire::write_varint(answer.into(), out);
        }
    }
}

wire::structs! {
    Profile { id, first_seen_minutes, last_seen_minutes, previous_visit_minutes, visits, affinity, recently_viewed, orders, last_order_minutes, last_order_key, spent_minor, exposed, variants, answers }
    Exposed { key, since_minutes, views }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: ProfileLimits = ProfileLimits {
        categories: 3,
        recently_viewed: 2,
        affinity_half_life_days: 14,
        visit_gap_minutes: 30,
    };
    const CAP: Cap = Cap { views: 2, days: 7, key: 9 };

    #[test]
    fn a_profile_is_written_as_postcard_writes_it() {
        for spent_minor in [0, -1, 300, i64::MAX, i64::MIN] {
            let mut profile = Profile::new([7; 16], 29_000_000);
            profile.see(Seen { category: Some("boots"), product: Some("größe") }, 29_000_001, LIMITS);
            profile.order(u32::MAX, Some(spent_minor), 29_000_002);
            profile.spent_minor = spent_minor;
            profile.expose(CAP, 29_000_003);
            profile.keep_variant(300, 2);
            profile.answers = alloc::vec![(1, u32::MAX)];
            let mut bytes = Vec::new();
            profile.write(&mut bytes);
            assert_eq!(bytes, postcard::to_allocvec(&profile).unwrap());
        }
    }

    #[test]
    fn a_pause_of_the_visit_gap_begins_a_new_visit() {
        let mut profile = Profile::new([0; 16], 1_000);
        assert!(!profile.arrive(1_010, 30));
        assert_eq!(profile.visits, 1);
        assert!(profile.arrive(1_030, 30));
        assert_eq!((profile.visits, profile.previous_visit_minutes), (2, 1_000));
        assert!(!profile.arrive(5, 30), "a clock that went backwards");
        assert_eq!(profile.visits, 2);
    }

    #[test]
    fn an_order_counts_once_however_often_its_page_is_loaded() {
        let mut profile = Profile::new([0; 16], 1_000);
        assert!(profile.order(7, Some(10_00), 1_000));
        assert!(!profile.order(7, Some(10_00), 1_001));
        assert!(profile.order(8, None, 1_002));
        assert_eq!((profile.orders, profile.spent_minor), (2, 10_00));
    }

    #[test]
    fn a_cap_opens_again_after_its_period() {
        let mut profile = Profile::new([0; 16], 0);
        assert!(profile.allows(CAP, 0));
        profile.expose(CAP, 0);
        profile.expose(CAP, 10);
        assert!(!profile.allows(CAP, 7 * 1_440 - 1));
        assert!(profile.allows(CAP, 7 * 1_440));
        profile.expose(CAP, 7 * 1_440);
        assert_eq!(profile.exposed, [Exposed { key: 9, since_minutes: 7 * 1_440, views: 1 }]);
    }

    #[test]
    fn products_are_kept_last_first_without_repeats() {
        let mut profile = Profile::new([0; 16], 0);
        for product in ["a", "b", "a", "c"] {
            profile.see(Seen { category: None, product: Some(product) }, 0, LIMITS);
        }
        assert_eq!(profile.recently_viewed, ["c", "a"]);
        assert!(!profile.see(Seen { category: None, product: Some(&"x".repeat(25)) }, 0, LIMITS));
    }
}
