//! Exact amounts in minor units, their conversion, rounding and formatting.
