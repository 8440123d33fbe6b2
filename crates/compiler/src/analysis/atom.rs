//! Atoms: one signal compared with constants.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use footlight_core::bundle::Bundle;
use footlight_core::condition::{Comparison, Literal, Node, NodeId, Set};
use footlight_core::signal::Signal;
use footlight_core::texts::TextId;

use super::number::Number;

/// What a condition asks of one signal.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Atom {
    /// It is true, or false.
    Is(bool),
    /// It is one of these texts.
    In(BTreeSet<TextId>),
    /// It is known, and none of these texts.
    NotIn(BTreeSet<TextId>),
    /// It compares so with a number; not `!=`.
    Compares(Comparison, Number),
    /// It is known, and not this number.
    NotNumber(Number),
    /// It is one of these numbers.
    Numbers(Vec<Number>),
    /// It is known, or it is not.
    Known(bool),
}

/// What a node was found to be.
type Found = Option<(Signal, Rc<Atom>)>;

/// The atoms of a bundle's nodes, each made once: a list of 100,000 values is not made for every pair of rules.
pub(super) struct Atoms<'b> {
    pub(super) bundle: &'b Bundle,
    known: RefCell<HashMap<NodeId, Found>>,
}

impl<'b> Atoms<'b> {
    pub(super) fn new(bundle: &'b Bundle) -> Self {
        Self { bundle, known: RefCell::default() }
    }

    /// The atom that a node is, if it is one.
    pub(super) fn get(&self, id: NodeId) -> Found {
        if let Some(known) = self.known.borrow().get(&id) {
            return known.clone();
        }
        let atom = Atom::of(self.bundle, id).map(|(signal, atom)| (signal, Rc::new(atom)));
        self.known.borrow_mut().insert(id, atom.clone());
        atom
    }
}

impl Atom {
    fn of(bundle: &Bundle, id: NodeId) -> Option<(Signal, Self)> {
        match node(bundle, id)? {
            Node::Not(inner) => {
                let (signal, atom) = Self::of(bundle, *inner)?;
                Some((signal, atom.negated()?))
            }
            Node::Signal(signal) => Some((*signal, Self::Is(true))),
            Node::Known(inner) => Some((signal_of(bundle, *inner)?, Self::Known(true))),
            Node::OneOf { value, set } => Some((signal_of(bundle, *value)?, Self::one_of(set)?)),
            Node::Compare { operator, left, right } => match (node(bundle, *left)?, node(bundle, *right)?) {
                (Node::Signal(signal), Node::Literal(literal)) => {
                    Some((*signal, Self::compared(*operator, *literal)?))
                }
                (Node::Literal(literal), Node::Signal(signal)) => {
                    Some((*signal, Self::compared(mirrored(*operator), *literal)?))
                }
                _ => None,
            },
            _ => None,
        }
    }

    fn one_of(set: &Set) -> Option<Self> {
        Some(match set {
            // INVARIANT: texts are interned, so that equal texts have equal numbers.
            Set::Texts(texts) => Self::In(texts.iter().copied().collect()),
            Set::Ints(numbers) => Self::Numbers(numbers.iter().copied().map(Number::Int).collect()),
            Set::Others(literals) => {
                Self::Numbers(literals.iter().map(|&literal| Number::of(literal)).collect::<Option<_>>()?)
            }
        })
    }

    fn compared(operator: Comparison, literal: Literal) -> Option<Self> {
        match (operator, literal) {
            (Comparison::Equal, Literal::Text(id)) => Some(Self::In(BTreeSet::from([id]))),
            (Comparison::NotEqual, Literal::Text(id)) => Some(Self::NotIn(BTreeSet::from([id]))),
            (Comparison::Equal, Literal::Bool(value)) => Some(Self::Is(value)),
            (Comparison::NotEqual, Literal::Bool(value)) => Some(Self::Is(!value)),
            (Comparison::NotEqual, literal) => Number::of(literal).map(Self::NotNumber),
            (operator, literal) => Number::of(literal).map(|number| Self::Compares(operator, number)),
        }
    }

    /// What holds when the atom is false, which it only is for a known value.
    fn negated(self) -> Option<Self> {
        Some(match self {
            Self::Is(value) => Self::Is(!value),
            Self::In(texts) => Self::NotIn(texts),
            Self::NotIn(texts) => Self::In(texts),
            Self::Compares(operator, number) => match operator {
                Comparison::Equal | Comparison::NotEqual => Self::NotNumber(number),
                Comparison::Less => Self::Compares(Comparison::GreaterOrEqual, number),
                Comparison::LessOrEqual => Self::Compares(Comparison::Greater, number),
                Comparison::Greater => Self::Compares(Comparison::LessOrEqual, number),
                Comparison::GreaterOrEqual => Self::Compares(Comparison::Less, number),
            },
            Self::NotNumber(number) => Self::Compares(Comparison::Equal, number),
            Self::Known(known) => Self::Known(!known),
            Self::Numbers(_) => return None,
        })
    }
}

pub(super) fn node(bundle: &Bundle, id: NodeId) -> Option<&Node> {
    bundle.nodes.get(id.0 as usize)
}

fn signal_of(bundle: &Bundle, id: NodeId) -> Option<Signal> {
    match node(bundle, id)? {
        Node::Signal(signal) => Some(*signal),
        _ => None,
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
