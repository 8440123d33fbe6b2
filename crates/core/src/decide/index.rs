//! Which rules of a stage could apply, so that cost follows them and not the rules that exist.
//!
//! Each stage's rules are bits in their order. A rule whose conditions demand that a signal equals one of some values
//! cannot apply when the signal has another value or none; so per demanded signal the candidates are the rules that do
//! not demand it, and those that demand the value it has. The candidates of all signals are intersected word by word
//! (bitmap indexing of Boolean expressions, as in publish/subscribe matching: Whang et al., "Indexing Boolean
//! Expressions", VLDB 2009). What fails later (a segment, a taken slot, a spent kind) takes all its rules along.
//!
//! INVARIANT: a rule left out could not have won. The index is only ever a filter, so explanations go without it and
//! reach the same decision.

use alloc::collections::BTreeMap;
use alloc::vec;
use alloc::vec::Vec;
use core::cmp::{Ordering, Reverse};

use crate::bundle::{Bundle, Kind, Rule, StagePlan};
use crate::condition::{Comparison, Literal, Node, NodeId, Set};
use crate::signal::{Signal, Signals};
use crate::texts::{TextId, Texts};
use crate::value::Value;

/// Signals that fewer rules demand are not worth reading before a rule asks for them.
const LEAST_DEMANDS: usize = 8;

/// More signals than this are not looked at; those that most rules demand are.
const MOST_DIMENSIONS: usize = 12;

/// Bits, one a rule of the stage, in the rules' order.
#[derive(Clone, Debug, Default)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    fn none(length: usize) -> Self {
        Self(vec![0; length.div_ceil(64)])
    }

    fn set(&mut self, position: usize) {
        if let Some(word) = self.0.get_mut(position / 64) {
            *word |= 1 << (position % 64);
        }
    }
}

/// A value that a signal must have. Numbers are left out: an int equals a double of the same value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Demand {
    Bool(bool),
    Text(TextId),
}

impl Demand {
    fn of(literal: Literal) -> Option<Self> {
        match literal {
            Literal::Bool(value) => Some(Self::Bool(value)),
            Literal::Text(id) => Some(Self::Text(id)),
            _ => None,
        }
    }

    /// The order in which a dimension's demands stand: truth values, then texts by their bytes.
    fn compare(self, other: Self, texts: &Texts) -> Ordering {
        match (self, other) {
            (Self::Text(a), Self::Text(b)) => texts.get(a).cmp(texts.get(b)),
            _ => self.cmp(&other),
        }
    }

    /// Where a value stands in that order, relative to this demand.
    fn compare_to(self, value: &Value<'_>, texts: &Texts) -> Ordering {
        match (self, value) {
            (Self::Bool(a), Value::Bool(b)) => a.cmp(b),
            (Self::Bool(_), _) => Ordering::Less,
            (Self::Text(a), Value::Text(b)) => texts.get(a).cmp(b),
            (Self::Text(_), _) => Ordering::Greater,
        }
    }
}

/// One demanded signal of a stage.
#[derive(Debug)]
struct Dimension {
    signal: Signal,
    /// Rules that do not demand it.
    free: Bits,
    /// Rules by demanded value, in the order of [`Demand::compare`].
    demanded: Vec<(Demand, Vec<u32>)>,
}

/// The index of one stage.
#[derive(Debug)]
pub(super) struct StageIndex {
    rules: usize,
    dimensions: Vec<Dimension>,
    /// Rules of each segment, by the segment's number; empty where no rule of the stage is.
    segments: Vec<Bits>,
    slots: Vec<Bits>,
    kinds: Vec<Bits>,
}

impl StageIndex {
    pub(super) fn new(bundle: &Bundle, plan: &StagePlan) -> Self {
        let rules = plan.rules.len();
        let mut segments = vec![Bits::default(); bundle.segments.len()];
        let mut slots = vec![Bits::none(rules); bundle.slots.len()];
        let mut kinds = vec![Bits::none(rules); Kind::ALL.len()];
        let mut demands: BTreeMap<Signal, Demands> = BTreeMap::new();

        for (position, rule) in plan.rules.iter().enumerate() {
            let Some(rule) = bundle.rules.get(*rule as usize) else { continue };
            for &segment in &rule.segments {
                if let Some(bits) = segments.get_mut(usize::from(segment)) {
                    if bits.0.is_empty() {
                        *bits = Bits::none(rules);
                    }
                    bits.set(position);
                }
            }
            slots.get_mut(usize::from(rule.slot)).into_iter().for_each(|bits| bits.set(position));
            kinds.get_mut(rule.kind as usize).into_iter().for_each(|bits| bits.set(position));
            for (signal, values) in demands_of(bundle, rule) {
                demands.entry(signal).or_default().add(position as u32, values);
            }
        }

        let mut worthwhile: Vec<_> =
            demands.into_iter().filter(|(_, demands)| demands.rules.len() >= LEAST_DEMANDS).collect();
        worthwhile.sort_by_key(|(_, demands)| Reverse(demands.rules.len()));
        worthwhile.truncate(MOST_DIMENSIONS);
        let dimensions = worthwhile
            .into_iter()
            .map(|(signal, demands)| {
                let mut free = Bits(vec![u64::MAX; rules.div_ceil(64)]);
                for position in demands.rules {
                    if let Some(word) = free.0.get_mut(position as usize / 64) {
                        *word &= !(1 << (position % 64));
                    }
                }
                let mut demanded: Vec<_> = demands.by_value.into_iter().collect();
                demanded.sort_by(|(a, _), (b, _)| a.compare(*b, &bundle.texts));
                // A text may stand in a bundle more than once; a look-up must find all rules that demand it.
                demanded.dedup_by(|(later, rules), (earlier, all)| {
                    let same = earlier.compare(*later, &bundle.texts).is_eq();
                    if same {
                        all.append(rules);
                    }
                    same
                });
                Dimension { signal, free, demanded }
            })
            .collect();
        Self { rules, dimensions, segments, slots, kinds }
    }

