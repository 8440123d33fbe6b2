//! Replays the visitors of one thread.

use footlight_core::bundle::Bundle;
use footlight_core::consent::Purpose;
use footlight_core::decide::{Arrival, DefaultReason, Replay, Replayed};
use footlight_core::profile::Profile;
use footlight_core::stage::{Stage, Stages};
use footlight_core::value::{Truth, Unknown};

use super::counts::{Counts, STAGES, UnknownCount};
use crate::log::{Consent, Entry, Evaluate, Layout, Remembered, Site};
use crate::subject::Subject;

/// What the sites of some bundles say of requests; the first names the host.
pub(crate) fn site<'b>(bundles: impl IntoIterator<Item = &'b Bundle>) -> Site {
    let mut site = Site { host: String::new(), headers: Vec::new() };
    for bundle in bundles {
        if site.host.is_empty()
            && let Some(host) = bundle.site.hosts.first()
        {
            site.host = format!("https://{host}");
        }
        for header in &bundle.site.headers {
            if !site.headers.contains(header) {
                site.headers.push(header.clone());
            }
        }
    }
    site
}

/// What is remembered of a visitor.
#[derive(Default)]
struct Known {
    profile: Option<Box<Profile>>,
    last_ms: i64,
    /// What the visitor was counted for, see [`Bits`].
    bits: Box<[u64]>,
}

/// Replays one visitor's requests after the other.
pub(crate) struct Replayer<'s> {
    bundle: &'s Bundle,
    consent: &'s Consent,
    layout: Layout,
    replay: Replay<'s>,
    replayed: Replayed,
    visitors: Remembered<Known>,
    bits: Bits,
    counts: Counts,
}

impl<'s> Replayer<'s> {
    pub(crate) fn new(subject: &'s Subject, consent: &'s Consent, headers: &[String], room: usize) -> Self {
        let bundle = subject.engine.bundle();
        let replay = Replay::new(&subject.engine);
        let mut counts = Counts::new(bundle);
        for (stage, count) in Stage::ALL.into_iter().zip(&mut counts.stages) {
            count.unknown = vec![UnknownCount::default(); replay.signals(stage).len()];
        }
        Self {
            bundle,
            consent,
            layout: Layout::new(bundle, headers),
            replay,
            replayed: Replayed::default(),
            visitors: Remembered::new(room),
            bits: Bits::new(bundle),
            counts,
        }
    }

    pub(crate) fn into_counts(mut self) -> Counts {
        self.counts.forgotten = self.visitors.forgotten;
        self.counts
    }
}

