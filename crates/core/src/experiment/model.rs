//! An experiment as a bundle states it.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::bucket::{self, HashVersion};
use crate::stage::Stages;
use crate::texts::{TextId, Texts};
use crate::wire;

/// Buckets from the first up to and without the second; buckets are in `0.0..1.0`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Range(pub f64, pub f64);

/// A range of buckets and the variant that visitors in it see.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Allocation {
    /// The buckets.
    pub range: Range,
    /// An index into the rule's variants.
    pub variant: u8,
}

/// A share of visitors that several experiments divide among themselves: who is in one is in none of the others.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Namespace {
    /// Its name.
    pub id: TextId,
    /// The experiment's part of it.
    pub range: Range,
}

/// How a rule's content is split over its variants.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Experiment {
    /// The salt: another one assigns every visitor anew.
    pub seed: TextId,
    /// Which hash.
    pub hash_version: HashVersion,
    /// Who sees what; buckets in no range are outside the experiment.
    pub allocations: Vec<Allocation>,
    /// The group of experiments that it shares visitors with, if any.
    pub namespace: Option<Namespace>,
    /// Names the experiment in profiles when visitors keep the variant that they saw first, whatever becomes of the
    /// weights.
    pub sticky_key: Option<u32>,
}

/// A share of visitors who get no personalization at all.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Holdout {
    /// The salt.
    pub seed: TextId,
    /// Share of visitors, `0.0..=1.0`.
    pub share: f64,
    /// Where.
    pub stages: Stages,
}

impl Experiment {
    /// The variant of the visitor whose id is `visitor`, or none when the visitor is outside the experiment.
    #[must_use]
    pub fn assign(&self, texts: &Texts, visitor: &str) -> Option<u8> {
        if let Some(Namespace { id, range }) = self.namespace
            && !bucket::in_namespace(visitor, texts.get(id), range)
        {
            return None;
        }
        let bucket = bucket::bucket(texts.get(self.seed), visitor, self.hash_version);
        self.allocations.iter().find(|part| bucket::in_range(bucket, part.range)).map(|part| part.variant)
    }
}

impl Holdout {
    /// Whether the visitor whose id is `visitor` is held out.
    #[must_use]
    pub fn holds(&self, texts: &Texts, visitor: &str) -> bool {
        bucket::bucket(texts.get(self.seed), visitor, HashVersion::V2) < self.share
    }
}

wire::structs! {
    Range { 0, 1 }
    Allocation { range, variant }
    Namespace { id, range }
    Experiment { seed, hash_version, allocations, namespace, sticky_key }
    Holdout { seed, share, stages }
}
