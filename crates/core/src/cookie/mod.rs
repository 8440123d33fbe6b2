//! Cookies as browsers send them.
