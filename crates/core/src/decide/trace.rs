//! A decision's reasons as numbers, written from the pass itself and not from a second evaluation.
//!
//! What rules, slots, conditions and signals are called is in the bundle's notes; [`crate::report::Explanation`] and the
//! worker's TypeScript put both together. Written as postcard would write [`crate::report::trace::Trace`].

use alloc::vec::Vec;

use super::Outcome;
use super::pass::Pass;
use crate::condition::{Node, NodeId};
use crate::consent::Purpose;
use crate::texts::Texts;
use crate::value::{Unknown, Value};
use crate::wire::{write_text, write_varint};

pub(super) fn write(pass: &mut Pass<'_>, out: &mut Vec<u8>) {
    let bundle = pass.bundle;
    write_varint(pass.evaluation.evaluated().into(), out);
    write_varint(pass.outcomes.len() as u64, out);
    for &(number, outcome) in &pass.outcomes {
        let Some(rule) = bundle.rules.get(number as usize) else { continue };
        write_varint(number.into(), out);
        write_varint(rule.slot.into(), out);
        out.push(u8::from(rule.condition.is_some()));
        if let Some(NodeId(condition)) = rule.condition {
            write_varint(condition.into(), out);
        }
        write_varint(rule.segments.len() as u64, out);
        for &segment in &rule.segments {
            write_varint(segment.into(), out);
        }
        let (code, detail, reason) = numbers(outcome);
        out.push(code);
        write_varint(detail.into(), out);
        out.push(reason);
    }
    write_varint(bundle.segments.len() as u64, out);
    for segment in &bundle.segments {
        write_varint(segment.condition.0.into(), out);
    }
    write_varint(bundle.nodes.len() as u64, out);
    for (id, node) in (0..).map(NodeId).zip(&bundle.nodes) {
        out.push(match node {
            Node::And(_) => 1,
            Node::Or(_) => 2,
            Node::Not(_) => 3,
            _ => 0,
        });
        out.push(pass.evaluation.truth(id) as u8);
        let mut operands = 0_u64;
        node.operands(|_| operands += 1);
        write_varint(operands, out);
        node.operands(|operand| write_varint(operand.0.into(), out));
        match node {
            Node::Signal(signal) => write_value(pass.signals.read(*signal), &bundle.texts, out),
            _ => out.push(0),
        }
    }
}

/// Number, detail and reason of an outcome; [`crate::report::OUTCOMES`] has the numbers' names.
fn numbers(outcome: Outcome) -> (u8, u32, u8) {
    match outcome {
        Outcome::Won => (0, 0, 0),
        Outcome::SlotTaken { by } => (1, by, 0),
        Outcome::NotInSegment { segment } => (2, segment.into(), 0),
        Outcome::SegmentUnknown { segment } => (3, segment.into(), 0),
        Outcome::ConditionFalse => (4, 0, 0),
        Outcome::ConditionUnknown => (5, 0, 0),
        Outcome::TooEarly => (6, 0, 0),
        Outcome::TooLate => (7, 0, 0),
        Outcome::ReviewOverdue => (8, 0, 0),
        Outcome::KindForbidden => (9, 0, 0),
        Outcome::OverBudget => (10, 0, 0),
        Outcome::Capped => (11, 0, 0),
        Outcome::CapUnknown => (12, 0, 0),
        Outcome::NotInExperiment => (13, 0, 0),
        Outcome::ExperimentUnknown => (14, 0, 0),
        Outcome::ContentUnknown { placeholder, reason } => (15, placeholder.0, unknown(reason)),
        Outcome::NoMarket => (16, 0, 0),
    }
}

/// The number of a reason; [`crate::report::UNKNOWNS`] has the words.
fn unknown(reason: Unknown) -> u8 {
    match reason {
        Unknown::Absent => 0,
        Unknown::NoConsent(Purpose::Necessary) => 1,
        Unknown::NoConsent(Purpose::Functional) => 2,
        Unknown::NoConsent(Purpose::Analytics) => 3,
        Unknown::NoConsent(Purpose::Personalization) => 4,
        Unknown::NoConsent(Purpose::Marketing) => 5,
        Unknown::Malformed => 6,
        Unknown::NoResult => 7,
    }
}

fn write_value<'a>(value: Value<'a>, texts: &'a Texts, out: &mut Vec<u8>) {
    let (kind, number) = match value {
        Value::Unknown(reason) => (1, u64::from(unknown(reason))),
        Value::Bool(value) => (2, u64::from(value)),
        Value::Int(number) => (3, zigzag(number)),
        Value::Double(number) => {
            out.push(4);
            out.extend_from_slice(&number.to_le_bytes());
            return;
        }
        Value::Text(text) => {
            out.push(5);
            write_text(text, out);
            return;
        }
        Value::Timestamp(ms) => (6, zigzag(ms)),
        Value::Duration(ms) => (7, zigzag(ms)),
        Value::TextList(list) => (8, list.len() as u64),
    };
    out.push(kind);
    write_varint(number, out);
    if let Value::TextList(list) = value {
        let mut index = 0;
        while let Some(text) = list.get(index, texts) {
            write_text(text, out);
            index += 1;
        }
    }
}

fn zigzag(number: i64) -> u64 {
    (number << 1 ^ number >> 63) as u64
}
