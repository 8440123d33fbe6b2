//! Shipping zones, methods, thresholds and delivery promises.