    /// Makes `alive` the rules that could apply.
    pub(super) fn candidates<'a>(
        &self,
        signals: &'a Signals<'a>,
        alive: &mut Vec<u64>,
        extra: &mut Vec<u64>,
    ) {
        let words = self.rules.div_ceil(64);
        alive.clear();
        alive.resize(words, u64::MAX);
        if let Some(last) = alive.last_mut()
            && !self.rules.is_multiple_of(64)
        {
            *last = (1 << (self.rules % 64)) - 1;
        }
        for dimension in &self.dimensions {
            extra.clear();
            extra.resize(words, 0);
            for &position in dimension.lookup(&signals.bundle.texts, &signals.read(dimension.signal)) {
                if let Some(word) = extra.get_mut(position as usize / 64) {
                    *word |= 1 << (position % 64);
                }
            }
            for ((alive, free), extra) in alive.iter_mut().zip(&dimension.free.0).zip(&*extra) {
                *alive &= free | extra;
            }
        }
    }

    pub(super) fn drop_segment(&self, segment: u16, alive: &mut [u64]) {
        drop_bits(self.segments.get(usize::from(segment)), alive);
    }

    pub(super) fn drop_slot(&self, slot: u16, alive: &mut [u64]) {
        drop_bits(self.slots.get(usize::from(slot)), alive);
    }

    pub(super) fn drop_kind(&self, kind: Kind, alive: &mut [u64]) {
        drop_bits(self.kinds.get(kind as usize), alive);
    }
}

fn drop_bits(bits: Option<&Bits>, alive: &mut [u64]) {
    if let Some(bits) = bits {
        alive.iter_mut().zip(&bits.0).for_each(|(alive, bits)| *alive &= !bits);
    }
}

/// The first candidate at or after `position`.
pub(super) fn next(alive: &[u64], position: usize) -> Option<usize> {
    let first = position / 64;
    let mut mask = u64::MAX << (position % 64);
    for (index, word) in alive.iter().enumerate().skip(first) {
        let word = word & mask;
        mask = u64::MAX;
        if word != 0 {
            return Some(index * 64 + word.trailing_zeros() as usize);
        }
    }
    None
}

impl Dimension {
    fn lookup(&self, texts: &Texts, value: &Value<'_>) -> &[u32] {
        let found = self.demanded.binary_search_by(|(demand, _)| demand.compare_to(value, texts));
        found.ok().and_then(|index| self.demanded.get(index)).map_or(&[], |(_, positions)| positions)
    }
}

/// What rules demand of one signal.
#[derive(Default)]
struct Demands {
    /// Rules that demand something, ascending.
    rules: Vec<u32>,
    by_value: BTreeMap<Demand, Vec<u32>>,
}

impl Demands {
    fn add(&mut self, position: u32, values: Vec<Demand>) {
        // A rule's second demand on the same signal would only narrow further; one is enough for a filter.
        if self.rules.last() == Some(&position) {
            return;
        }
        self.rules.push(position);
        for value in values {
            self.by_value.entry(value).or_default().push(position);
        }
    }
}

/// The values that a rule's segments and condition demand of signals: what must hold for all of them to hold.
fn demands_of(bundle: &Bundle, rule: &Rule) -> Vec<(Signal, Vec<Demand>)> {
    let segments = rule.segments.iter().filter_map(|&segment| bundle.segments.get(usize::from(segment)));
    let mut roots: Vec<NodeId> = segments.map(|segment| segment.condition).chain(rule.condition).collect();
    let mut found = Vec::new();
    while let Some(root) = roots.pop() {
        match bundle.nodes.get(root.0 as usize) {
            Some(Node::And(all)) => roots.extend(all),
            Some(node) => found.extend(demand_of(bundle, node)),
            None => {}
        }
    }
    found
}

fn demand_of(bundle: &Bundle, node: &Node) -> Option<(Signal, Vec<Demand>)> {
    let at = |id: NodeId| bundle.nodes.get(id.0 as usize);
    let signal = |id: NodeId| match at(id)? {
        Node::Signal(signal) => Some(*signal),
        _ => None,
    };
    let literal = |id: NodeId| match at(id)? {
        Node::Literal(literal) => Demand::of(*literal),
        _ => None,
    };
    match node {
        Node::Signal(signal) => Some((*signal, vec![Demand::Bool(true)])),
        Node::Not(a) => Some((signal(*a)?, vec![Demand::Bool(false)])),
        Node::Compare { operator: Comparison::Equal, left, right } => match signal(*left) {
            Some(found) => Some((found, vec![literal(*right)?])),
            None => Some((signal(*right)?, vec![literal(*left)?])),
        },
        Node::OneOf { value, set: Set::Texts(texts) } => {
            Some((signal(*value)?, texts.iter().map(|&id| Demand::Text(id)).collect()))
        }
        _ => None,
    }
}
