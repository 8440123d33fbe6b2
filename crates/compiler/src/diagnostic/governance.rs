//! What holds a rule in check: schedules, reviews, guardrails.

use super::{At, Diagnostic, codes};

codes! {
    BAD_DATE: Error "bad-date", "a date that the calendar does not have is a slip";
    EMPTY_SCHEDULE: Error "empty-schedule", "a rule that ends before it begins never applies";
    SCHEDULE_OVER: Warning "schedule-over", "a rule that has ended is dead weight";
    REVIEW_DUE: Warning "review-due", "a rule that nobody looks at any more goes stale, and costs trust";
    REVIEW_OVERDUE: Warning "review-overdue", "a rule past its review and its grace period has stopped";
    NO_GUARDRAIL: Warning "no-guardrail", "a KPI that nothing holds back is reached at the cost of something that nobody looks at";
}

pub(crate) fn year_out_of_range(at: At) -> Diagnostic {
    Diagnostic::new(&BAD_DATE, at, "the date is outside of the years 1970 to 2100").help("check the year")
}

pub(crate) fn empty_schedule(at: At, from: At) -> Diagnostic {
    Diagnostic::new(&EMPTY_SCHEDULE, at, "the rule ends before it begins")
        .also(from, "it begins here")
        .help("write a later `until`; the day of `until` itself is no longer part of it")
}

pub(crate) fn schedule_over(at: At, id: &str) -> Diagnostic {
    Diagnostic::new(&SCHEDULE_OVER, at, format!("the rule `{id}` has ended"))
        .help("remove it, or move `until`")
}

pub(crate) fn review_due(at: At, id: &str, owner: &str, stops: &str) -> Diagnostic {
    Diagnostic::new(&REVIEW_DUE, at, format!("the rule `{id}` is due for review"))
        .label(format!("it stops on {stops}"))
        .help(format!("{owner} looks at its KPI and guardrail, then moves `review` or removes the rule"))
}

pub(crate) fn review_overdue(at: At, id: &str, owner: &str, stopped: &str) -> Diagnostic {
    Diagnostic::new(&REVIEW_OVERDUE, at, format!("the rule `{id}` has stopped: its review is overdue"))
        .label(format!("it stopped on {stopped}"))
        .help(format!("{owner} looks at its KPI and guardrail, then moves `review` or removes the rule"))
}

/// What stands there names nothing that could get worse.
pub(crate) fn empty_guardrail(at: At, kpi: &str) -> Diagnostic {
    Diagnostic::new(&NO_GUARDRAIL, at, format!("nothing guards the KPI `{kpi}`")).help(GUARDRAIL)
}

pub(crate) fn guardrail_is_kpi(at: At, kpi: &str) -> Diagnostic {
    Diagnostic::new(&NO_GUARDRAIL, at, format!("the KPI `{kpi}` guards itself"))
        .label("it is the KPI that must not get worse")
        .help(GUARDRAIL)
}

const GUARDRAIL: &str = "name what could get worse while the KPI gets better: `guardrail = \"return-rate must not rise by more than 1 point\"`";
