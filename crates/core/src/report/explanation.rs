//! Why a decision is what it is.

use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

use super::trace::{NodeTrace, RuleTrace, Trace, ValueTrace};
use crate::condition::{write_double, write_quoted};
use crate::decide::{Decision, DefaultReason};
use crate::notes::{self, Notes, SegmentKind, SignalNote};
use crate::signal::Source;
use crate::stage::Stage;
use crate::time;
use crate::value::Truth;
use crate::write;

/// The reasons of one decision.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Explanation {
    /// The journey stage.
    pub stage: Option<Stage>,
    /// Why nothing changes, when nothing does.
    pub default: Option<DefaultReason>,
    /// The signals that the considered rules read, by name.
    pub signals: Vec<SignalExplanation>,
    /// The segments that were asked for.
    pub segments: Vec<SegmentExplanation>,
    /// The rules of the stage in their order.
    pub rules: Vec<RuleExplanation>,
    /// Conditions that were evaluated for the decision, each at most once.
    pub conditions_evaluated: u32,
}

/// One signal and what it said.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SignalExplanation {
    /// Its name.
    pub name: String,
    /// Its value, or `unknown: …` and why.
    pub value: String,
    /// Whether it is known.
    pub known: bool,
    /// Where it comes from.
    pub source: Source,
    /// The purpose that reading it needs.
    pub purpose: &'static str,
}

/// One segment and whether the visitor is in it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SegmentExplanation {
    /// Its name.
    pub id: String,
    /// Its kind.
    pub kind: SegmentKind,
    /// Whether the visitor is in it.
    pub truth: Truth,
    /// What decided.
    pub because: Vec<Reason>,
}

/// One rule and how it fared.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RuleExplanation {
    /// Its name.
    pub id: String,
    /// The slot it wants.
    pub slot: String,
    /// How it fared.
    pub outcome: &'static str,
    /// The segment, rule or placeholder that decided, if one did.
    pub detail: Option<String>,
    /// The conditions that decided.
    pub because: Vec<Reason>,
    /// The one condition that the rule lacked, when it lacked only one.
    pub near_miss: Option<Reason>,
}

/// A condition that decided, with the values that it saw.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reason {
    /// The condition as CEL.
    pub condition: String,
    /// What it came to.
    pub truth: Truth,
    /// `signal = value` for each signal it reads.
    pub values: Vec<String>,
}

/// How a rule can fare, by the numbers of [`crate::decide::Outcome`]s in a trace.
pub const OUTCOMES: [&str; 17] = [
    "won",
    SLOT_TAKEN,
    NOT_IN_SEGMENT,
    SEGMENT_UNKNOWN,
    "condition-false",
    "condition-unknown",
    "too-early",
    "too-late",
    "review-overdue",
    "kind-forbidden",
    "over-budget",
    "capped",
    "cap-unknown",
    "not-in-experiment",
    "experiment-unknown",
    CONTENT_UNKNOWN,
    "no-market",
];
const SLOT_TAKEN: &str = "slot-taken";
const NOT_IN_SEGMENT: &str = "not-in-segment";
const SEGMENT_UNKNOWN: &str = "segment-unknown";
const CONTENT_UNKNOWN: &str = "content-unknown";

/// Why a value is unknown, in words, by the numbers in a trace.
pub const UNKNOWNS: [&str; 8] = [
    "no data",
    "no consent",
    "no consent to functional purposes",
    "no consent to analytics",
    "no consent to personalization",
    "no consent to marketing",
    "not of its declared type",
    "no result",
];

impl Explanation {
    /// The words to a decision's trace; none when it is not one of this release.
    #[must_use]
    pub fn read(decision: &Decision, trace: &[u8], notes: &Notes) -> Option<Self> {
        let trace = Trace::read(trace)?;
        let mut telling = Telling { trace: &trace, notes, read: Vec::new() };
        let mut asked = Vec::new();
        for rule in &trace.rules {
            segments_asked(rule).iter().for_each(|&segment| add(&mut asked, segment));
        }
        let segments = asked.into_iter().filter_map(|segment| telling.segment(segment)).collect();
        let rules = trace.rules.iter().map(|rule| telling.rule(rule)).collect();
        let signals = telling.read.iter().filter_map(|&node| telling.signal(node)).collect();
        Some(Self {
            stage: decision.stage,
            default: decision.reason,
            signals,
            segments,
            rules,
            conditions_evaluated: trace.evaluated,
        })
    }
}

