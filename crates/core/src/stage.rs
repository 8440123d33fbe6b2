//! The eight stages of a shopper's journey.

use crate::wire;
use serde::{Deserialize, Serialize};

/// Where in the journey a request is. A request that no route names is in no stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// A landing page reached from outside: a campaign, an ad, a newsletter.
    PreEntry,
    /// The shop's home page.
    Homepage,
    /// A category or search result listing.
    Category,
    /// A product detail page.
    Product,
    /// The shopping cart.
    Cart,
    /// The checkout.
    Checkout,
    /// The page after an order was placed.
    ThankYou,
    /// Order tracking and everything else after the sale.
    PostPurchase,
}

impl Stage {
    /// All stages in the order of the journey.
    pub const ALL: [Self; 8] = [
        Self::PreEntry,
        Self::Homepage,
        Self::Category,
        Self::Product,
        Self::Cart,
        Self::Checkout,
        Self::ThankYou,
        Self::PostPurchase,
    ];

    /// The name used in rule files, bundles' listings and messages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PreEntry => "pre-entry",
            Self::Homepage => "homepage",
            Self::Category => "category",
            Self::Product => "product",
            Self::Cart => "cart",
            Self::Checkout => "checkout",
            Self::ThankYou => "thank-you",
            Self::PostPurchase => "post-purchase",
        }
    }

    /// The stage named `name`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.name() == name)
    }
}

/// A set of stages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stages(u8);

impl Stages {
    /// The set with `stage` added.
    #[must_use]
    pub const fn with(self, stage: Stage) -> Self {
        Self(self.0 | 1 << stage as u8)
    }

    /// Whether `stage` is in the set.
    #[must_use]
    pub const fn contains(self, stage: Stage) -> bool {
        self.0 & 1 << stage as u8 != 0
    }

    /// Whether no stage is in the set.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The stages of the set in the order of the journey.
    pub fn iter(self) -> impl Iterator<Item = Stage> {
        Stage::ALL.into_iter().filter(move |&stage| self.contains(stage))
    }
}

impl FromIterator<Stage> for Stages {
    fn from_iter<I: IntoIterator<Item = Stage>>(stages: I) -> Self {
        stages.into_iter().fold(Self::default(), Self::with)
    }
}

wire::structs! {
    Stages { 0 }
}

wire::enums! {
    Stage: 8 {
        0 => PreEntry {},
        1 => Homepage {},
        2 => Category {},
        3 => Product {},
        4 => Cart {},
        5 => Checkout {},
        6 => ThankYou {},
        7 => PostPurchase {},
    }
}
