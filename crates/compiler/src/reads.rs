//! Which signals conditions, contents and rules read.

use std::collections::BTreeSet;

use footlight_core::bundle::{Content, Edit, Rule, Segment};
use footlight_core::condition::{Node, NodeId};
use footlight_core::signal::{Plain, Signal};
use footlight_core::template::{Piece, Template};

/// Adds the signals that an expression reads.
pub(crate) fn of_node(nodes: &[Node], id: NodeId, out: &mut BTreeSet<Signal>) {
    let Some(node) = nodes.get(id.0 as usize) else { return };
    match node {
        Node::Signal(signal) => {
            out.insert(*signal);
        }
        Node::Money(_) => {
            out.insert(Signal::Plain(Plain::MarketId));
        }
        _ => {}
    }
    node.operands(|operand| of_node(nodes, operand, out));
}

fn of_template(nodes: &[Node], template: &Template, out: &mut BTreeSet<Signal>) {
    for piece in &template.pieces {
        if let Piece::Placeholder { value, .. } = piece {
            of_node(nodes, *value, out);
        }
    }
}

fn of_content(nodes: &[Node], content: &Content, out: &mut BTreeSet<Signal>) {
    of_template(nodes, &content.default, out);
    for (_, template) in &content.variants {
        of_template(nodes, template, out);
        out.insert(Signal::Plain(Plain::LanguageTag));
    }
}

/// The signals that decide whether a rule applies, and what it shows.
pub(crate) fn of_rule(
    nodes: &[Node],
    segments: &[Segment],
    contents: &[Content],
    rule: &Rule,
) -> BTreeSet<Signal> {
    let mut signals = BTreeSet::new();
    for segment in rule.segments.iter().filter_map(|&segment| segments.get(usize::from(segment))) {
        of_node(nodes, segment.condition, &mut signals);
    }
    if let Some(condition) = rule.condition {
        of_node(nodes, condition, &mut signals);
    }
    for edit in rule.variants.iter().flat_map(|variant| &variant.edits) {
        match edit {
            Edit::Insert { content, .. } | Edit::SetAttribute { content, .. } => {
                if let Some(content) = contents.get(usize::from(*content)) {
                    of_content(nodes, content, &mut signals);
                }
            }
            Edit::Price { .. } => {
                signals.insert(Signal::Plain(Plain::MarketId));
            }
            Edit::RemoveAttribute { .. } | Edit::Remove { .. } => {}
        }
    }
    signals
}
