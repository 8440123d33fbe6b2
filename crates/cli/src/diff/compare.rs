//! Replays a log through two bundles at once: who gets something else.

use std::collections::BTreeMap;
use std::hash::{Hash as _, Hasher as _};
use std::path::PathBuf;

use footlight_core::bundle::Bundle;
use footlight_core::decide::{Arrival, Change, DefaultReason, Replay, Replayed};
use footlight_core::profile::Profile;
use footlight_core::stage::Stage;
use footlight_core::value::Truth;
use serde::Serialize;
use siphasher::sip::SipHasher13;

use crate::failure::Failure;
use crate::log::{self, Consent, Entry, Evaluate, Layout, LogArguments, Remembered, Run};
use crate::simulate::site;
use crate::subject::Subject;
use crate::table::share;

const STAGES: usize = Stage::ALL.len();

/// What a log says of two bundles.
#[derive(Debug, Serialize)]
pub(crate) struct Traffic {
    pub(crate) lines: u64,
    pub(crate) bad_lines: u64,
    pub(crate) consent: String,
    pub(crate) all: Affected,
    pub(crate) stages: Vec<AffectedPart>,
    pub(crate) segments: Vec<AffectedPart>,
    pub(crate) slots: Vec<AffectedPart>,
    /// What visitors get instead of what, most views first.
    pub(crate) instead: Vec<Instead>,
}

/// How many get something else.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Affected {
    pub(crate) views: u64,
    pub(crate) visitors: u64,
    pub(crate) affected_views: u64,
    pub(crate) affected_visitors: u64,
    /// Of the visitors.
    pub(crate) share: Option<f64>,
}

/// How many of a part of the traffic do.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct AffectedPart {
    pub(crate) name: String,
    #[serde(flatten)]
    pub(crate) affected: Affected,
    /// Of a segment and of a slot: the views that are affected, by stage.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) stages: BTreeMap<&'static str, u64>,
}

/// In a slot, what one rule put there another does now.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Instead {
    pub(crate) slot: String,
    /// None for the page as it is.
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
    pub(crate) views: u64,
}

/// Replays logs through both.
pub(crate) fn replay(
    paths: &[PathBuf],
    arguments: &LogArguments,
    a: &Subject,
    b: &Subject,
) -> Result<Traffic, Failure> {
    let site = site([b.engine.bundle(), a.engine.bundle()]);
    let names = Names::new(a, b);
    let room = (arguments.remember as usize).div_ceil(arguments.threads());
    let make = |_| Comparer::new([a, b], &names, &arguments.consent, &site.headers, room);
    let Run { evaluators, tally, .. } = log::run(paths, arguments, &site, make)?;
    let mut counts = Counts::new(&names);
    evaluators.into_iter().for_each(|evaluator| counts.add(evaluator.counts));
    Ok(counts.traffic(&names, [a, b], tally.lines, tally.bad_count(), arguments.consent.words()))
}

/// The slots and segments of both, by name.
struct Names {
    slots: Vec<String>,
    segments: Vec<String>,
}

impl Names {
    fn new(a: &Subject, b: &Subject) -> Self {
        let mut names = Self { slots: Vec::new(), segments: Vec::new() };
        for subject in [b, a] {
            for slot in &subject.notes.slots {
                if !names.slots.contains(slot) {
                    names.slots.push(slot.clone());
                }
            }
            for segment in &subject.notes.segments {
                if !names.segments.contains(&segment.id) {
                    names.segments.push(segment.id.clone());
                }
            }
        }
        names
    }
}

/// One part's counts.
#[derive(Clone, Debug, Default)]
struct Part {
    all: Affected,
    stages: [u64; STAGES],
}

impl Part {
    fn add(&mut self, more: &Self) {
        self.all.views += more.all.views;
        self.all.visitors += more.all.visitors;
        self.all.affected_views += more.all.affected_views;
        self.all.affected_visitors += more.all.affected_visitors;
        self.stages.iter_mut().zip(more.stages).for_each(|(all, more)| *all += more);
    }

    fn of(&self, name: &str) -> AffectedPart {
        let mut affected = self.all.clone();
        affected.share = share(affected.affected_visitors, affected.visitors);
        let stages = Stage::ALL.into_iter().zip(self.stages).filter(|(_, views)| *views > 0);
        AffectedPart {
            name: name.to_owned(),
            affected,
            stages: stages.map(|(stage, views)| (stage.name(), views)).collect(),
        }
    }
}

/// A slot, and the rules that fill it before and after.
type Replacement = (usize, Option<u32>, Option<u32>);

struct Counts {
    all: Part,
    stages: Vec<Part>,
    segments: Vec<Part>,
    slots: Vec<Part>,
    instead: BTreeMap<Replacement, u64>,
}

impl Counts {
    fn new(names: &Names) -> Self {
        Self {
            all: Part::default(),
            stages: vec![Part::default(); STAGES],
            segments: vec![Part::default(); names.segments.len()],
            slots: vec![Part::default(); names.slots.len()],
            instead: BTreeMap::new(),
        }
    }

