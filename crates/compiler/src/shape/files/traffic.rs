//! `traffic.toml`, which the command writes.

use super::{Keys, Shape, optional, required, stages};
use crate::shape::Record;

const COUNT: Shape = Shape::Whole { least: 0, most: i64::MAX };
const BY_STAGE: Keys = Keys::Choice { what: "stage", choices: stages };

/// The file.
pub(crate) static TRAFFIC: Shape = Shape::Record(&Record {
    what: "traffic file",
    fields: &[
        required("log", Shape::Record(&LOG), "[log]", "what was replayed"),
        optional("stage", Shape::Map { keys: BY_STAGE, value: &Shape::Record(&AT_STAGE) }, "the stages"),
        optional(
            "segment",
            Shape::Map { keys: Keys::Any("segment"), value: &Shape::Record(&SEGMENT) },
            "the segments",
        ),
        optional("rule", Shape::Map { keys: Keys::Any("rule"), value: &Shape::Record(&RULE) }, "the rules"),
    ],
});

static LOG: Record = Record {
    what: "log",
    fields: &[
        optional("from", Shape::Moment, "the first request"),
        optional("until", Shape::Moment, "the last"),
        required("views", COUNT, "views = 120000", "page views"),
        required("visitors", COUNT, "visitors = 9000", "visitors"),
        optional("consent", Shape::Text, "what visitors were taken to have consented to"),
    ],
};

static AT_STAGE: Record = Record {
    what: "stage",
    fields: &[
        optional("views", COUNT, "page views"),
        optional("visitors", COUNT, "visitors"),
        optional("personalized", Shape::Decimal, "share of views for which a rule won"),
        optional("held_out", Shape::Decimal, "share of views of visitors who were held out"),
    ],
};

static SEGMENT: Record = Record {
    what: "segment",
    fields: &[
        required("condition", Shape::Text, "condition = \"1f2e3d4c\"", "tells whether it is still the same"),
        required("visitors", Shape::Decimal, "visitors = 0.25", "share of all visitors"),
        optional("views", Shape::Map { keys: BY_STAGE, value: &Shape::Decimal }, "share of a stage's views"),
    ],
};

static RULE: Record = Record {
    what: "rule",
    fields: &[
        required("visitors", Shape::Decimal, "visitors = 0.25", "share of its stage's visitors"),
        optional("views", COUNT, "page views that it won"),
    ],
};
