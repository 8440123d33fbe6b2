//! Experiments: who sees which variant. Deterministic, by a published hash, so that assignments can be recomputed
//! anywhere and a shop that comes from GrowthBook keeps its own.

mod allocation;
mod bucket;
mod model;

pub use allocation::{AllocationError, allocate, moved_share};
pub use bucket::{HashVersion, bucket, bucket_ranges, choose, equal_weights, in_namespace, in_range};
pub use model::{Allocation, Experiment, Holdout, Namespace, Range};
