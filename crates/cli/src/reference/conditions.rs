//! The subset of CEL.

use footlight_compiler::language::{FUNCTIONS, Form, LITERALS, OPERATORS, OUTSIDE};

use super::{code, table};

pub(super) fn text() -> String {
    let mut out = String::from(
        "# Conditions

Conditions stand in a segment's `condition` and `evidence`, in a rule's `when`, and, as values, in placeholders. They are
written in a subset of [CEL](https://cel.dev), the Common Expression Language: everything in it is decided in microseconds.

Three values: a condition holds, does not hold, or is *unknown*, when it needs something that nobody knows. Unknown never
matches, and `!` of unknown is unknown. Types are strict: texts are not compared with numbers, nor `2` with `2.0` in sums.
What can be asked for is in [signals](signals.md).

## Values

",
    );
    forms(&mut out, LITERALS);
    out.push_str("\n## Operators\n\nThose that bind most tightly first; parentheses change that.\n\n");
    forms(&mut out, OPERATORS);
    out.push_str("\n## Functions\n\n");
    forms(&mut out, FUNCTIONS);
    out.push_str("\n## What CEL has and rules have not\n\n");
    let rows =
        OUTSIDE.iter().map(|(name, what, instead)| [code(name), (*what).to_owned(), (*instead).to_owned()]);
    table(&mut out, ["name", "what it is", "instead"], rows);
    out
}

fn forms(out: &mut String, forms: &[Form]) {
    let rows = forms.iter().map(|form| [code(form.written), form.meaning.to_owned(), code(form.example)]);
    table(out, ["written", "meaning", "example"], rows);
}
