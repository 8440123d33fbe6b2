//! Languages of a shop, from its addresses.

use std::collections::BTreeSet;

use footlight_compiler::cldr;

/// Countries whose code alone stands before the path, and the language that is most likely meant.
const COUNTRIES: &[(&str, &str)] =
    &[("at", "de"), ("ch", "de"), ("gb", "en"), ("ie", "en"), ("uk", "en"), ("us", "en"), ("be", "nl")];

/// Languages that are known to the compiler.
#[derive(Debug)]
pub(super) struct Languages(BTreeSet<&'static str>);

impl Languages {
    pub(super) fn known() -> Self {
        Self(cldr::locales().into_iter().filter(|name| name.len() == 2).collect())
    }

    /// The language that the first part of a path stands for: `de`, `de-at`, `fr_CH`, `uk`.
    pub(super) fn of_prefix(&self, part: &str) -> Option<&'static str> {
        let lower = part.to_ascii_lowercase().replace('_', "-");
        let (first, region) = lower.split_once('-').unwrap_or((lower.as_str(), ""));
        let is_region =
            region.is_empty() || region.len() == 2 && region.bytes().all(|b| b.is_ascii_alphabetic());
        if first.len() != 2 || !is_region {
            return None;
        }
        let country = COUNTRIES.iter().find(|(country, _)| region.is_empty() && *country == first);
        country.map(|(_, language)| *language).or_else(|| self.0.get(first).copied())
    }

    /// The language of a `hreflang` or of a host's first or last label.
    pub(super) fn of_tag(&self, tag: &str) -> Option<&'static str> {
        self.0.get(tag.to_ascii_lowercase().split(['-', '_']).next()?).copied()
    }

    /// The language that a host name suggests: `fr.shop.example`, `shop.de`.
    pub(super) fn of_host(&self, host: &str) -> Option<&'static str> {
        let mut labels = host.split('.');
        let (first, last) = (labels.next()?, labels.next_back()?);
        self.of_prefix(first).or_else(|| match last {
            "de" | "fr" | "es" | "it" | "nl" | "pl" | "pt" => self.0.get(last).copied(),
            "at" | "ch" => Some("de"),
            _ => None,
        })
    }
}