    fn add(&mut self, more: Self) {
        self.all.add(&more.all);
        for (all, more) in [
            (&mut self.stages, more.stages),
            (&mut self.segments, more.segments),
            (&mut self.slots, more.slots),
        ] {
            all.iter_mut().zip(&more).for_each(|(all, more)| all.add(more));
        }
        for (replacement, views) in more.instead {
            *self.instead.entry(replacement).or_default() += views;
        }
    }

    fn traffic(
        self,
        names: &Names,
        [a, b]: [&Subject; 2],
        lines: u64,
        bad_lines: u64,
        consent: String,
    ) -> Traffic {
        let rule = |subject: &Subject, rule: Option<u32>| subject.notes.rules.get(rule? as usize).cloned();
        let mut instead: Vec<Instead> = self
            .instead
            .into_iter()
            .map(|((slot, before, after), views)| Instead {
                slot: names.slots.get(slot).cloned().unwrap_or_default(),
                before: rule(a, before),
                after: rule(b, after),
                views,
            })
            .collect();
        instead.sort_by(|one, other| other.views.cmp(&one.views).then_with(|| one.slot.cmp(&other.slot)));
        let named = |names: &[String], parts: &[Part]| -> Vec<AffectedPart> {
            names.iter().zip(parts).map(|(name, part)| part.of(name)).collect()
        };
        let stages: Vec<String> = Stage::ALL.iter().map(|stage| stage.name().to_owned()).collect();
        let mut slots = named(&names.slots, &self.slots);
        // Who sees a slot is not known; of all visitors, then.
        for slot in &mut slots {
            slot.affected.views = self.all.all.views;
            slot.affected.visitors = self.all.all.visitors;
            slot.affected.share = share(slot.affected.affected_visitors, self.all.all.visitors);
        }
        Traffic {
            lines,
            bad_lines,
            consent,
            all: self.all.of("").affected,
            stages: named(&stages, &self.stages)
                .into_iter()
                .map(|stage| AffectedPart { stages: BTreeMap::new(), ..stage })
                .collect(),
            segments: named(&names.segments, &self.segments),
            slots,
            instead,
        }
    }
}

/// What is remembered of a visitor: the profile that each bundle left, and what was counted.
#[derive(Default)]
struct Known {
    profiles: [Option<Box<Profile>>; 2],
    bits: Box<[u64]>,
}

struct Comparer<'s> {
    sides: [Side<'s>; 2],
    consent: &'s Consent,
    visitors: Remembered<Known>,
    /// For each segment of each side its place among the names.
    segments: [Vec<usize>; 2],
    is_in: Vec<bool>,
    counts: Counts,
}

impl<'s> Comparer<'s> {
    fn new(
        subjects: [&'s Subject; 2],
        names: &Names,
        consent: &'s Consent,
        headers: &[String],
        room: usize,
    ) -> Self {
        let place =
            |name: &String| names.segments.iter().position(|known| known == name).unwrap_or(usize::MAX);
        let segments =
            subjects.map(|subject| subject.notes.segments.iter().map(|note| place(&note.id)).collect());
        Self {
            sides: subjects.map(|subject| Side::new(subject, names, headers)),
            consent,
            visitors: Remembered::new(room),
            segments,
            is_in: vec![false; names.segments.len()],
            counts: Counts::new(names),
        }
    }
}

impl Evaluate for Comparer<'_> {
    fn take(&mut self, entry: &Entry<'_>) {
        let mut nobody = Known::default();
        let known = if entry.key == 0 { &mut nobody } else { self.visitors.get(entry.key) };
        for (side, profile) in self.sides.iter_mut().zip(&mut known.profiles) {
            side.decide(entry, self.consent, profile);
        }
        let [a, b] = &self.sides;
        let Some(stage) = b.replayed.stage.or(a.replayed.stage) else { return };
        let counts =
            |side: &Side<'_>| side.replayed.counts && side.replayed.reason != Some(DefaultReason::Bot);
        if !counts(a) && !counts(b) {
            return;
        }
        if known.bits.is_empty() {
            let bits = 2 * (1 + STAGES + self.counts.segments.len()) + self.counts.slots.len();
            known.bits = vec![0; bits.div_ceil(64)].into_boxed_slice();
        }
        let mut changed = false;
        let slots_from = 2 * (1 + STAGES + self.counts.segments.len());
        for (slot, part) in self.counts.slots.iter_mut().enumerate() {
            let (before, after) = (a.slots.get(slot), b.slots.get(slot));
            let (Some(before), Some(after)) = (before, after) else { continue };
            if before.fingerprint == after.fingerprint {
                continue;
            }
            changed = true;
            part.all.affected_views += 1;
            part.all.affected_visitors += first(&mut known.bits, slots_from + slot);
            if let Some(views) = part.stages.get_mut(stage as usize) {
                *views += 1;
            }
            *self.counts.instead.entry((slot, before.rule, after.rule)).or_default() += 1;
        }
        self.is_in.fill(false);
        for (side, segments) in self.sides.iter().zip(&self.segments) {
            for (truth, &place) in side.replayed.segments.iter().zip(segments) {
                if *truth == Truth::True
                    && let Some(is_in) = self.is_in.get_mut(place)
                {
                    *is_in = true;
                }
            }
        }
        let mut count = |part: &mut Part, number: usize| {
            part.all.views += 1;
            part.all.visitors += first(&mut known.bits, 2 * number);
            if changed {
                part.all.affected_views += 1;
                part.all.affected_visitors += first(&mut known.bits, 2 * number + 1);
                if let Some(views) = part.stages.get_mut(stage as usize) {
                    *views += 1;
                }
            }
        };
        count(&mut self.counts.all, 0);
        if let Some(part) = self.counts.stages.get_mut(stage as usize) {
            count(part, 1 + stage as usize);
        }
        for (number, (part, is_in)) in self.counts.segments.iter_mut().zip(&self.is_in).enumerate() {
            if *is_in {
                count(part, 1 + STAGES + number);
            }
        }
    }
}

