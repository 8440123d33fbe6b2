//! What holds whenever a rule applies.

use std::collections::{BTreeMap, BTreeSet};

use footlight_core::bundle::Bundle;
use footlight_core::condition::{Literal, Node, NodeId};
use footlight_core::signal::{Signal, catalogue};
use footlight_core::value::Type;

use super::atom::{Atoms, node};
use super::domain::Domain;

/// Conditions that all hold.
#[derive(Debug, Default)]
pub(super) struct Facts {
    conjuncts: BTreeSet<NodeId>,
    domains: BTreeMap<Signal, Domain>,
}

/// Conditions that exclude each other.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Contradiction(pub(super) Vec<NodeId>);

impl Contradiction {
    /// A condition that is `false` by itself has been reported where it is written.
    pub(super) fn is_news(&self) -> bool {
        self.0.len() > 1
    }
}

impl Facts {
    /// What follows when all of `conditions` hold.
    pub(super) fn of(
        atoms: &Atoms<'_>,
        conditions: impl IntoIterator<Item = NodeId>,
    ) -> Result<Self, Contradiction> {
        let bundle = atoms.bundle;
        let mut facts = Self::default();
        let mut by_signal: BTreeMap<Signal, Vec<NodeId>> = BTreeMap::new();
        let mut pending: Vec<NodeId> = conditions.into_iter().collect();
        pending.reverse();
        while let Some(id) = pending.pop() {
            match node(bundle, id) {
                Some(Node::And(all)) => {
                    pending.extend(all.iter().rev());
                    continue;
                }
                Some(Node::Literal(Literal::Bool(false))) => return Err(Contradiction(vec![id])),
                _ => {}
            }
            if !facts.conjuncts.insert(id) {
                continue;
            }
            if let Some(opposite) = facts.opposite(bundle, id) {
                return Err(Contradiction(vec![opposite, id]));
            }
            let Some((signal, atom)) = atoms.get(id) else { continue };
            let domain = facts.domains.entry(signal).or_insert_with(|| Domain::new(is_whole(bundle, signal)));
            domain.apply(&atom);
            let earlier = by_signal.entry(signal).or_default();
            earlier.push(id);
            if domain.is_empty() {
                return Err(Contradiction(fewest(atoms, signal, earlier)));
            }
        }
        Ok(facts)
    }

    /// The conjunct that is the negation of `id`.
    fn opposite(&self, bundle: &Bundle, id: NodeId) -> Option<NodeId> {
        match node(bundle, id)? {
            Node::Not(inner) => self.conjuncts.get(inner).copied(),
            _ => self
                .conjuncts
                .iter()
                .copied()
                .find(|other| matches!(node(bundle, *other), Some(Node::Not(inner)) if *inner == id)),
        }
    }

    /// Whether `id` holds whenever these facts do.
    pub(super) fn implies(&self, atoms: &Atoms<'_>, id: NodeId) -> bool {
        if self.conjuncts.contains(&id) {
            return true;
        }
        match node(atoms.bundle, id) {
            Some(Node::And(all)) => all.iter().all(|&operand| self.implies(atoms, operand)),
            Some(Node::Or(any)) => any.iter().any(|&operand| self.implies(atoms, operand)),
            Some(Node::Literal(Literal::Bool(value))) => *value,
            _ => atoms.get(id).is_some_and(|(signal, atom)| {
                self.domains.get(&signal).is_some_and(|domain| domain.implies(&atom))
            }),
        }
    }
}

/// Two conditions on a signal that exclude each other by themselves, else all of them.
fn fewest(atoms: &Atoms<'_>, signal: Signal, conditions: &[NodeId]) -> Vec<NodeId> {
    let Some((&last, earlier)) = conditions.split_last() else { return Vec::new() };
    let excludes = |other: &&NodeId| {
        let mut domain = Domain::new(is_whole(atoms.bundle, signal));
        for id in [**other, last] {
            if let Some((_, atom)) = atoms.get(id) {
                domain.apply(&atom);
            }
        }
        domain.is_empty()
    };
    match earlier.iter().find(excludes) {
        Some(other) => vec![*other, last],
        None => conditions.to_vec(),
    }
}

fn is_whole(bundle: &Bundle, signal: Signal) -> bool {
    let kind = match signal {
        Signal::Plain(plain) => catalogue::entry(plain).map(|entry| entry.kind),
        Signal::Custom(index) => bundle.site.custom.get(usize::from(index)).map(|custom| custom.kind),
        _ => None,
    };
    kind == Some(Type::Int)
}
