//! How the evaluator writes a decision's reasons: postcard of these types.

use alloc::string::String;
use alloc::vec::Vec;

use crate::wire;

/// The reasons of one decision, as numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// Conditions that were evaluated for the decision, each at most once.
    pub evaluated: u32,
    /// The stage's rules in the order in which they were considered; none when no rule was.
    pub rules: Vec<RuleTrace>,
    /// The condition of each segment of the bundle.
    pub segments: Vec<u32>,
    /// All conditions of the bundle.
    pub nodes: Vec<NodeTrace>,
}

/// One rule.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleTrace {
    /// Its number.
    pub rule: u32,
    /// The slot it wants.
    pub slot: u16,
    /// Its own condition.
    pub condition: Option<u32>,
    /// Its segments.
    pub segments: Vec<u16>,
    /// How it fared, an index into [`super::OUTCOMES`].
    pub outcome: u8,
    /// The rule that has the slot, the segment that decided, or the placeholder without a value.
    pub detail: u32,
    /// Why the placeholder has none, an index into [`super::UNKNOWNS`].
    pub reason: u8,
}

/// One condition.
#[derive(Clone, Debug, PartialEq)]
pub struct NodeTrace {
    /// 1 `&&`, 2 `||`, 3 `!`, 0 anything else.
    pub kind: u8,
    /// 0 false, 1 true, 2 unknown.
    pub truth: u8,
    /// The conditions that it is made of.
    pub operands: Vec<u32>,
    /// Of a signal, its value.
    pub value: ValueTrace,
}

/// A signal's value.
#[derive(Clone, Debug, PartialEq)]
pub enum ValueTrace {
    /// This is no signal.
    None,
    /// Not known; an index into [`super::UNKNOWNS`].
    Unknown(u8),
    /// `bool`
    Bool(bool),
    /// `int`
    Int(i64),
    /// `double`
    Double(f64),
    /// `string`
    Text(String),
    /// Milliseconds since 1970.
    Timestamp(i64),
    /// Milliseconds.
    Duration(i64),
    /// A list of texts.
    List(Vec<String>),
}

impl Trace {
    /// Reads what [`crate::decide::Engine::explain`] wrote.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        wire::read(bytes).map(|(trace, _)| trace)
    }
}

wire::structs! {
    Trace { evaluated, rules, segments, nodes }
    RuleTrace { rule, slot, condition, segments, outcome, detail, reason }
    NodeTrace { kind, truth, operands, value }
}

wire::enums! {
    ValueTrace: 9 {
        0 => None {},
        1 => Unknown { 0 },
        2 => Bool { 0 },
        3 => Int { 0 },
        4 => Double { 0 },
        5 => Text { 0 },
        6 => Timestamp { 0 },
        7 => Duration { 0 },
        8 => List { 0 },
    }
}
