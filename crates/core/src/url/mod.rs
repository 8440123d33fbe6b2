//! URLs and stage routes.
