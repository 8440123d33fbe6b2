//! Another visitor, described as the worker's previews are: `country:CH,device:phone,returning:true`.

use std::fmt;

use footlight_core::bundle::Bundle;
use footlight_core::device::example_user_agent;
use footlight_core::fact::Fact;
use footlight_core::notes::Notes;
use footlight_core::time::Timestamp;

/// What a preview pretends.
#[derive(Clone, Debug, Default)]
pub(super) struct Pretence {
    /// Values of facts, by their numbers.
    pub(super) facts: Vec<(usize, String)>,
    /// Another time than now, in milliseconds since 1970.
    pub(super) now_ms: Option<i64>,
    /// Another visitor than the one who asks.
    pub(super) other: Option<Other>,
    /// A rule that wins its slot whatever its conditions say.
    pub(super) rule: Option<u32>,
    /// The variant that experiments show, by the number of its name.
    pub(super) variant: Option<u16>,
}

/// A visitor who is not there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Other {
    pub(super) consents: bool,
    pub(super) returning: bool,
}

/// No variant's name has this number.
const NO_VARIANT: u16 = u16::MAX;
const CLIENT_HINTS: [&str; 3] = ["sec-ch-ua", "sec-ch-ua-mobile", "sec-ch-ua-platform"];

/// A description that cannot be read.
#[derive(Debug)]
pub(super) enum BadPreview {
    Key(String),
    Value { key: String, value: String },
}

impl fmt::Display for BadPreview {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(key) => write!(f, "nothing to preview is called `{key}`"),
            Self::Value { key, value } => write!(f, "`{key}` cannot be `{value}`"),
        }
    }
}

impl Pretence {
    /// Reads a description; an empty one is a preview of what the one who asks gets. Other visitors have consented to
    /// everything, unless it says `consent:false`.
    pub(super) fn read(description: &str, bundle: &Bundle, notes: &Notes) -> Result<Self, BadPreview> {
        let mut pretence = Self::default();
        let mut other = Other { consents: true, returning: false };
        for part in description.split(',').filter(|part| !part.is_empty()) {
            let (key, value) = part.split_once(':').unwrap_or((part, ""));
            let bad = || BadPreview::Value { key: key.to_owned(), value: value.to_owned() };
            match key {
                "country" | "region" | "city" | "postal" | "zone" => {
                    let place = notes.places.iter().find(|(place, _)| place == key);
                    pretence.set(place.map(|(_, fact)| *fact as usize), value);
                }
                "language" => pretence.header(bundle, "accept-language", value),
                "device" => {
                    let agent = example_user_agent(value).ok_or_else(bad)?;
                    pretence.header(bundle, "user-agent", agent);
                    CLIENT_HINTS.iter().for_each(|name| pretence.header(bundle, name, ""));
                }
                "returning" => other.returning = value.parse().map_err(|_| bad())?,
                "consent" => other.consents = value.parse().map_err(|_| bad())?,
                "at" => {
                    pretence.now_ms = Some(Timestamp::parse(value).ok_or_else(bad)?.to_instant().unix_ms);
                }
                "rule" => {
                    let rule = notes.rules.iter().position(|name| name == value).ok_or_else(bad)?;
                    pretence.rule = u32::try_from(rule).ok();
                }
                "variant" => {
                    let variant = notes.variants.iter().position(|name| name == value);
                    pretence.variant =
                        Some(variant.and_then(|at| u16::try_from(at).ok()).unwrap_or(NO_VARIANT));
                }
                _ => return Err(BadPreview::Key(key.to_owned())),
            }
        }
        pretence.other = (!description.is_empty()).then_some(other);
        Ok(pretence)
    }

    fn header(&mut self, bundle: &Bundle, name: &str, value: &str) {
        let is_it = |fact: &Fact| fact.name(bundle).strip_prefix("header:") == Some(name);
        self.set(bundle.facts.iter().position(is_it), value);
    }

    /// What no decision depends on need not be pretended.
    fn set(&mut self, fact: Option<usize>, value: &str) {
        self.facts.extend(fact.map(|fact| (fact, value.replace('\n', " "))));
    }
}
