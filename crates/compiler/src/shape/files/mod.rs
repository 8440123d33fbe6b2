//! One file of shapes for each kind of TOML file.

mod cases;
mod journey;
mod prices;
mod rules;
mod segments;
mod site;
mod traffic;

pub(crate) use cases::CASES;
pub(crate) use journey::JOURNEY;
pub(crate) use prices::PRICES;
pub(crate) use rules::{KPIS, RULES};
pub(crate) use segments::SEGMENTS;
pub(crate) use site::SITE;
pub(crate) use traffic::TRAFFIC;

use footlight_core::stage::Stage;

use super::{Field, Keys, Shape};

const NAME: Shape = Shape::Name { path: false };
const TEXTS: Shape = Shape::List(&Shape::Text);
/// A text, or a text in each language.
const TEMPLATE: Shape =
    Shape::Either(&[Shape::Text, Shape::Map { keys: Keys::Any("language"), value: &Shape::Text }]);
const POSITIVE: Shape = Shape::Whole { least: 1, most: 1_000_000 };
const STAGE: Shape = Shape::Choice { what: "stage", choices: stages };

fn stages() -> Vec<&'static str> {
    Stage::ALL.into_iter().map(Stage::name).collect()
}

fn kinds() -> Vec<&'static str> {
    footlight_core::bundle::Kind::ALL.into_iter().map(footlight_core::bundle::Kind::name).collect()
}

/// A key that can be left out.
const fn optional(name: &'static str, shape: Shape, meaning: &'static str) -> Field {
    Field { name, shape, required: None, meaning }
}

/// A key that must be there, with a line to write.
const fn required(name: &'static str, shape: Shape, example: &'static str, meaning: &'static str) -> Field {
    Field { name, shape, required: Some(example), meaning }
}
