//! One row a rule.

use std::collections::BTreeMap;

use footlight_compiler::governance;
use footlight_core::time::{Date, Instant};
use serde::Serialize;

use crate::subject::Subject;

/// Days before its review date on which a rule counts as due.
const DUE_DAYS: i64 = 30;

const DAY_MS: i64 = 86_400_000;

/// What of a rule needs somebody; first what needs it most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum State {
    /// Its review is overdue past the grace period: it does nothing any more.
    Stopped,
    /// Its review is overdue.
    Overdue,
    /// Its time is over.
    Ended,
    /// Its review is due soon.
    Due,
    /// Nothing.
    Fine,
}

impl State {
    /// For people.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Stopped => "stopped",
            Self::Overdue => "overdue",
            Self::Ended => "ended",
            Self::Due => "due soon",
            Self::Fine => "in time",
        }
    }
}

/// One rule.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Record {
    pub(crate) rule: String,
    pub(crate) state: State,
    pub(crate) owner: String,
    pub(crate) review: Option<String>,
    /// Until the review; negative past it.
    pub(crate) review_in_days: Option<i64>,
    pub(crate) stages: Vec<&'static str>,
    pub(crate) slot: String,
    pub(crate) hypothesis: String,
    pub(crate) kpi: String,
    pub(crate) guardrail: String,
    pub(crate) guardrail_is_measured: bool,
    pub(crate) has_experiment: bool,
    /// Since it was first committed.
    pub(crate) age_days: Option<i64>,
    /// From there until it was live for the first time.
    pub(crate) days_to_live: Option<i64>,
    /// The share of visitors who see it.
    pub(crate) traffic_share: Option<f64>,
    pub(crate) views: Option<u64>,
}

/// How many see a rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Share {
    pub(crate) visitors: f64,
    pub(crate) views: u64,
}

/// What is known of rules besides their files.
#[derive(Debug, Default)]
pub(crate) struct Evidence {
    pub(crate) shares: BTreeMap<String, Share>,
    /// Seconds since 1970.
    pub(crate) first_written: BTreeMap<String, i64>,
    /// Milliseconds since 1970.
    pub(crate) first_live: BTreeMap<String, i64>,
}

/// The records of all rules; who needs somebody first stands first.
pub(crate) fn records(subject: &Subject, evidence: &Evidence, now_ms: i64) -> Vec<Record> {
    let governed = subject.sources.as_ref().map(governance::read).unwrap_or_default();
    let today = Date::from_unix_days(Instant::from_unix_ms(now_ms).unix_seconds().div_euclid(86_400));
    let mut records: Vec<Record> = governed
        .into_iter()
        .map(|governed| {
            let number = subject.notes.rules.iter().position(|name| *name == governed.rule);
            let schedule =
                number.and_then(|number| subject.engine.bundle().rules.get(number)).map(|rule| rule.schedule);
            let review = governed.review.as_deref().and_then(Date::parse);
            let review_in_days = review.map(|review| i64::from(review.unix_days() - today.unix_days()));
            let state = match review_in_days {
                _ if schedule.is_some_and(|schedule| now_ms >= schedule.expires_ms) => State::Stopped,
                Some(i64::MIN..0) => State::Overdue,
                _ if schedule.and_then(|schedule| schedule.until_ms).is_some_and(|until| now_ms >= until) => {
                    State::Ended
                }
                Some(0..=DUE_DAYS) => State::Due,
                _ => State::Fine,
            };
            let written_ms = evidence.first_written.get(&governed.rule).map(|seconds| seconds * 1_000);
            let live_ms = evidence.first_live.get(&governed.rule);
            let share = evidence.shares.get(&governed.rule);
            Record {
                state,
                review_in_days,
                stages: governed.stages.iter().map(|stage| stage.name()).collect(),
                guardrail_is_measured: governed.has_measured_guardrail(),
                age_days: written_ms.map(|written| (now_ms - written).max(0) / DAY_MS),
                days_to_live: written_ms.zip(live_ms).map(|(written, live)| (live - written).max(0) / DAY_MS),
                traffic_share: share.map(|share| share.visitors),
                views: share.map(|share| share.views),
                rule: governed.rule,
                owner: governed.owner,
                review: governed.review,
                slot: governed.slot,
                hypothesis: governed.hypothesis,
                kpi: governed.kpi,
                guardrail: governed.guardrail,
                has_experiment: governed.has_experiment,
            }
        })
        .collect();
    records.sort_by(|a, b| (a.state, &a.review, &a.rule).cmp(&(b.state, &b.review, &b.rule)));
    records
}