/// The segments that were asked for before a rule fared as it did.
fn segments_asked(rule: &RuleTrace) -> &[u16] {
    match outcome(rule) {
        SLOT_TAKEN | "kind-forbidden" | "over-budget" | "too-early" | "too-late" | "review-overdue" => &[],
        NOT_IN_SEGMENT | SEGMENT_UNKNOWN => {
            let last = rule.segments.iter().position(|&segment| u32::from(segment) == rule.detail);
            last.and_then(|last| rule.segments.get(..=last)).unwrap_or(&rule.segments)
        }
        _ => &rule.segments,
    }
}

fn outcome(rule: &RuleTrace) -> &'static str {
    OUTCOMES.get(usize::from(rule.outcome)).copied().unwrap_or("")
}

fn unknown_reason(number: u8) -> &'static str {
    UNKNOWNS.get(usize::from(number)).copied().unwrap_or("")
}

struct Telling<'t> {
    trace: &'t Trace,
    notes: &'t Notes,
    /// The signals that were told of, by their nodes.
    read: Vec<u32>,
}

impl<'t> Telling<'t> {
    fn node(&self, id: u32) -> Option<&'t NodeTrace> {
        self.trace.nodes.get(id as usize)
    }

    fn truth(&self, id: u32) -> Truth {
        match self.node(id).map(|node| node.truth) {
            Some(0) => Truth::False,
            Some(1) => Truth::True,
            _ => Truth::Unknown,
        }
    }

    fn segment(&mut self, number: u16) -> Option<SegmentExplanation> {
        let condition = self.condition_of(number)?;
        let note = self.notes.segments.get(usize::from(number))?;
        self.collect_read(condition);
        Some(SegmentExplanation {
            id: note.id.clone(),
            kind: note.kind,
            truth: self.truth(condition),
            because: self.reasons(condition),
        })
    }

    fn condition_of(&self, segment: u16) -> Option<u32> {
        self.trace.segments.get(usize::from(segment)).copied()
    }

    fn rule(&mut self, rule: &RuleTrace) -> RuleExplanation {
        let name = |names: &[String], number| String::from(notes::name(names, number));
        let outcome = outcome(rule);
        let decided = match outcome {
            "condition-false" | "condition-unknown" | "won" => {
                rule.condition.into_iter().for_each(|root| self.collect_read(root));
                rule.condition
            }
            NOT_IN_SEGMENT | SEGMENT_UNKNOWN => {
                u16::try_from(rule.detail).ok().and_then(|segment| self.condition_of(segment))
            }
            _ => None,
        };
        let detail = match outcome {
            SLOT_TAKEN => Some(name(&self.notes.rules, rule.detail)),
            NOT_IN_SEGMENT | SEGMENT_UNKNOWN => {
                self.notes.segments.get(rule.detail as usize).map(|segment| segment.id.clone())
            }
            CONTENT_UNKNOWN => {
                Some([self.notes.condition(rule.detail), ": ", unknown_reason(rule.reason)].concat())
            }
            _ => None,
        };
        RuleExplanation {
            id: name(&self.notes.rules, rule.rule),
            slot: name(&self.notes.slots, rule.slot.into()),
            outcome,
            detail,
            because: decided.map_or_else(Vec::new, |root| self.reasons(root)),
            near_miss: self.near_miss(rule),
        }
    }

    fn signal(&self, node: u32) -> Option<SignalExplanation> {
        let SignalNote { name, source, purpose, .. } = self.signal_note(node)?;
        let value = &self.node(node)?.value;
        Some(SignalExplanation {
            name: name.clone(),
            value: show(value),
            known: !matches!(value, ValueTrace::Unknown(_)),
            source: *source,
            purpose: purpose.name(),
        })
    }

    fn signal_note(&self, node: u32) -> Option<&'t SignalNote> {
        let found = self.notes.signals.binary_search_by_key(&node, |signal| signal.node).ok()?;
        self.notes.signals.get(found)
    }

    fn collect_read(&mut self, id: u32) {
        let mut read = core::mem::take(&mut self.read);
        self.collect_signals(id, &mut read);
        self.read = read;
    }

    fn collect_signals(&self, id: u32, into: &mut Vec<u32>) {
        let Some(node) = self.node(id) else { return };
        if node.value != ValueTrace::None {
            add(into, id);
        }
        node.operands.iter().for_each(|&operand| self.collect_signals(operand, into));
    }

    /// The condition that a rule lacks, when it lacks exactly one.
    fn near_miss(&self, rule: &RuleTrace) -> Option<Reason> {
        let mut lacking = Vec::new();
        let segments = rule.segments.iter().filter_map(|&segment| self.condition_of(segment));
        segments.chain(rule.condition).for_each(|root| self.collect_lacking(root, &mut lacking));
        match lacking[..] {
            [leaf] => Some(self.reason(leaf)),
            _ => None,
        }
    }

    /// The fewest leaves that would have to hold for a condition to hold.
    fn collect_lacking(&self, id: u32, lacking: &mut Vec<u32>) {
        if self.truth(id) == Truth::True {
            return;
        }
        match self.node(id) {
            Some(NodeTrace { kind: AND, operands, .. }) => {
                operands.iter().for_each(|&operand| self.collect_lacking(operand, lacking));
            }
            Some(NodeTrace { kind: OR, operands, .. }) => {
                let of_each = operands.iter().map(|&operand| {
                    let mut lacking = Vec::new();
                    self.collect_lacking(operand, &mut lacking);
                    lacking
                });
                let fewest = of_each.min_by_key(Vec::len);
                fewest.into_iter().flatten().for_each(|leaf| add(lacking, leaf));
            }
            _ => add(lacking, id),
        }
    }

    /// The leaves of a condition that made it what it is.
    fn reasons(&self, root: u32) -> Vec<Reason> {
        let mut leaves = Vec::new();
        self.collect_deciding(root, &mut leaves);
        leaves.into_iter().map(|leaf| self.reason(leaf)).collect()
    }

    fn reason(&self, leaf: u32) -> Reason {
        let mut read = Vec::new();
        self.collect_signals(leaf, &mut read);
        let value = |&node: &u32| {
            Some([self.signal_note(node)?.name.as_str(), " = ", &show(&self.node(node)?.value)].concat())
        };
        Reason {
            condition: self.notes.condition(leaf).into(),
            truth: self.truth(leaf),
            values: read.iter().filter_map(value).collect(),
        }
    }

    /// An `&&` that fails is decided by its first failing operand, one that holds by all of them; `||` the other way
    /// round.
    fn collect_deciding(&self, id: u32, leaves: &mut Vec<u32>) {
        let truth = self.truth(id);
        let is_compound = |id: &u32| self.node(*id).is_some_and(|node| node.kind != 0);
        let (operands, decided_by_one) = match self.node(id) {
            Some(NodeTrace { kind: AND, operands, .. }) => (operands, truth != Truth::True),
            Some(NodeTrace { kind: OR, operands, .. }) => (operands, truth == Truth::True),
            Some(NodeTrace { kind: NOT, operands, .. }) if operands.iter().any(is_compound) => {
                (operands, false)
            }
            _ => {
                leaves.push(id);
                return;
            }
        };
        for &operand in operands {
            if !decided_by_one {
                self.collect_deciding(operand, leaves);
            } else if self.truth(operand) == truth {
                self.collect_deciding(operand, leaves);
                return;
            }
        }
    }
}

const AND: u8 = 1;
const OR: u8 = 2;
const NOT: u8 = 3;

/// Adds to a list what is not in it yet; the lists here are short.
fn add<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}

/// A value as explanations show it.
fn show(value: &ValueTrace) -> String {
    let mut out = String::new();
    match value {
        ValueTrace::None => {}
        ValueTrace::Unknown(reason) => {
            out.push_str("unknown: ");
            out.push_str(unknown_reason(*reason));
        }
        ValueTrace::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        ValueTrace::Int(number) => write::int(*number, &mut out),
        ValueTrace::Double(number) => write_double(*number, &mut out),
        ValueTrace::Text(text) => write_quoted(text, &mut out),
        ValueTrace::Timestamp(ms) => time::write_rfc3339(*ms, &mut out),
        ValueTrace::Duration(ms) => {
            write::int(ms / 1_000, &mut out);
            out.push('s');
        }
        ValueTrace::List(list) => {
            out.push('[');
            for (index, text) in list.iter().enumerate() {
                if index > 0 {
                    out.push_str(", ");
                }
                write_quoted(text, &mut out);
            }
            out.push(']');
        }
    }
    out
}
