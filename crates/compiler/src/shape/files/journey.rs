//! `journey.toml`: what each stage allows.

use super::{Keys, Shape, kinds, optional, stages};
use crate::shape::Record;

const KIND: Shape = Shape::Choice { what: "kind", choices: kinds };

/// The file.
pub(crate) static JOURNEY: Shape = Shape::Map {
    keys: Keys::Choice { what: "stage", choices: stages },
    value: &Shape::Record(&Record {
        what: "stage law",
        fields: &[
            optional("allow", Shape::List(&KIND), "kinds of action that the stage allows"),
            optional(
                "max_interventions",
                Shape::Whole { least: 0, most: 20 },
                "most interventions on one page",
            ),
            optional(
                "limits",
                Shape::Map {
                    keys: Keys::Choice { what: "kind", choices: kinds },
                    value: &Shape::Whole { least: 0, most: 20 },
                },
                "tighter limits for single kinds",
            ),
            optional("uncounted", Shape::List(&KIND), "kinds that are no intervention"),
        ],
    }),
};
