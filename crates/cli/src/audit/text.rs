//! The audit for a terminal.

use super::Audit;
use super::record::{Record, State};
use crate::table::{Align, Table, number};

/// Prints the whole.
pub(crate) fn print(audit: &Audit) {
    anstream::println!("{} on {}: {} rules", audit.site, audit.on, audit.rules.len());
    if let Some(traffic) = &audit.traffic {
        anstream::println!("  traffic  {traffic}");
    }
    anstream::println!();
    for answered in &audit.maturity {
        anstream::println!("  {:<66}  {}", answered.words, answered.answer());
    }
    anstream::println!();
    let mut table = Table::new(&[
        ("state", Align::Left),
        ("rule", Align::Left),
        ("review", Align::Left),
        ("", Align::Left),
        ("owner", Align::Left),
        ("KPI", Align::Left),
        ("experiment", Align::Left),
        ("age", Align::Right),
        ("to live", Align::Right),
        ("visitors", Align::Right),
        ("views", Align::Right),
    ]);
    for record in &audit.rules {
        table.row([
            record.state.words().to_owned(),
            record.rule.clone(),
            record.review.clone().unwrap_or_default(),
            when(record),
            record.owner.clone(),
            record.kpi.clone(),
            if record.has_experiment { "yes".to_owned() } else { String::new() },
            days(record.age_days),
            days(record.days_to_live),
            share(record),
            record.views.map(number).unwrap_or_default(),
        ]);
    }
    for line in table.lines() {
        anstream::println!("{line}");
    }
    let late =
        audit.rules.iter().filter(|record| matches!(record.state, State::Stopped | State::Overdue)).count();
    if late > 0 {
        let rules = if late == 1 { "1 rule waits".to_owned() } else { format!("{late} rules wait") };
        anstream::println!(
            "\n{rules} for its owner: look at KPI and guardrail, then move `review` or remove the rule"
        );
    }
}

/// How far away the review is, where that matters.
pub(super) fn when(record: &Record) -> String {
    match (record.state, record.review_in_days) {
        (State::Fine, _) | (_, None) => String::new(),
        (_, Some(0)) => "today".to_owned(),
        (_, Some(days @ 1..)) => format!("in {days} d"),
        (_, Some(days)) => format!("{} d ago", -days),
    }
}

pub(super) fn days(days: Option<i64>) -> String {
    days.map_or_else(String::new, |days| format!("{days} d"))
}

pub(super) fn share(record: &Record) -> String {
    match record.traffic_share {
        None => String::new(),
        Some(share) if share > 0.0 && share < 0.001 => "< 0.1 %".to_owned(),
        Some(share) => format!("{:.1} %", share * 100.0),
    }
}
