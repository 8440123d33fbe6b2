//! What the last pages were made of: a page is explained by the decision that it came from, not by one made later.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use footlight_core::report::Report;
use serde::Serialize;

/// More tabs than this nobody has open.
const MOST: usize = 200;

/// One page.
#[derive(Serialize)]
pub(in crate::serve) struct Explained {
    /// The address as rules see it.
    pub(in crate::serve) url: String,
    /// When it was decided, RFC 3339.
    pub(in crate::serve) at: String,
    /// As in `Footlight-Status`.
    pub(in crate::serve) status: String,
    /// How caches would be instructed at the edge.
    pub(in crate::serve) cache_control: String,
    /// The visitor that was pretended, described as in `country:CH,device:phone`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::serve) other: Option<String>,
    /// None when there is no bundle.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::serve) report: Option<Report>,
}

/// The last pages by their numbers.
#[derive(Default)]
pub(in crate::serve) struct Explanations {
    next: AtomicU64,
    kept: Mutex<VecDeque<(u64, String)>>,
}

impl Explanations {
    /// A number for a page.
    pub(in crate::serve) fn number(&self) -> u64 {
        self.next.fetch_add(1, Ordering::Relaxed)
    }

    /// Keeps what a page was made of.
    pub(in crate::serve) fn keep(&self, number: u64, explained: &Explained) {
        let text = serde_json::to_string(explained).unwrap_or_default();
        let Ok(mut kept) = self.kept.lock() else { return };
        if kept.len() >= MOST {
            kept.pop_front();
        }
        kept.push_back((number, text));
    }

    /// What a page was made of, as JSON.
    pub(in crate::serve) fn find(&self, number: u64) -> Option<String> {
        let kept = self.kept.lock().ok()?;
        kept.iter().find(|(known, _)| *known == number).map(|(_, text)| text.clone())
    }
}
