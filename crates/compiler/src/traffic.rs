//! `traffic.toml`: shares of traffic that a replay of logs found. It says nothing of what rules do; segments that hardly
//! anybody or nearly everybody is in are warned of by it.

use std::collections::BTreeMap;

use footlight_core::bundle::Bundle;
use footlight_core::condition::{Literal, Node, NodeId, display};
use footlight_core::hash::fnv1a;
use footlight_core::notes::Notes;
use footlight_core::stage::Stage;

use crate::diagnostic::{At, Diagnostic, traffic as said};
use crate::document::{Item, Value};
use crate::shape::{self, Shape, TRAFFIC, Table};
use crate::sources::Sources;

/// The file's path within the rules directory.
pub const FILE: &str = "traffic.toml";

/// A share below this is hardly anybody, above 1 less this nearly everybody.
const EDGE: f64 = 0.01;

/// What a replay found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Traffic {
    /// Page views that were replayed.
    pub views: u64,
    /// Visitors.
    pub visitors: u64,
    /// The first day of the log, `2026-11-20`; empty when it is not known.
    pub from: String,
    /// The last.
    pub until: String,
    /// What visitors were taken to have consented to, in words.
    pub consent: String,
    /// By name.
    pub segments: BTreeMap<String, SegmentShare>,
    /// By name.
    pub rules: BTreeMap<String, RuleShare>,
}

/// How many are in a segment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SegmentShare {
    /// The fingerprint of the condition that it had then.
    pub condition: u32,
    /// The share of all visitors.
    pub visitors: f64,
    /// The share of each stage's views, where there is any.
    pub views: BTreeMap<Stage, f64>,
}

/// How many see a rule.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RuleShare {
    /// The share of the visitors of its stage, or of all visitors where it has several.
    pub visitors: f64,
    /// Page views that it won.
    pub views: u64,
}

/// Tells whether a segment's condition is still the one that was replayed.
#[must_use]
pub fn fingerprint(bundle: &Bundle, notes: &Notes, condition: NodeId) -> u32 {
    let mut text = String::new();
    display(bundle, notes, condition, &mut text);
    fnv1a(&text)
}

/// The shares beside the rules; none when there are none, or they cannot be read.
#[must_use]
pub fn read(sources: &Sources) -> Option<Traffic> {
    parse(sources).ok().flatten()
}

fn parse(sources: &Sources) -> Result<Option<Traffic>, Diagnostic> {
    let Some(file) = sources.find(FILE) else { return Ok(None) };
    let mut wrong = Vec::new();
    let text = sources.read(file, &mut wrong);
    if let Some(not_utf8) = wrong.pop() {
        return Err(not_utf8);
    }
    let item = crate::document::parse(file, text, &mut wrong);
    shape::check(&item, &TRAFFIC, &mut wrong);
    if let Some(first) = wrong.first() {
        return Err(said::unreadable(first.at, &first.message));
    }
    let Shape::Record(record) = &TRAFFIC else { return Ok(None) };
    let table = Table::new(&item, record);
    let mut traffic = Traffic::default();
    if let Some(log) = table.table("log") {
        let count = |key| log.whole(key).and_then(|count| u64::try_from(count).ok()).unwrap_or(0);
        let day = |key| match log.item(key).map(|item| &item.value) {
            Some(Value::Date(moment)) => moment.date.map_or_else(String::new, |date| date.to_string()),
            _ => String::new(),
        };
        traffic.views = count("views");
        traffic.visitors = count("visitors");
        traffic.from = day("from");
        traffic.until = day("until");
        traffic.consent = log.text("consent").map_or_else(String::new, |text| text.text.to_owned());
    }
    for (entry, segment) in table.named_tables("segment") {
        let condition = segment.text("condition").and_then(|text| u32::from_str_radix(text.text, 16).ok());
        let views = segment.entries("views").iter();
        let share = SegmentShare {
            condition: condition.unwrap_or(0),
            visitors: segment.item("visitors").map_or(0.0, decimal),
            views: views
                .filter_map(|entry| Some((Stage::from_name(&entry.key)?, decimal(&entry.item))))
                .collect(),
        };
        traffic.segments.insert(entry.key.clone(), share);
    }
    for (entry, rule) in table.named_tables("rule") {
        let views = rule.whole("views").and_then(|count| u64::try_from(count).ok()).unwrap_or(0);
        let share = RuleShare { visitors: rule.item("visitors").map_or(0.0, decimal), views };
        traffic.rules.insert(entry.key.clone(), share);
    }
    Ok(Some(traffic))
}

fn decimal(item: &Item) -> f64 {
    match &item.value {
        Value::Float(text) | Value::Text { text, .. } => text.parse().unwrap_or(0.0),
        Value::Integer(number) => number.map_or(0.0, |number| number as f64),
        _ => 0.0,
    }
}

/// What the shares say of a bundle's segments, which stand at `places`.
pub(crate) fn check(sources: &Sources, bundle: &Bundle, notes: &Notes, places: &[At]) -> Vec<Diagnostic> {
    let traffic = match parse(sources) {
        Ok(Some(traffic)) => traffic,
        Ok(None) => return Vec::new(),
        Err(diagnostic) => return vec![diagnostic],
    };
    let mut diagnostics = Vec::new();
    for ((segment, note), at) in bundle.segments.iter().zip(&notes.segments).zip(places) {
        let Some(share) = traffic.segments.get(&note.id) else { continue };
        let is_for_everybody = matches!(
            bundle.nodes.get(segment.condition.0 as usize),
            Some(Node::Literal(Literal::Bool(true)))
        );
        // What was replayed was another audience then.
        if is_for_everybody || share.condition != fingerprint(bundle, notes, segment.condition) {
            continue;
        }
        if share.visitors < EDGE {
            diagnostics.push(said::rare(*at, &note.id, share.visitors, &traffic));
        } else if share.visitors > 1.0 - EDGE {
            diagnostics.push(said::common(*at, &note.id, share.visitors, &traffic));
        }
    }
    diagnostics
}
