//! Signals of where the visit came from.

use super::Signals;
use super::catalogue::{Cardinality, Entry, Plain, Source};
use crate::consent::Purpose;
use crate::traffic::ClickId;
use crate::url::Url;
use crate::value::{Type, Unknown, Value};

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        signal: Plain::TrafficSource,
        name: "traffic.source",
        kind: Type::Text,
        source: Source::Request,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Url,
        meaning: "The campaign source, utm_source.",
        values: &[],
    },
    Entry {
        signal: Plain::TrafficMedium,
        name: "traffic.medium",
        kind: Type::Text,
        source: Source::Request,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Url,
        meaning: "The campaign medium, utm_medium.",
        values: &[],
    },
    Entry {
        signal: Plain::TrafficCampaign,
        name: "traffic.campaign",
        kind: Type::Text,
        source: Source::Request,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Url,
        meaning: "The campaign name, utm_campaign.",
        values: &[],
    },
    Entry {
        signal: Plain::TrafficTerm,
        name: "traffic.term",
        kind: Type::Text,
        source: Source::Request,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Url,
        meaning: "The campaign term, utm_term.",
        values: &[],
    },
    Entry {
        signal: Plain::TrafficContent,
        name: "traffic.content",
        kind: Type::Text,
        source: Source::Request,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Url,
        meaning: "The campaign content, utm_content.",
        values: &[],
    },
    Entry {
        signal: Plain::TrafficReferrer,
        name: "traffic.referrer",
        kind: Type::Text,
        source: Source::Request,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Few(7),
        meaning: "The class of what led here.",
        values: &["search", "social", "email", "ads", "internal", "direct", "other"],
    },
    Entry {
        signal: Plain::TrafficReferrerHost,
        name: "traffic.referrer_host",
        kind: Type::Text,
        source: Source::Request,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Many,
        meaning: "The host name of the referring page.",
        values: &[],
    },
    Entry {
        signal: Plain::TrafficClickId,
        name: "traffic.click_id",
        kind: Type::Text,
        source: Source::Request,
        purpose: Purpose::Marketing,
        cardinality: Cardinality::Many,
        meaning: "Which advertising click id the URL carries, such as gclid; never its value.",
        values: &[],
    },
];

pub(super) fn read<'a>(signals: &'a Signals<'a>, signal: Plain) -> Value<'a> {
    match signal {
        Plain::TrafficReferrer => {
            signals.referrer().map_or(Value::Unknown(Unknown::Absent), |class| Value::Text(class.name()))
        }
        Plain::TrafficReferrerHost => {
            Value::text_or_absent(Url::parse(signals.request.referrer).map(|url| url.host))
        }
        Plain::TrafficClickId => Value::text_or_absent(signals.click_id().map(ClickId::name)),
        _ => {
            let utm = signals.utm();
            Value::text_or_absent(match signal {
                Plain::TrafficSource => utm.source.as_deref(),
                Plain::TrafficMedium => utm.medium.as_deref(),
                Plain::TrafficCampaign => utm.campaign.as_deref(),
                Plain::TrafficTerm => utm.term.as_deref(),
                _ => utm.content.as_deref(),
            })
        }
    }
}
