//! What rules demand of signals: what must hold for all of a rule's conditions to hold.

use alloc::vec::Vec;

use crate::bundle::{Bundle, Rule};
use crate::condition::{Comparison, Literal, Node, NodeId, Set};
use crate::signal::Signal;
use crate::texts::{TextId, Texts};
use crate::value::Value;

/// A value that a signal must have. Numbers are left out: an int equals a double of the same value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Demand {
    Bool(bool),
    Text(TextId),
}

impl Demand {
    pub(super) fn value(self, texts: &Texts) -> Value<'_> {
        match self {
            Self::Bool(value) => Value::Bool(value),
            Self::Text(id) => Value::Text(texts.get(id)),
        }
    }
}

/// A signal that some rule demands.
pub(super) struct Demanded {
    pub(super) signal: Signal,
    /// How many rules demand it.
    pub(super) rules: u32,
    /// The last of them.
    last: u32,
}

/// One rule demands one value; of several that it takes, each.
pub(super) struct Claim {
    /// An index into [`Demands::signals`].
    pub(super) signal: usize,
    pub(super) demand: Demand,
    /// The rule's position in the stage.
    pub(super) position: u32,
}

/// The demands of a stage's rules.
pub(super) struct Demands<'a> {
    bundle: &'a Bundle,
    pub(super) signals: Vec<Demanded>,
    pub(super) claims: Vec<Claim>,
}

impl<'a> Demands<'a> {
    pub(super) fn new(bundle: &'a Bundle) -> Self {
        Self { bundle, signals: Vec::new(), claims: Vec::new() }
    }

    pub(super) fn add(&mut self, position: u32, rule: &Rule) {
        for &segment in &rule.segments {
            if let Some(segment) = self.bundle.segments.get(usize::from(segment)) {
                self.condition(position, segment.condition);
            }
        }
        if let Some(condition) = rule.condition {
            self.condition(position, condition);
        }
    }

    fn condition(&mut self, position: u32, id: NodeId) {
        match self.node(id) {
            Some(Node::And(all)) => all.iter().for_each(|&operand| self.condition(position, operand)),
            Some(Node::Signal(_)) => self.claim(position, id, Demand::Bool(true)),
            Some(Node::Not(a)) => self.claim(position, *a, Demand::Bool(false)),
            Some(&Node::Compare { operator: Comparison::Equal, left, right }) => {
                for (signal, literal) in [(left, right), (right, left)] {
                    match self.node(literal) {
                        Some(Node::Literal(Literal::Bool(value))) => {
                            self.claim(position, signal, Demand::Bool(*value));
                        }
                        Some(Node::Literal(Literal::Text(id))) => {
                            self.claim(position, signal, Demand::Text(*id));
                        }
                        _ => {}
                    }
                }
            }
            Some(Node::OneOf { value, set: Set::Texts(texts) }) if !texts.is_empty() => {
                if let Some(signal) = self.open(position, *value) {
                    for &id in texts {
                        self.claims.push(Claim { signal, demand: Demand::Text(id), position });
                    }
                }
            }
            _ => {}
        }
    }

    /// Notes the only value that a rule takes of the signal at a node.
    fn claim(&mut self, position: u32, id: NodeId, demand: Demand) {
        if let Some(signal) = self.open(position, id) {
            self.claims.push(Claim { signal, demand, position });
        }
    }

    /// Counts that a rule demands the signal at a node, if one is there and the rule does not do so already: a second
    /// demand on the same signal would only narrow further, and one is enough for a filter.
    fn open(&mut self, position: u32, id: NodeId) -> Option<usize> {
        let &Node::Signal(signal) = self.node(id)? else { return None };
        let known = self.signals.iter().position(|demanded| demanded.signal == signal);
        let index = known.unwrap_or(self.signals.len());
        if known.is_none() {
            self.signals.push(Demanded { signal, rules: 0, last: u32::MAX });
        }
        let demanded = self.signals.get_mut(index).filter(|demanded| demanded.last != position)?;
        demanded.last = position;
        demanded.rules += 1;
        Some(index)
    }

    fn node(&self, id: NodeId) -> Option<&'a Node> {
        self.bundle.nodes.get(id.0 as usize)
    }
}
