//! Why a decision is what it is: made from the pass itself, not from a second evaluation.

use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

use super::outcome::unknown_reason;
use super::pass::Pass;
use super::{DefaultReason, Outcome};
use crate::bundle::{Rule, SegmentKind};
use crate::condition::{self, Node, NodeId};
use crate::signal::{self, Signal, Source};
use crate::stage::Stage;
use crate::texts::Texts;
use crate::time;
use crate::value::{Truth, Value};
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

pub(super) fn fill(
    explanation: &mut Explanation,
    pass: &mut Pass<'_>,
    stage: Option<Stage>,
    reason: Option<DefaultReason>,
) {
    explanation.stage = stage;
    explanation.conditions_evaluated = pass.evaluation.evaluated();
    explanation.default = reason;
    let mut read = Vec::new();

    let outcomes = core::mem::take(&mut pass.outcomes);
    let mut asked = Vec::new();
    for &(rule, outcome) in &outcomes {
        segments_asked(pass, rule, outcome).iter().for_each(|&segment| add(&mut asked, segment));
    }
    for index in asked {
        let Some(segment) = pass.bundle.segments.get(usize::from(index)) else { continue };
        collect_signals(pass, segment.condition, &mut read);
        explanation.segments.push(SegmentExplanation {
            id: pass.bundle.texts.get(segment.id).into(),
            kind: segment.kind,
            truth: pass.evaluation.truth(segment.condition),
            because: reasons(pass, segment.condition),
        });
    }

    for (index, outcome) in outcomes {
        let Some(rule) = pass.bundle.rules.get(index as usize) else { continue };
        let texts = &pass.bundle.texts;
        let because = match outcome {
            Outcome::ConditionFalse | Outcome::ConditionUnknown | Outcome::Won => {
                rule.condition.map_or_else(Vec::new, |root| {
                    collect_signals(pass, root, &mut read);
                    reasons(pass, root)
                })
            }
            Outcome::NotInSegment { segment } | Outcome::SegmentUnknown { segment } => pass
                .bundle
                .segments
                .get(usize::from(segment))
                .map_or_else(Vec::new, |segment| reasons(pass, segment.condition)),
            _ => Vec::new(),
        };
        let detail = match outcome {
            Outcome::SlotTaken { by } => {
                pass.bundle.rules.get(by as usize).map(|winner| texts.get(winner.id).into())
            }
            Outcome::NotInSegment { segment } | Outcome::SegmentUnknown { segment } => {
                pass.bundle.segments.get(usize::from(segment)).map(|segment| texts.get(segment.id).into())
            }
            Outcome::ContentUnknown { placeholder, reason } => {
                let mut text = String::new();
                condition::display(pass.bundle, placeholder, &mut text);
                text.push_str(": ");
                text.push_str(unknown_reason(reason));
                Some(text)
            }
            _ => None,
        };
        explanation.rules.push(RuleExplanation {
            id: texts.get(rule.id).into(),
            slot: pass.bundle.slots.get(usize::from(rule.slot)).map_or("", |slot| texts.get(slot.id)).into(),
            outcome: outcome.name(),
            detail,
            because,
            near_miss: near_miss(pass, rule),
        });
    }

    explanation.signals = read
        .into_iter()
        .map(|signal| {
            let value = pass.signals.read(signal);
            let mut name = String::new();
            signal::write_name(pass.bundle, signal, &mut name);
            SignalExplanation {
                name,
                known: value.is_known(),
                value: show(value, &pass.bundle.texts),
                source: signal::source(signal),
                purpose: signal::purpose(pass.bundle, signal).name(),
            }
        })
        .collect();
}

/// The condition that a rule lacks, when it lacks exactly one.
fn near_miss(pass: &mut Pass<'_>, rule: &Rule) -> Option<Reason> {
    let segments = rule.segments.iter().filter_map(|&segment| pass.bundle.segments.get(usize::from(segment)));
    let roots: Vec<NodeId> = segments.map(|segment| segment.condition).chain(rule.condition).collect();
    let mut lacking = Vec::new();
    roots.into_iter().for_each(|root| collect_lacking(pass, root, &mut lacking));
    match lacking[..] {
        [leaf] => Some(reason(pass, leaf)),
        _ => None,
    }
}

/// The fewest leaves that would have to hold for a condition to hold.
fn collect_lacking(pass: &mut Pass<'_>, id: NodeId, lacking: &mut Vec<NodeId>) {
    if pass.evaluation.truth(id) == Truth::True {
        return;
    }
    match pass.bundle.nodes.get(id.0 as usize) {
        Some(Node::And(all)) => all.iter().for_each(|&operand| collect_lacking(pass, operand, lacking)),
        Some(Node::Or(any)) => {
            let fewest = any
                .iter()
                .map(|&operand| {
                    let mut lacking = Vec::new();
                    collect_lacking(pass, operand, &mut lacking);
                    lacking
                })
                .min_by_key(Vec::len);
            fewest.into_iter().flatten().for_each(|leaf| add(lacking, leaf));
        }
        _ => {
            add(lacking, id);
        }
    }
}

