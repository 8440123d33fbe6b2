//! Conditions written back as CEL, for explanations.

use super::{Arithmetic, Comparison, Literal, Node, NodeId, Quantifier, Set, TextTest};
use crate::ascii::without_end;
use crate::bundle::Bundle;
use crate::notes::Notes;
use crate::signal;
use crate::time;
use crate::write;
use alloc::string::String;

/// Appends the CEL text of a condition. Long lists are cut after eight elements.
pub fn display(bundle: &Bundle, notes: &Notes, id: NodeId, out: &mut String) {
    let Some(node) = bundle.nodes.get(id.0 as usize) else { return };
    match node {
        Node::Literal(literal) => write_literal(bundle, *literal, out),
        Node::List(set) => write_set(bundle, set, out),
        Node::Signal(signal) => signal::write_name(bundle, notes, *signal, out),
        Node::Element { depth } => {
            out.push_str("it");
            (0..*depth).for_each(|_| out.push('_'));
        }
        Node::Not(a) => {
            out.push('!');
            write_operand(bundle, notes, *a, out);
        }
        Node::And(all) => write_joined(bundle, notes, all, " && ", out),
        Node::Or(any) => write_joined(bundle, notes, any, " || ", out),
        Node::If { test, then, otherwise } => {
            write_operand(bundle, notes, *test, out);
            out.push_str(" ? ");
            write_operand(bundle, notes, *then, out);
            out.push_str(" : ");
            write_operand(bundle, notes, *otherwise, out);
        }
        Node::Compare { operator, left, right } => {
            write_operand(bundle, notes, *left, out);
            out.push_str(match operator {
                Comparison::Equal => " == ",
                Comparison::NotEqual => " != ",
                Comparison::Less => " < ",
                Comparison::LessOrEqual => " <= ",
                Comparison::Greater => " > ",
                Comparison::GreaterOrEqual => " >= ",
            });
            write_operand(bundle, notes, *right, out);
        }
        Node::OneOf { value, set } => {
            write_operand(bundle, notes, *value, out);
            out.push_str(" in ");
            write_set(bundle, set, out);
        }
        Node::In { value, list } => {
            write_operand(bundle, notes, *value, out);
            out.push_str(" in ");
            write_operand(bundle, notes, *list, out);
        }
        Node::TextTest { test, text, part } => {
            write_operand(bundle, notes, *text, out);
            out.push_str(match test {
                TextTest::StartsWith => ".startsWith(",
                TextTest::EndsWith => ".endsWith(",
                TextTest::Contains => ".contains(",
            });
            display(bundle, notes, *part, out);
            out.push(')');
        }
        Node::Size(a) => write_call(bundle, notes, "size", *a, out),
        Node::Known(a) => write_call(bundle, notes, "has", *a, out),
        Node::Arithmetic { operator, left, right } => {
            write_operand(bundle, notes, *left, out);
            out.push_str(match operator {
                Arithmetic::Add => " + ",
                Arithmetic::Subtract => " - ",
                Arithmetic::Multiply => " * ",
                Arithmetic::Divide => " / ",
                Arithmetic::Remainder => " % ",
            });
            write_operand(bundle, notes, *right, out);
        }
        Node::Negate(a) => {
            out.push('-');
            write_operand(bundle, notes, *a, out);
        }
        Node::Quantifier { quantifier, list, body } => {
            write_operand(bundle, notes, *list, out);
            out.push_str(match quantifier {
                Quantifier::Exists => ".exists(it, ",
                Quantifier::All => ".all(it, ",
            });
            display(bundle, notes, *body, out);
            out.push(')');
        }
        Node::Money(amount_minor) => {
            out.push_str("money(");
            write::int(*amount_minor, out);
            out.push_str(" minor)");
        }
    }
}

fn write_operand(bundle: &Bundle, notes: &Notes, id: NodeId, out: &mut String) {
    let compound = matches!(
        bundle.nodes.get(id.0 as usize),
        Some(
            Node::And(_)
                | Node::Or(_)
                | Node::If { .. }
                | Node::Compare { .. }
                | Node::OneOf { .. }
                | Node::In { .. }
                | Node::Arithmetic { .. }
        )
    );
    if compound {
        out.push('(');
    }
    display(bundle, notes, id, out);
    if compound {
        out.push(')');
    }
}

fn write_joined(bundle: &Bundle, notes: &Notes, operands: &[NodeId], separator: &str, out: &mut String) {
    for (index, &operand) in operands.iter().enumerate() {
        if index > 0 {
            out.push_str(separator);
        }
        write_operand(bundle, notes, operand, out);
    }
}

fn write_call(bundle: &Bundle, notes: &Notes, name: &str, argument: NodeId, out: &mut String) {
    out.push_str(name);
    out.push('(');
    display(bundle, notes, argument, out);
    out.push(')');
}

fn write_set(bundle: &Bundle, set: &Set, out: &mut String) {
    const SHOWN: usize = 8;
    let (count, literals): (usize, alloc::vec::Vec<Literal>) = match set {
        Set::Texts(texts) => (texts.len(), texts.iter().take(SHOWN).map(|&id| Literal::Text(id)).collect()),
        Set::Ints(ints) => (ints.len(), ints.iter().take(SHOWN).map(|&int| Literal::Int(int)).collect()),
        Set::Others(others) => (others.len(), others.iter().take(SHOWN).copied().collect()),
    };
    out.push('[');
    for (index, literal) in literals.into_iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        write_literal(bundle, literal, out);
    }
    if count > SHOWN {
        out.push_str(", … ");
        write::int((count - SHOWN) as i64, out);
        out.push_str(" more");
    }
    out.push(']');
}

fn write_literal(bundle: &Bundle, literal: Literal, out: &mut String) {
    match literal {
        Literal::Bool(value) => out.push_str(if value { "true" } else { "false" }),
        Literal::Int(number) => write::int(number, out),
        Literal::Double(number) => write_double(number, out),
        Literal::Text(id) => write_quoted(bundle.texts.get(id), out),
        Literal::Timestamp(ms) => {
            out.push_str("timestamp('");
            time::write_rfc3339(ms, out);
            out.push_str("')");
        }
        Literal::Duration(ms) => {
            out.push_str("duration('");
            write::int(ms / 1_000, out);
            out.push_str("s')");
        }
    }
}

/// A double with at most six decimals, without pulling float formatting into the edge module.
pub(crate) fn write_double(number: f64, out: &mut String) {
    const MICRO: f64 = 1_000_000.0;
    if !number.is_finite() || number.abs() > 9e12 {
        out.push_str(if number > 0.0 { "very large" } else { "very small" });
        return;
    }
    let micros = (number * MICRO + if number < 0.0 { -0.5 } else { 0.5 }) as i64;
    if micros < 0 {
        out.push('-');
    }
    let micros = micros.unsigned_abs();
    write::unsigned(micros / 1_000_000, 1, out);
    out.push('.');
    write::unsigned(micros % 1_000_000, 6, out);
    out.truncate(without_end(out, "0").len());
    if out.ends_with(".") {
        out.push('0');
    }
}

/// Text in CEL's single quotes.
pub(crate) fn write_quoted(text: &str, out: &mut String) {
    out.push('\'');
    for character in text.chars() {
        match character {
            '\'' | '\\' => {
                out.push('\\');
                out.push(character);
            }
            '\n' => out.push_str("\\n"),
            _ => out.push(character),
        }
    }
    out.push('\'');
}
