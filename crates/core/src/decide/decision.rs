//! What a decision says.

use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

use super::CachePolicy;
use crate::bundle::{Bundle, Place, Rule, Variant};
use crate::profile::Profile;
use crate::stage::Stage;
use crate::texts::TextId;

/// The outcome for one request.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The journey stage, if the request is in one.
    pub stage: Option<Stage>,
    /// Why nothing changes, when nothing does.
    pub reason: Option<DefaultReason>,
    /// The rules that won, in the total order.
    pub winners: Vec<Winner>,
    /// Changes to the page, in the order in which they are applied.
    pub edits: Vec<SlotEdit>,
    /// Values of `Link` headers for images that the changed page needs early.
    pub preloads: Vec<TextId>,
    /// The visitor's market, an index into [`crate::bundle::Site::markets`].
    pub market: Option<u16>,
    /// What the visitor's profile becomes, when there is reason to write it, see [`crate::profile::encode`].
    pub profile: Option<Profile>,
    /// Whether the winners count as seen: not for bots, prefetches and previews.
    pub counts: bool,
    /// How the response may be cached.
    pub cache: CachePolicy,
}

/// A rule that won its slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Winner {
    /// An index into [`crate::bundle::Bundle::rules`].
    pub rule: u32,
    /// An index into its variants.
    pub variant: u8,
}

impl Winner {
    /// The rule and the variant.
    #[must_use]
    pub fn of(self, bundle: &Bundle) -> Option<(&Rule, &Variant)> {
        let rule = bundle.rules.get(self.rule as usize)?;
        Some((rule, rule.variants.get(usize::from(self.variant))?))
    }
}

/// Why a page stays as the origin made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DefaultReason {
    /// No route of the journey names the URL.
    NoStage,
    /// Bots see the default page.
    Bot,
    /// The visitor is held out: no personalization at all.
    Holdout,
    /// No rule applied.
    NoRule,
}

impl DefaultReason {
    /// A short name for headers and events.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoStage => "no-stage",
            Self::Bot => "bot",
            Self::Holdout => "holdout",
            Self::NoRule => "no-rule",
        }
    }
}

/// One change to the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlotEdit {
    /// Where, an index into [`crate::bundle::Bundle::targets`].
    pub target: u16,
    /// What changes.
    pub change: Change,
}

/// What changes at a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// HTML goes in.
    Insert {
        /// Where, relative to the target.
        place: Place,
        /// Escaped, in UTF-8.
        html: String,
    },
    /// An attribute gets a value.
    SetAttribute {
        /// Lower case.
        name: TextId,
        /// Plain text.
        value: String,
    },
    /// An attribute goes.
    RemoveAttribute {
        /// Lower case.
        name: TextId,
    },
    /// The element goes.
    Remove,
    /// The amount that the element carries is shown in the visitor's market, see [`super::price`].
    Price,
}