/// The segments that the pass asked for before a rule fared as it did.
fn segments_asked<'a>(pass: &Pass<'a>, rule: u32, outcome: Outcome) -> &'a [u16] {
    let Some(rule) = pass.bundle.rules.get(rule as usize) else { return &[] };
    let last = match outcome {
        Outcome::SlotTaken { .. }
        | Outcome::KindForbidden
        | Outcome::OverBudget
        | Outcome::TooEarly
        | Outcome::TooLate
        | Outcome::ReviewOverdue => return &[],
        Outcome::NotInSegment { segment } | Outcome::SegmentUnknown { segment } => Some(segment),
        _ => None,
    };
    let until = rule.segments.iter().position(|&segment| Some(segment) == last);
    until.and_then(|until| rule.segments.get(..=until)).unwrap_or(&rule.segments)
}

/// Adds to a list what is not in it yet; the lists here are short.
fn add<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}

/// The leaves of a condition that made it what it is.
fn reasons(pass: &mut Pass<'_>, root: NodeId) -> Vec<Reason> {
    let mut leaves = Vec::new();
    collect_deciding(pass, root, &mut leaves);
    leaves.into_iter().map(|leaf| reason(pass, leaf)).collect()
}

fn reason(pass: &mut Pass<'_>, leaf: NodeId) -> Reason {
    let mut text = String::new();
    condition::display(pass.bundle, leaf, &mut text);
    let mut read = Vec::new();
    collect_signals(pass, leaf, &mut read);
    let values = read
        .into_iter()
        .map(|signal| {
            let mut text = String::new();
            signal::write_name(pass.bundle, signal, &mut text);
            text.push_str(" = ");
            text.push_str(&show(pass.signals.read(signal), &pass.bundle.texts));
            text
        })
        .collect();
    Reason { condition: text, truth: pass.evaluation.truth(leaf), values }
}

/// An `&&` that fails is decided by its first failing operand, one that holds by all of them; `||` the other way round.
fn collect_deciding(pass: &mut Pass<'_>, id: NodeId, leaves: &mut Vec<NodeId>) {
    let truth = pass.evaluation.truth(id);
    let (operands, decided_by_one) = match pass.bundle.nodes.get(id.0 as usize) {
        Some(Node::And(all)) => (all.as_slice(), truth != Truth::True),
        Some(Node::Or(any)) => (any.as_slice(), truth == Truth::True),
        Some(Node::Not(inner)) if is_compound(pass, *inner) => (core::slice::from_ref(inner), false),
        _ => {
            leaves.push(id);
            return;
        }
    };
    for &operand in operands {
        if !decided_by_one {
            collect_deciding(pass, operand, leaves);
        } else if pass.evaluation.truth(operand) == truth {
            collect_deciding(pass, operand, leaves);
            return;
        }
    }
}

fn is_compound(pass: &Pass<'_>, id: NodeId) -> bool {
    matches!(pass.bundle.nodes.get(id.0 as usize), Some(Node::And(_) | Node::Or(_) | Node::Not(_)))
}

fn collect_signals(pass: &Pass<'_>, id: NodeId, into: &mut Vec<Signal>) {
    match pass.bundle.nodes.get(id.0 as usize) {
        Some(Node::Signal(signal)) => {
            add(into, *signal);
        }
        Some(node) => node.operands(|operand| collect_signals(pass, operand, into)),
        None => {}
    }
}

/// A value as explanations show it.
fn show<'a>(value: Value<'a>, texts: &'a Texts) -> String {
    let mut out = String::new();
    match value {
        Value::Unknown(reason) => {
            out.push_str("unknown: ");
            out.push_str(unknown_reason(reason));
        }
        Value::Bool(value) => out.push_str(if value { "true" } else { "false" }),
        Value::Int(number) => write::int(number, &mut out),
        Value::Double(number) => condition::write_double(number, &mut out),
        Value::Text(text) => condition::write_quoted(text, &mut out),
        Value::Timestamp(ms) => time::write_rfc3339(ms, &mut out),
        Value::Duration(ms) => {
            write::int(ms / 1_000, &mut out);
            out.push('s');
        }
        Value::TextList(list) => {
            out.push('[');
            let mut index = 0;
            while let Some(text) = list.get(index, texts) {
                if index > 0 {
                    out.push_str(", ");
                }
                condition::write_quoted(text, &mut out);
                index += 1;
            }
            out.push(']');
        }
    }
    out
}
