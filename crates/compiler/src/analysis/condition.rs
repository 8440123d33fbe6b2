//! Conditions on one signal: for which of its values they hold, and for which they do not.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use footlight_core::bundle::Bundle;
use footlight_core::condition::{Comparison, Node, NodeId};
use footlight_core::signal::{NamedFamily, Signal, catalogue};
use footlight_core::value::Type;

use super::values::Values;

/// A condition on one signal. For values in neither it is unknown.
#[derive(Debug)]
pub(super) struct Condition<'b> {
    pub(super) signal: Signal,
    pub(super) holds: Values<'b>,
    pub(super) fails: Values<'b>,
}

impl<'b> Condition<'b> {
    /// The values that let it hold, or that let it fail.
    pub(super) fn values(&self, wanted: bool) -> &Values<'b> {
        if wanted { &self.holds } else { &self.fails }
    }
}

/// The conditions of a bundle, each made once: a list of 100,000 values is not made for every pair of rules.
pub(super) struct Conditions<'b> {
    pub(super) bundle: &'b Bundle,
    known: RefCell<HashMap<NodeId, Option<Rc<Condition<'b>>>>>,
}

impl<'b> Conditions<'b> {
    pub(super) fn new(bundle: &'b Bundle) -> Self {
        Self { bundle, known: RefCell::default() }
    }

    pub(super) fn node(&self, id: NodeId) -> Option<&'b Node> {
        self.bundle.nodes.get(id.0 as usize)
    }

    /// The condition that a node is, if it is one on a single signal.
    pub(super) fn get(&self, id: NodeId) -> Option<Rc<Condition<'b>>> {
        if let Some(known) = self.known.borrow().get(&id) {
            return known.clone();
        }
        let made = self.make(id).map(Rc::new);
        self.known.borrow_mut().insert(id, made.clone());
        made
    }

    fn make(&self, id: NodeId) -> Option<Condition<'b>> {
        match self.node(id)? {
            Node::Signal(signal) if kind(self.bundle, *signal) == Type::Bool => {
                let truth = |value: i128| {
                    Values::range(super::values::Cut::Number(value), super::values::Cut::Number(value + 1))
                };
                Some(Condition { signal: *signal, holds: truth(1), fails: truth(0) })
            }
            Node::Known(inner) => {
                let signal = self.signal(*inner)?;
                let holds = Values::known(kind(self.bundle, signal));
                Some(Condition { signal, holds, fails: Values::UNKNOWN })
            }
            Node::OneOf { value, set } => {
                let signal = self.signal(*value)?;
                let kind = kind(self.bundle, signal);
                Some(split(signal, kind, Values::one_of(kind, set, &self.bundle.texts)?))
            }
            Node::Compare { operator, left, right } => {
                let (signal, operator, literal) = match (self.node(*left)?, self.node(*right)?) {
                    (Node::Signal(signal), Node::Literal(literal)) => (*signal, *operator, *literal),
                    (Node::Literal(literal), Node::Signal(signal)) => {
                        (*signal, mirrored(*operator), *literal)
                    }
                    _ => return None,
                };
                let kind = kind(self.bundle, signal);
                Some(split(signal, kind, Values::compared(kind, operator, literal, &self.bundle.texts)?))
            }
            Node::Not(inner) => {
                let inner = self.get(*inner)?;
                let (holds, fails) = (inner.fails.clone(), inner.holds.clone());
                Some(Condition { signal: inner.signal, holds, fails })
            }
            Node::And(all) => self.joined(all, Values::and, Values::or),
            Node::Or(any) => self.joined(any, Values::or, Values::and),
            _ => None,
        }
    }

    fn joined(
        &self,
        operands: &[NodeId],
        holds: fn(&Values<'b>, &Values<'b>) -> Values<'b>,
        fails: fn(&Values<'b>, &Values<'b>) -> Values<'b>,
    ) -> Option<Condition<'b>> {
        let (first, others) = operands.split_first()?;
        let first = self.get(*first)?;
        let mut all =
            Condition { signal: first.signal, holds: first.holds.clone(), fails: first.fails.clone() };
        for other in others {
            let other = self.get(*other).filter(|other| other.signal == all.signal)?;
            all.holds = holds(&all.holds, &other.holds);
            all.fails = fails(&all.fails, &other.fails);
        }
        Some(all)
    }

    fn signal(&self, id: NodeId) -> Option<Signal> {
        match self.node(id)? {
            Node::Signal(signal) => Some(*signal),
            _ => None,
        }
    }
}

/// What holds for some values fails for all others that are known.
fn split<'b>(signal: Signal, kind: Type, holds: Values<'b>) -> Condition<'b> {
    let fails = Values::known(kind).without(&holds);
    Condition { signal, holds, fails }
}

/// A signal's type.
pub(super) fn kind(bundle: &Bundle, signal: Signal) -> Type {
    let family = |prefix: &str| {
        let named = |family: &&NamedFamily| family.prefix == prefix;
        catalogue::NAMED.iter().find(named).map_or(Type::Text, |family| family.kind)
    };
    match signal {
        Signal::Plain(plain) => catalogue::entry(plain).map_or(Type::Text, |entry| entry.kind),
        Signal::Custom(index) => {
            bundle.site.custom.get(usize::from(index)).map_or(Type::Text, |custom| custom.kind)
        }
        Signal::Query(_) => family("url.query"),
        Signal::Route(_) => family("route"),
        Signal::Affinity(_) => family("visitor.affinity"),
        Signal::Answer(_) => family("answers"),
    }
}

fn mirrored(operator: Comparison) -> Comparison {
    match operator {
        Comparison::Less => Comparison::Greater,
        Comparison::LessOrEqual => Comparison::GreaterOrEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterOrEqual => Comparison::LessOrEqual,
        same => same,
    }
}