/// 1 for the first time, then 0.
fn first(bits: &mut [u64], bit: usize) -> u64 {
    let Some(word) = bits.get_mut(bit / 64) else { return 0 };
    let mask = 1 << (bit % 64);
    let is_first = *word & mask == 0;
    *word |= mask;
    u64::from(is_first)
}

/// What a slot gets.
#[derive(Clone, Copy, Default)]
struct Filled {
    /// Of everything that is changed in it; 0 for nothing.
    fingerprint: u64,
    rule: Option<u32>,
}

/// One of the bundles.
struct Side<'s> {
    bundle: &'s Bundle,
    replay: Replay<'s>,
    replayed: Replayed,
    layout: Layout,
    /// For each slot its place among the names.
    places: Vec<usize>,
    /// For each target its selector's fingerprint.
    targets: Vec<u64>,
    /// For each market the fingerprint of its prices.
    markets: Vec<u64>,
    /// What the last request got, in the order of the names.
    slots: Vec<Filled>,
}

impl<'s> Side<'s> {
    fn new(subject: &'s Subject, names: &Names, headers: &[String]) -> Self {
        let bundle = subject.engine.bundle();
        let place = |name: &String| names.slots.iter().position(|known| known == name).unwrap_or(usize::MAX);
        let market = |market: &footlight_core::bundle::Market| {
            let prices = serde_json::to_vec(&(&market.pricing, &market.format)).unwrap_or_default();
            fingerprint(&[&prices])
        };
        Self {
            bundle,
            replay: Replay::new(&subject.engine),
            replayed: Replayed::default(),
            layout: Layout::new(bundle, headers),
            places: subject.notes.slots.iter().map(place).collect(),
            targets: subject
                .notes
                .targets
                .iter()
                .map(|selector| fingerprint(&[selector.as_bytes()]))
                .collect(),
            markets: bundle.site.markets.iter().map(market).collect(),
            slots: vec![Filled::default(); names.slots.len()],
        }
    }

    fn decide(&mut self, entry: &Entry<'_>, consent: &Consent, profile: &mut Option<Box<Profile>>) {
        let request = entry.request(&self.layout);
        let granted = consent.granted(self.bundle, &request, &entry.id);
        let arrival = Arrival { granted, profile: profile.as_deref() };
        self.replay.run(&request, arrival, &mut self.replayed);
        if let Some(new) = self.replayed.profile.take() {
            *profile = Some(Box::new(new));
        }
        self.slots.fill(Filled::default());
        for edit in &self.replayed.edits {
            let Some(target) = self.bundle.targets.get(usize::from(edit.target)) else { continue };
            let place = self.places.get(usize::from(target.slot)).copied().unwrap_or(usize::MAX);
            let selector = self.targets.get(usize::from(edit.target)).copied().unwrap_or(0);
            let Some(filled) = self.slots.get_mut(place) else { continue };
            let mut hasher = SipHasher13::new();
            (filled.fingerprint, selector).hash(&mut hasher);
            match &edit.change {
                Change::Insert { place, html } => (1, place.name(), html).hash(&mut hasher),
                Change::SetAttribute { name, value } => {
                    (2, self.bundle.texts.get(*name), value).hash(&mut hasher);
                }
                Change::RemoveAttribute { name } => (3, self.bundle.texts.get(*name)).hash(&mut hasher),
                Change::Remove => 4.hash(&mut hasher),
                Change::Price => {
                    let market = self.replayed.market.map(|market| self.markets.get(usize::from(market)));
                    (5, market).hash(&mut hasher);
                }
            }
            filled.fingerprint = hasher.finish().max(1);
        }
        for winner in &self.replayed.winners {
            let slot = self.bundle.rules.get(winner.rule as usize).map(|rule| usize::from(rule.slot));
            let place = slot.and_then(|slot| self.places.get(slot).copied());
            if let Some(filled) = place.and_then(|place| self.slots.get_mut(place)) {
                filled.rule = Some(winner.rule);
            }
        }
    }
}

fn fingerprint(parts: &[&[u8]]) -> u64 {
    let mut hasher = SipHasher13::new();
    parts.iter().for_each(|part| hasher.write(part));
    hasher.finish()
}
