//! Language negotiation.
