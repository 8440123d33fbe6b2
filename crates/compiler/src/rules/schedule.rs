//! From when to when a rule applies, and when somebody must look at it again.

use footlight_core::bundle::Schedule;
use footlight_core::time::TimeZone;

use crate::calendar;
use crate::diagnostic::governance;
use crate::program::Program;
use crate::shape::Table;

/// Reads a rule's dates; what is wrong with them, or due, is reported.
pub(super) fn read(
    rule: Table<'_>,
    id: &str,
    zone: &TimeZone,
    grace_days: i64,
    now_ms: i64,
    program: &mut Program,
) -> Option<Schedule> {
    let moment = |key: &str, program: &mut Program| match rule.item(key) {
        Some(item) => calendar::moment_ms(item, zone, program).map(Some),
        None => Some(None),
    };
    let (from_ms, until_ms) = (moment("from", program), moment("until", program));
    if let (Some(Some(from)), Some(Some(until))) = (from_ms, until_ms)
        && until <= from
        && let (Some(from_item), Some(until_item)) = (rule.item("from"), rule.item("until"))
    {
        program.report(governance::empty_schedule(until_item.at, from_item.at));
    } else if let (Some(Some(until)), Some(item)) = (until_ms, rule.item("until"))
        && until <= now_ms
    {
        program.report(governance::schedule_over(item.at, id));
    }
    let review = rule.item("review")?;
    let due = calendar::date(review, program)?;
    let expires_ms = calendar::day_ms(due, grace_days, zone);
    let owner = rule.text("owner").map_or("its owner", |owner| owner.text);
    let stop = calendar::iso(due, grace_days);
    if expires_ms <= now_ms {
        program.report(governance::review_overdue(review.at, id, owner, &stop));
    } else if calendar::day_ms(due, 0, zone) <= now_ms {
        program.report(governance::review_due(review.at, id, owner, &stop));
    }
    Some(Schedule { from_ms: from_ms?, until_ms: until_ms?, expires_ms })
}
