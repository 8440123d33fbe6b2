//! The audit as a page: one file, without scripts and without a network.

use std::fmt::Write as _;

use super::Audit;
use super::record::{Record, State};
use super::text::{days, share, when};
use crate::table::number;

const STYLE: &str = include_str!("page.css");

/// The page.
pub(crate) fn page(audit: &Audit) -> String {
    let mut out = String::new();
    // Memory takes everything that is written to it.
    let _ = write(audit, &mut out);
    out
}

fn write(audit: &Audit, out: &mut String) -> std::fmt::Result {
    let (site, on) = (escaped(&audit.site), escaped(&audit.on));
    write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>Rules of {site}, {on}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n\
         <h1>Rules of {site}</h1>\n<p class=\"when\">{} rules on <time datetime=\"{on}\">{on}</time></p>\n",
        audit.rules.len()
    )?;
    out.push_str("<h2 id=\"maturity\">How it stands</h2>\n<dl class=\"answers\">\n");
    for answered in &audit.maturity {
        let percent = match (answered.rules, answered.of) {
            (Some(rules), of @ 1..) => Some(rules as f64 / of as f64 * 100.0),
            _ => None,
        };
        writeln!(out, "<div><dt>{}</dt><dd>{}", escaped(answered.words), escaped(&answered.answer()))?;
        if let Some(percent) = percent {
            // Says the same as the text before it.
            writeln!(
                out,
                "<svg aria-hidden=\"true\" viewBox=\"0 0 100 4\" preserveAspectRatio=\"none\"><rect class=\"all\" width=\"100\" height=\"4\"/><rect width=\"{percent:.1}\" height=\"4\"/></svg>"
            )?;
        }
        out.push_str("</dd></div>\n");
    }
    out.push_str("</dl>\n");
    if let Some(traffic) = &audit.traffic {
        writeln!(out, "<p class=\"when\">Shares of visitors: {}</p>", escaped(traffic))?;
    }
    let is_late = |record: &&Record| matches!(record.state, State::Stopped | State::Overdue | State::Ended);
    let (late, others): (Vec<&Record>, Vec<&Record>) = audit.rules.iter().partition(|record| is_late(record));
    if late.is_empty() {
        out.push_str("<p class=\"good\">No rule is past its review date or its time.</p>\n");
    } else {
        table("waiting", "Waiting for their owners", &late, out)?;
    }
    table("others", "In time", &others, out)?;
    out.push_str("</main>\n</body>\n</html>\n");
    Ok(())
}

fn table(id: &str, title: &str, records: &[&Record], out: &mut String) -> std::fmt::Result {
    if records.is_empty() {
        return Ok(());
    }
    write!(
        out,
        "<h2 id=\"{id}\">{title}</h2>\n<div class=\"scroll\" role=\"region\" aria-labelledby=\"{id}\" tabindex=\"0\">\n<table>\n<thead><tr>"
    )?;
    for column in ["Rule", "Review", "Owner", "For", "Guardrail", "Age", "To live", "Visitors", "Views"] {
        let is_number = ["Age", "To live", "Visitors", "Views"].contains(&column);
        write!(out, "<th scope=\"col\"{}>{column}</th>", if is_number { " class=\"number\"" } else { "" })?;
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for record in records {
        let state = match record.state {
            State::Stopped | State::Overdue => "late",
            State::Ended | State::Due => "soon",
            State::Fine => "fine",
        };
        let place = format!("{}, {}", record.slot, record.stages.join(", "));
        let experiment = if record.has_experiment { "<span class=\"tag\">experiment</span>" } else { "" };
        writeln!(
            out,
            "<tr>\n<th scope=\"row\"><span class=\"name\">{}</span> {experiment}<span class=\"place\">{}</span></th>",
            escaped(&record.rule),
            escaped(&place)
        )?;
        let when = when(record);
        let review = record.review.as_deref().unwrap_or("none");
        writeln!(
            out,
            "<td><span class=\"state {state}\">{}</span> <span class=\"date\">{}</span> {}</td>\n<td class=\"owner\">{}</td>",
            record.state.words(),
            escaped(review),
            escaped(&when),
            escaped(&record.owner).replace('@', "<wbr>@")
        )?;
        writeln!(
            out,
            "<td class=\"why\"><b>{}</b> {}</td>\n<td>{}</td>",
            escaped(&record.kpi),
            escaped(&record.hypothesis),
            escaped(&record.guardrail)
        )?;
        let views = record.views.map(number).unwrap_or_default();
        for text in [days(record.age_days), days(record.days_to_live), share(record), views] {
            let text = if text.is_empty() { "–".to_owned() } else { text };
            write!(out, "<td class=\"number\">{}</td>", escaped(&text))?;
        }
        out.push_str("\n</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n</div>\n");
    Ok(())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
