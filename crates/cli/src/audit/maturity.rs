//! Questions of maturity, answered from data.

use serde::Serialize;

use super::record::{Record, State};

/// Words that a hypothesis has at least; with fewer it says what, and not why.
const LEAST_WORDS: usize = 5;

/// A question and its answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Answered {
    /// A stable name.
    pub(crate) question: &'static str,
    #[serde(skip)]
    pub(crate) words: &'static str,
    /// Of how many rules it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) rules: Option<usize>,
    /// Of how many it is asked.
    pub(crate) of: usize,
    /// Median, where days are asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) median_days: Option<i64>,
}

impl Answered {
    /// The answer for people.
    pub(crate) fn answer(&self) -> String {
        match (self.rules, self.median_days) {
            (Some(_), _) if self.of == 0 => "–".to_owned(),
            (Some(rules), _) => {
                format!("{} of {} ({:.0} %)", rules, self.of, rules as f64 / self.of as f64 * 100.0)
            }
            (None, Some(1)) => "1 day".to_owned(),
            (None, Some(days)) => format!("{days} days"),
            (None, None) => "not known".to_owned(),
        }
    }
}

/// All questions.
pub(crate) fn maturity(records: &[Record]) -> Vec<Answered> {
    let share = |question, words, holds: &dyn Fn(&Record) -> bool| Answered {
        question,
        words,
        rules: Some(records.iter().filter(|record| holds(record)).count()),
        of: records.len(),
        median_days: None,
    };
    let days = |question, words, of: &dyn Fn(&Record) -> Option<i64>| {
        let known: Vec<i64> = records.iter().filter_map(of).collect();
        Answered { question, words, rules: None, of: known.len(), median_days: median(known) }
    };
    vec![
        share("reviewed-in-time", "Rules whose review date is not past", &|record| {
            !matches!(record.state, State::Stopped | State::Overdue)
        }),
        share("hypothesis", "Rules that say in five words or more what is expected, and why", &|record| {
            record.hypothesis.split_whitespace().count() >= LEAST_WORDS
        }),
        share("measured-guardrail", "Rules whose guardrail names an outcome that is measured", &|record| {
            record.guardrail_is_measured
        }),
        share("experiment", "Rules that are experiments, with a control", &|record| record.has_experiment),
        days("age", "Median age of a rule, since it was first committed", &|record| record.age_days),
        days("days-to-live", "Median time from a rule's first commit to its first visitor", &|record| {
            record.days_to_live
        }),
    ]
}

fn median(mut days: Vec<i64>) -> Option<i64> {
    days.sort_unstable();
    days.get(days.len() / 2).copied()
}