impl Evaluate for Replayer<'_> {
    fn take(&mut self, entry: &Entry<'_>) {
        let Self { bundle, consent, layout, replay, replayed, visitors, bits, counts } = self;
        let request = entry.request(layout);
        let granted = consent.granted(bundle, &request, &entry.id);
        let mut nobody = Known::default();
        let known = if entry.key == 0 { &mut nobody } else { visitors.get(entry.key) };
        replay.run(&request, Arrival { granted, profile: known.profile.as_deref() }, replayed);
        let Some(stage) = replayed.stage else {
            counts.no_stage += 1;
            return;
        };
        match replayed.reason {
            Some(DefaultReason::Bot) => {
                counts.bots += 1;
                return;
            }
            _ if !replayed.counts => {
                counts.prefetches += 1;
                return;
            }
            _ => {}
        }
        match (replayed.profile.take(), &mut known.profile) {
            (Some(new), Some(profile)) => **profile = new,
            (Some(new), profile) => *profile = Some(Box::new(new)),
            (None, _) => {}
        }
        if known.bits.is_empty() {
            known.bits = vec![0; bits.words].into_boxed_slice();
            counts.visitors += 1;
        } else if entry.at_ms < known.last_ms {
            counts.out_of_order += 1;
        }
        known.last_ms = entry.at_ms;
        let mut seen = Seen(&mut known.bits);

        let place = stage as usize;
        let Some(count) = counts.stages.get_mut(place) else { return };
        count.views += 1;
        count.visitors += seen.first(Bits::at_stage(place));
        count.consented += u64::from(granted.contains(Purpose::Personalization));
        if replayed.reason == Some(DefaultReason::Holdout) {
            count.held_out += 1;
            count.held_out_visitors += seen.first(Bits::held_out(place));
        }
        if !replayed.winners.is_empty() {
            count.personalized += 1;
            count.personalized_visitors += seen.first(Bits::personalized(place));
        }
        for &(signal, reason) in &replayed.unknown {
            if let Some(unknown) = count.unknown.get_mut(signal as usize) {
                unknown.views += 1;
                unknown.no_consent += u64::from(matches!(reason, Unknown::NoConsent(_)));
            }
        }
        for (number, (truth, count)) in replayed.segments.iter().zip(&mut counts.segments).enumerate() {
            let Some(at_stage) = count.stages.get_mut(place) else { continue };
            match truth {
                Truth::True => {
                    at_stage.views += 1;
                    at_stage.visitors += seen.first(bits.segment_at(number, place));
                    count.visitors += seen.first(bits.segment(number));
                }
                Truth::Unknown => at_stage.unknown += 1,
                Truth::False => {}
            }
        }
        for fared in &replayed.fared {
            counts.fared(bundle, stage, *fared);
        }
        for winner in &replayed.winners {
            let Some(count) = counts.rules.get_mut(winner.rule as usize) else { continue };
            let number = winner.rule as usize;
            let first = seen.first(bits.rule(number));
            count.visitors += first;
            if let Some(at_stage) = count.stages.get_mut(place) {
                at_stage.visitors += seen.first(bits.rule_at(number, stage));
            }
            if let Some(variant) = count.variants.get_mut(usize::from(winner.variant)) {
                variant.views += 1;
                variant.visitors += first;
            }
        }
    }
}

/// What a visitor is counted for at most once, each a bit.
struct Bits {
    segments: usize,
    /// For each rule its bit, and then one for each of its stages.
    rules: Vec<(usize, Stages)>,
    words: usize,
}

impl Bits {
    fn new(bundle: &Bundle) -> Self {
        let mut bits = Self { segments: bundle.segments.len(), rules: Vec::new(), words: 0 };
        let mut next = bits.segment(bits.segments);
        for rule in &bundle.rules {
            bits.rules.push((next, rule.stages));
            next += 1 + rule.stages.iter().count();
        }
        bits.words = next.div_ceil(64);
        bits
    }

    const fn at_stage(stage: usize) -> usize {
        stage
    }

    const fn personalized(stage: usize) -> usize {
        STAGES + stage
    }

    const fn held_out(stage: usize) -> usize {
        2 * STAGES + stage
    }

    const fn segment(&self, segment: usize) -> usize {
        3 * STAGES + segment * (STAGES + 1)
    }

    const fn segment_at(&self, segment: usize, stage: usize) -> usize {
        self.segment(segment) + 1 + stage
    }

    fn rule(&self, rule: usize) -> usize {
        self.rules.get(rule).map_or(usize::MAX, |(bit, _)| *bit)
    }

    fn rule_at(&self, rule: usize, stage: Stage) -> usize {
        let Some((bit, stages)) = self.rules.get(rule) else { return usize::MAX };
        bit + 1 + stages.iter().take_while(|other| *other != stage).count()
    }
}

struct Seen<'k>(&'k mut [u64]);

impl Seen<'_> {
    /// 1 for the first time, then 0.
    fn first(&mut self, bit: usize) -> u64 {
        let Some(word) = self.0.get_mut(bit / 64) else { return 0 };
        let mask = 1 << (bit % 64);
        let is_first = *word & mask == 0;
        *word |= mask;
        u64::from(is_first)
    }
}
