//! What a replay came to, for people.

use footlight_core::stage::Stage;

use super::answer::{Answer, LogAnswer, RuleAnswer, RuleStageAnswer, StageAnswer};
use crate::log::{Fault, Identity, Skipped};
use crate::table::{Align, Table, number, percent, some};

/// Prints the whole.
pub(crate) fn print(answer: &Answer) {
    let mut text = log(&answer.log, answer.visitors);
    text.extend(left_out(answer));
    text.extend(bad_lines(&answer.log));
    section(&mut text, "Stages", stages(answer).lines());
    section(
        &mut text,
        "Segments: the share of all visitors, and of each stage's views",
        segments(answer).lines(),
    );
    for stage in answer.stages.iter().filter(|stage| stage.views > 0) {
        let table = rules(answer, stage.stage);
        if !table.is_empty() {
            let views =
                if stage.views == 1 { "1 view".to_owned() } else { format!("{} views", number(stage.views)) };
            section(&mut text, &format!("Rules: {}, {views}", stage.stage.name()), table.lines());
        }
    }
    section(&mut text, "Experiments", experiments(answer).lines());
    section(
        &mut text,
        "Conflicts: rules of one priority that wanted one slot, so that the alphabet decided",
        conflicts(answer),
    );
    section(&mut text, "Signals that were unknown: of the stage's views", unknown(answer));
    for line in text {
        anstream::println!("{line}");
    }
}

fn section(text: &mut Vec<String>, title: &str, lines: Vec<String>) {
    // A table's first line names its columns.
    if lines.len() > usize::from(!title.starts_with("Conflicts") && !title.starts_with("Signals")) {
        text.push(String::new());
        text.push(title.to_owned());
        text.extend(lines.into_iter().map(|line| format!("  {line}")));
    }
}

fn log(log: &LogAnswer, visitors: u64) -> Vec<String> {
    let names: Vec<String> =
        log.files.iter().map(|file| format!("{} ({})", file.name, file.format)).collect();
    let day = |moment: &Option<String>| {
        moment.as_deref().and_then(|moment| moment.get(..10)).unwrap_or("").to_owned()
    };
    let (from, until) = (day(&log.from), day(&log.until));
    let period = if from == until { format!("of {from}") } else { format!("from {from} to {until}") };
    let by: Vec<&str> = Identity::ALL
        .into_iter()
        .filter(|identity| log.visitors_by.contains_key(identity.name()))
        .map(Identity::words)
        .collect();
    let mut text = vec![
        format!("{} requests of {} visitors {period}", number(log.requests), number(visitors)),
        format!("  log         {}", names.join(", ")),
        format!("  visitors    told apart by {}", by.join("; where there is none, by ")),
        format!("  consent     {}", log.consent),
    ];
    if let Some(country) = &log.assumed_country {
        text.push(format!("  country     {country} where the log says none"));
    }
    text.push(format!("  speed       {} lines a second, {:.1} s", number(log.lines_per_second), log.seconds));
    for file in &log.files {
        if let Some(error) = &file.cut_off {
            text.push(format!(
                "  incomplete  {} ends in the middle ({error}); what was before it is counted",
                file.name
            ));
        }
    }
    text
}

fn left_out(answer: &Answer) -> Vec<String> {
    let left_out = &answer.left_out;
    let all = [
        (left_out.no_stage, "requests for addresses that are in no stage"),
        (left_out.bots, "requests of bots, which see the page as it is"),
        (left_out.prefetches, "requests ahead of a visit"),
        (left_out.method, Skipped::Method.words()),
        (left_out.status, Skipped::Status.words()),
        (left_out.content_type, Skipped::ContentType.words()),
    ];
    let mut table = Table::new(&[("", Align::Right), ("", Align::Left)]);
    for (count, words) in all.into_iter().filter(|(count, _)| *count > 0) {
        table.row([number(count), words.to_owned()]);
    }
    let mut text = Vec::new();
    if !table.is_empty() {
        text.push(String::new());
        text.push("Not counted".to_owned());
        text.extend(table.lines().into_iter().skip(1).map(|line| format!("  {line}")));
    }
    if answer.views_out_of_order > 0 {
        let views = number(answer.views_out_of_order);
        text.push(format!(
            "{views} views came before an earlier one of the same visitor; they were taken as they came"
        ));
    }
    if answer.visitors_forgotten > 0 {
        let visitors = number(answer.visitors_forgotten);
        text.push(format!(
            "{visitors} visitors were forgotten for want of room; who came back counts twice (`--remember` makes room)"
        ));
    }
    text
}

fn bad_lines(log: &LogAnswer) -> Vec<String> {
    if log.bad_lines == 0 {
        return Vec::new();
    }
    let mut text = vec![
        String::new(),
        format!("{} of {} lines could not be read", number(log.bad_lines), number(log.lines)),
    ];
    for fault in Fault::ALL {
        if let Some(count) = log.bad_lines_by_reason.get(fault.name()) {
            text.push(format!("  {}  {}", number(*count), fault.words()));
        }
    }
    for bad in &log.first_bad_lines {
        text.push(
            format!("  {}:{}: {}: {}", bad.file, bad.line, bad.reason, bad.begins)
                .trim_end_matches([':', ' '])
                .to_owned(),
        );
    }
    if log.bad_lines > log.first_bad_lines.len() as u64 {
        text.push("  …".to_owned());
    }
    text
}

