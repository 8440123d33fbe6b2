//! `segments.toml`.

use super::{NAME, Shape, optional, required};
use crate::shape::Record;

/// The file.
pub(crate) static SEGMENTS: Shape = Shape::Record(&Record {
    what: "segments file",
    fields: &[optional(
        "segment",
        Shape::List(&Shape::Record(&SEGMENT)),
        "the audiences, one `[[segment]]` each",
    )],
});

static SEGMENT: Record = Record {
    what: "segment",
    fields: &[
        required("id", NAME, "id = \"returning-hikers\"", "its name"),
        required(
            "kind",
            Shape::Choice {
                what: "segment kind",
                choices: || vec!["behavioural", "intent", "value", "need"],
            },
            "kind = \"behavioural\"",
            "why it is an audience: behavioural (what visitors did), intent (what they are about to do), value (what they are worth to the shop), need (where or with what they shop)",
        ),
        optional(
            "evidence",
            Shape::Text,
            "the least evidence it needs, a condition; behavioural and intent segments must state it",
        ),
        required("condition", Shape::Text, "condition = \"visitor.returning\"", "who is in it, a condition"),
        optional("description", Shape::Text, "who that is, for people"),
    ],
};
