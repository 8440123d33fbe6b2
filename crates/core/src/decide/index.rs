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

use alloc::vec;
use alloc::vec::Vec;

use crate::bundle::{Bundle, Kind, Rule, StagePlan};
use crate::condition::{Comparison, Literal, Node, NodeId, Set};
use crate::hash::fnv1a;
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

    /// A text may stand in a bundle more than once, so texts are compared and not their numbers.
    fn is(self, value: &Value<'_>, texts: &Texts) -> bool {
        match (self, value) {
            (Self::Bool(a), Value::Bool(b)) => a == *b,
            (Self::Text(a), Value::Text(b)) => texts.get(a) == b,
            _ => false,
        }
    }

    fn value(self, texts: &Texts) -> Value<'_> {
        match self {
            Self::Bool(value) => Value::Bool(value),
            Self::Text(id) => Value::text(texts.get(id)),
        }
    }
}

/// Rules by a value that they demand: a hash table with one bucket for about each demand.
#[derive(Debug)]
struct Demanded {
    buckets: Vec<Vec<(Demand, Vec<u32>)>>,
}

impl Demanded {
    fn new(demands: &[(Demand, u32)], texts: &Texts) -> Self {
        let mut buckets: Vec<Vec<(Demand, Vec<u32>)>> = vec![Vec::new(); demands.len().next_power_of_two()];
        for &(demand, position) in demands {
            let value = demand.value(texts);
            let slot = bucket_of(&value, buckets.len());
            let Some(bucket) = buckets.get_mut(slot) else { continue };
            match bucket.iter_mut().find(|(known, _)| known.is(&value, texts)) {
                Some((_, positions)) => positions.push(position),
                None => bucket.push((demand, vec![position])),
            }
        }
        Self { buckets }
    }

    fn get(&self, value: &Value<'_>, texts: &Texts) -> &[u32] {
        let bucket = self.buckets.get(bucket_of(value, self.buckets.len())).map_or(&[][..], Vec::as_slice);
        bucket.iter().find(|(demand, _)| demand.is(value, texts)).map_or(&[], |(_, positions)| positions)
    }
}

/// The bucket of a value; `buckets` is a power of two.
fn bucket_of(value: &Value<'_>, buckets: usize) -> usize {
    let hash = match value {
        Value::Bool(value) => u32::from(*value),
        Value::Text(text) => fnv1a(text),
        _ => 0,
    };
    hash as usize & buckets.wrapping_sub(1)
}

/// One demanded signal of a stage.
#[derive(Debug)]
struct Dimension {
    signal: Signal,
    /// Rules that do not demand it.
    free: Bits,
    /// Rules that do, by the value.
    demanded: Demanded,
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
        let mut demands: Vec<Demands> = Vec::new();

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
                let known = demands.iter().position(|demands| demands.signal == signal);
                let index = known.unwrap_or(demands.len());
                if known.is_none() {
                    demands.push(Demands { signal, rules: Vec::new(), values: Vec::new() });
                }
                demands.get_mut(index).into_iter().for_each(|demands| demands.add(position as u32, &values));
            }
        }

        let mut dimensions = Vec::new();
        for _ in 0..MOST_DIMENSIONS {
            let Some((most, found)) =
                demands.iter().enumerate().max_by_key(|(_, demands)| demands.rules.len())
            else {
                break;
            };
            if found.rules.len() < LEAST_DEMANDS {
                break;
            }
            let Demands { signal, rules: demanding, values } = demands.swap_remove(most);
            let mut free = Bits(vec![u64::MAX; rules.div_ceil(64)]);
            for position in demanding {
                if let Some(word) = free.0.get_mut(position as usize / 64) {
                    *word &= !(1 << (position % 64));
                }
            }
            dimensions.push(Dimension { signal, free, demanded: Demanded::new(&values, &bundle.texts) });
        }
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
            let value = signals.read(dimension.signal);
            for &position in dimension.demanded.get(&value, &signals.bundle.texts) {
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

/// What rules demand of one signal.
struct Demands {
    signal: Signal,
    /// Rules that demand something, ascending.
    rules: Vec<u32>,
    /// Each value that each of them demands.
    values: Vec<(Demand, u32)>,
}

impl Demands {
    fn add(&mut self, position: u32, values: &[Demand]) {
        // A rule's second demand on the same signal would only narrow further; one is enough for a filter.
        if self.rules.last() == Some(&position) {
            return;
        }
        self.rules.push(position);
        self.values.extend(values.iter().map(|&value| (value, position)));
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
