//! `segments.toml`: named audiences.

use std::collections::BTreeMap;

use footlight_core::bundle::Segment;
use footlight_core::condition::{Literal, Node, NodeId};
use footlight_core::notes::{SegmentKind, SegmentNote};

use crate::cel;
use crate::diagnostic::{At, conditions, journey, shapes};
use crate::program::Program;
use crate::shape::{self, SEGMENTS, Shape, Table};
use crate::sources::{FileId, Sources};

/// The segments that could be read, and the names of all.
#[derive(Debug, Default)]
pub(crate) struct Segments {
    pub(crate) all: Vec<Segment>,
    /// What they are called, in the same order.
    pub(crate) notes: Vec<SegmentNote>,
    /// Where each id stands, and its number unless it was wrong.
    pub(crate) by_id: BTreeMap<String, (At, Option<u16>)>,
}

impl Segments {
    /// Where each segment that could be read stands, in their order.
    pub(crate) fn places(&self) -> Vec<At> {
        let mut places: Vec<(u16, At)> =
            self.by_id.values().filter_map(|(at, number)| number.map(|number| (number, *at))).collect();
        places.sort_unstable();
        places.into_iter().map(|(_, at)| at).collect()
    }
}

/// Reads the file; segments that are wrong are reported and left out.
pub(crate) fn read(file: Option<FileId>, sources: &Sources, program: &mut Program) -> Segments {
    let mut segments = Segments::default();
    let Some(file) = file else { return segments };
    let text = sources.read(file, &mut program.diagnostics);
    let item = crate::document::parse(file, text, &mut program.diagnostics);
    shape::check(&item, &SEGMENTS, &mut program.diagnostics);
    let Shape::Record(record) = &SEGMENTS else { return segments };
    let table = Table::new(&item, record);
    program.scope.segments =
        table.tables("segment").filter_map(|segment| Some(segment.text("id")?.text.to_owned())).collect();
    for segment in table.tables("segment") {
        let Some(id) = segment.text("id") else { continue };
        if let Some((first, _)) = segments.by_id.get(id.text) {
            program.report(shapes::duplicate_id(id.whole, "segment", id.text, *first));
            continue;
        }
        let number = u16::try_from(segments.all.len()).ok();
        let compiled = compile(segment, program);
        let (number, compiled) = match (number, compiled) {
            (Some(number), Some((kind, condition))) => {
                segments.notes.push(SegmentNote { id: id.text.to_owned(), kind });
                (Some(number), Some(Segment { condition }))
            }
            (None, _) => {
                program.report(journey::too_many(id.whole, "segments"));
                (None, None)
            }
            (Some(_), None) => (None, None),
        };
        segments.by_id.insert(id.text.to_owned(), (id.whole, number));
        segments.all.extend(compiled);
    }
    segments
}

fn compile(segment: Table<'_>, program: &mut Program) -> Option<(SegmentKind, NodeId)> {
    let kind = match segment.text("kind").map(|kind| kind.text) {
        Some("behavioural") => Some(SegmentKind::Behavioural),
        Some("intent") => Some(SegmentKind::Intent),
        Some("value") => Some(SegmentKind::Value),
        Some("need") => Some(SegmentKind::Need),
        _ => None,
    };
    let needs_evidence = matches!(kind, Some(SegmentKind::Behavioural | SegmentKind::Intent));
    if needs_evidence && segment.item("evidence").is_none() {
        let name = segment.text("kind").map_or("", |kind| kind.text);
        program.report(journey::missing_evidence(segment.at(), name));
    }
    let evidence = segment.text("evidence").map(|evidence| cel::condition(evidence, program));
    let source = segment.text("condition");
    let condition = source.and_then(|condition| cel::condition(condition, program));
    let evidence = match evidence {
        Some(None) => return None,
        Some(Some(evidence)) => Some(evidence),
        None => None,
    };
    let condition = condition?;
    if let (Some(source), Some(Node::Literal(Literal::Bool(false)))) = (source, program.nodes.get(condition))
    {
        program.report(conditions::never_true(source.all(), "nobody is in the segment"));
    }
    let all = program.nodes.all_of(evidence.into_iter().chain([condition]))?;
    Some((kind?, all))
}