fn stages(answer: &Answer) -> Table {
    let mut table = Table::new(&[
        ("stage", Align::Left),
        ("views", Align::Right),
        ("visitors", Align::Right),
        ("with consent", Align::Right),
        ("personalized", Align::Right),
        ("held out", Align::Right),
    ]);
    for stage in answer.stages.iter().filter(|stage| stage.views > 0) {
        let held_out = if stage.held_out_views == 0 {
            String::new()
        } else {
            percent(stage.held_out_views, stage.views)
        };
        table.row([
            stage.stage.name().to_owned(),
            number(stage.views),
            number(stage.visitors),
            percent(stage.consented_views, stage.views),
            percent(stage.personalized_views, stage.views),
            held_out,
        ]);
    }
    table
}

fn segments(answer: &Answer) -> Table {
    const STAGES: [&str; Stage::ALL.len()] =
        ["pre-entry", "homepage", "category", "product", "cart", "checkout", "thank-you", "post-purch."];
    let mut columns = vec![("segment", Align::Left), ("visitors", Align::Right), ("share", Align::Right)];
    columns.extend(STAGES.map(|stage| (stage, Align::Right)));
    let mut table = Table::new(&columns);
    let views = |stage: Stage| answer.stages.get(stage as usize).map_or(0, |stage| stage.views);
    for segment in &answer.segments {
        let mut row = vec![
            segment.segment.clone(),
            number(segment.visitors),
            percent(segment.visitors, answer.visitors),
        ];
        row.extend(Stage::ALL.map(|stage| {
            let here = segment.stages.iter().find(|here| here.stage == stage);
            match here {
                Some(here) if here.views > 0 => percent(here.views, views(stage)),
                Some(here) if here.unknown_views == views(stage) => "?".to_owned(),
                Some(_) => "0".to_owned(),
                None => String::new(),
            }
        }));
        table.row(row);
    }
    table
}

fn rules(answer: &Answer, stage: Stage) -> Table {
    let mut table = Table::new(&[
        ("rule", Align::Left),
        ("slot", Align::Left),
        ("views", Align::Right),
        ("share", Align::Right),
        ("visitors", Align::Right),
        ("lost", Align::Right),
        ("page full", Align::Right),
        ("capped", Align::Right),
        ("nearly", Align::Right),
        ("otherwise", Align::Left),
    ]);
    let views = answer.stages.get(stage as usize).map_or(0, |stage| stage.views);
    for rule in &answer.rules {
        let Some(here) = rule.stages.iter().find(|here| here.stage == stage) else { continue };
        table.row([
            rule.rule.clone(),
            rule.slot.clone(),
            number(here.won),
            percent(here.won, views),
            number(here.visitors),
            some(here.lost),
            some(here.over_budget),
            some(here.capped),
            some(here.near_misses.unwrap_or(0)),
            otherwise(here),
        ]);
    }
    table
}

/// Whatever else stood in the way of a rule.
fn otherwise(here: &RuleStageAnswer) -> String {
    let all = [
        (here.too_early, "before its time"),
        (here.too_late, "after its time"),
        (here.review_overdue, "stopped: review overdue"),
        (here.kind_forbidden, "not allowed here"),
        (here.unknown, "unknown"),
        (here.no_profile, "without a profile"),
        (here.not_in_experiment, "outside the experiment"),
        (here.no_content, "nothing to fill in"),
    ];
    let words = all.into_iter().filter(|(count, _)| *count > 0);
    words.map(|(count, words)| format!("{} {words}", number(count))).collect::<Vec<_>>().join(", ")
}

fn experiments(answer: &Answer) -> Table {
    let mut table = Table::new(&[
        ("rule", Align::Left),
        ("variant", Align::Left),
        ("views", Align::Right),
        ("share", Align::Right),
        ("visitors", Align::Right),
    ]);
    for RuleAnswer { rule, views, variants, .. } in &answer.rules {
        for variant in variants {
            table.row([
                rule.clone(),
                variant.variant.clone(),
                number(variant.views),
                percent(variant.views, *views),
                number(variant.visitors),
            ]);
        }
    }
    table
}

fn conflicts(answer: &Answer) -> Vec<String> {
    let lost = answer.rules.iter().flat_map(|rule| rule.lost_to.iter().map(move |lost| (rule, lost)));
    lost.filter(|(_, lost)| lost.same_priority)
        .map(|(rule, lost)| {
            let times =
                if lost.views == 1 { "once".to_owned() } else { format!("{} times", number(lost.views)) };
            format!("`{}` lost the slot `{}` to `{}` {times}", rule.rule, rule.slot, lost.rule)
        })
        .collect()
}

fn unknown(answer: &Answer) -> Vec<String> {
    let seen: Vec<&StageAnswer> = answer.stages.iter().filter(|stage| stage.views > 0).collect();
    let mut text = Vec::new();
    for stage in seen {
        let words: Vec<String> = stage
            .unknown_signals
            .iter()
            .map(|unknown| {
                let share = if unknown.views == stage.views {
                    "always".to_owned()
                } else {
                    percent(unknown.views, stage.views)
                };
                let consent = match unknown.no_consent_views {
                    0 => "",
                    views if views == unknown.views => ", no consent",
                    _ => ", partly no consent",
                };
                format!("{} ({share}{consent})", unknown.signal)
            })
            .collect();
        for (number, words) in words.chunks(4).enumerate() {
            let name = if number == 0 { stage.stage.name() } else { "" };
            text.push(format!("{name:<13}  {}", words.join(", ")));
        }
    }
    text
}
