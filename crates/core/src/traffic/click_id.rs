//! The click ids that networks add to a link.

use crate::url::Query;

/// The name of a click id. Its value names a person's click, so it is never kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ClickId {
    /// Google Ads.
    Gclid,
    /// Google Ads, from an app on iOS to the web.
    Gbraid,
    /// Google Ads, from the web to an app on iOS.
    Wbraid,
    /// Google Campaign Manager and Display & Video 360.
    Dclid,
    /// Microsoft Advertising.
    Msclkid,
    /// Facebook and Instagram: on every link out, paid or not.
    Fbclid,
    /// TikTok Ads.
    Ttclid,
    /// X Ads.
    Twclid,
    /// LinkedIn Ads.
    LiFatId,
    /// Pinterest Ads.
    Epik,
    /// Snapchat Ads.
    ScCid,
    /// Reddit Ads.
    RdtCid,
    /// Yandex Direct.
    Yclid,
}

const NAMES: &[(&str, ClickId)] = &[
    ("gclid", ClickId::Gclid),
    ("gbraid", ClickId::Gbraid),
    ("wbraid", ClickId::Wbraid),
    ("dclid", ClickId::Dclid),
    ("msclkid", ClickId::Msclkid),
    ("fbclid", ClickId::Fbclid),
    ("ttclid", ClickId::Ttclid),
    ("twclid", ClickId::Twclid),
    ("li_fat_id", ClickId::LiFatId),
    ("epik", ClickId::Epik),
    ("ScCid", ClickId::ScCid),
    ("rdt_cid", ClickId::RdtCid),
    ("yclid", ClickId::Yclid),
];

impl ClickId {
    /// The first click id of `query` that has a value.
    #[must_use]
    pub fn find(query: Query<'_>) -> Option<Self> {
        query.named().filter(|(_, value)| !value.is_empty()).find_map(|(name, _)| {
            NAMES.iter().find(|(known, _)| name.eq_ignore_ascii_case(known)).map(|(_, id)| *id)
        })
    }

    /// The name of the query parameter, and the word for it in rule sources and explanations.
    #[must_use]
    pub fn name(self) -> &'static str {
        NAMES.get(self as usize).map_or("", |(name, _)| name)
    }

    /// Whether somebody paid for the click.
    #[must_use]
    pub fn is_paid(self) -> bool {
        self != Self::Fbclid
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_click_id_with_a_value_is_found() {
        for (query, expected) in [
            ("", None),
            ("gclid=", None),
            ("gclid", None),
            ("id=1&gclid=Cj0K", Some(ClickId::Gclid)),
            ("gclid=&fbclid=IwAR", Some(ClickId::Fbclid)),
            ("msclkid=1&gclid=2", Some(ClickId::Msclkid)),
            ("sccid=1", Some(ClickId::ScCid)),
            ("li_fat_id=1", Some(ClickId::LiFatId)),
            ("xgclid=1", None),
        ] {
            assert_eq!(ClickId::find(Query::new(query)), expected, "{query}");
        }
    }

    #[test]
    fn names_are_in_the_order_of_the_ids() {
        for (name, id) in NAMES {
            assert_eq!(id.name(), *name);
        }
    }
}
