//! Differences for people.

use super::compare::{Affected, AffectedPart, Traffic};
use super::outline::Group;
use super::words::{Change, How};
use crate::table::{Align, Table, number, percent};

/// Replacements that are shown.
const MOST_SHOWN: usize = 12;

/// Prints what changed, and for whom.
pub(crate) fn print(changes: &[Change], traffic: Option<&Traffic>) {
    if changes.is_empty() {
        anstream::println!("nothing is different");
    }
    for group in Group::ALL {
        let (name, one) = group.names();
        let of = changes.iter().filter(|change| change.group == group);
        for (place, change) in of.enumerate() {
            if place == 0 {
                anstream::println!("{name}");
            }
            let sign = match change.how {
                How::Added => "+",
                How::Removed => "-",
                How::Changed => "~",
            };
            let what = match change.how {
                How::Added => " is new",
                How::Removed => " is gone",
                How::Changed => "",
            };
            let words = change.words.join("; ");
            let colon = if words.is_empty() { "" } else { ": " };
            anstream::println!("  {sign} {one} `{}`{what}{colon}{words}", change.name);
        }
    }
    if let Some(traffic) = traffic {
        affected(traffic);
    }
}

fn affected(traffic: &Traffic) {
    let Affected { views, visitors, affected_views, affected_visitors, .. } = traffic.all;
    anstream::println!(
        "\n{} of {} visitors ({}) get something else, in {} of {} views ({})",
        number(affected_visitors),
        number(visitors),
        percent(affected_visitors, visitors),
        number(affected_views),
        number(views),
        percent(affected_views, views),
    );
    anstream::println!("  consent  {}", traffic.consent);
    if traffic.bad_lines > 0 {
        anstream::println!(
            "  {} of {} lines could not be read; `footlight simulate` shows which",
            number(traffic.bad_lines),
            number(traffic.lines)
        );
    }
    parts("stage", &traffic.stages);
    parts("segment", &traffic.segments);
    parts("slot", &traffic.slots);
    if !traffic.instead.is_empty() {
        anstream::println!("\nWhat they get instead");
        let mut table = Table::new(&[
            ("slot", Align::Left),
            ("before", Align::Left),
            ("after", Align::Left),
            ("views", Align::Right),
        ]);
        let rule = |rule: &Option<String>| rule.clone().unwrap_or_else(|| "the page as it is".to_owned());
        for instead in traffic.instead.iter().take(MOST_SHOWN) {
            let after = if instead.before == instead.after {
                "the same rule, changed".to_owned()
            } else {
                rule(&instead.after)
            };
            table.row([instead.slot.clone(), rule(&instead.before), after, number(instead.views)]);
        }
        lines(&table);
        let more = traffic.instead.len().saturating_sub(MOST_SHOWN);
        if more > 0 {
            anstream::println!("  and {more} more; `--format json` has all");
        }
    }
}

fn parts(what: &'static str, parts: &[AffectedPart]) {
    let mut table = Table::new(&[
        (what, Align::Left),
        ("affected", Align::Right),
        ("of visitors", Align::Right),
        ("share", Align::Right),
        ("views", Align::Right),
    ]);
    for AffectedPart { name, affected, .. } in parts.iter().filter(|part| part.affected.affected_views > 0) {
        table.row([
            name.clone(),
            number(affected.affected_visitors),
            number(affected.visitors),
            percent(affected.affected_visitors, affected.visitors),
            number(affected.affected_views),
        ]);
    }
    if !table.is_empty() {
        anstream::println!();
        lines(&table);
    }
}

fn lines(table: &Table) {
    for line in table.lines() {
        anstream::println!("  {line}");
    }
}
