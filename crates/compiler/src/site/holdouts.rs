//! Visitors who get no personalization at all.

use footlight_core::experiment::Holdout;
use footlight_core::stage::{Stage, Stages};

use super::decimal_text;
use crate::diagnostic::experiments;
use crate::program::Program;
use crate::shape::Table;

pub(super) fn read(table: Table<'_>, program: &mut Program) -> Vec<Holdout> {
    let mut holdouts = Vec::new();
    for holdout in table.tables("holdout") {
        let Some(item) = holdout.item("share") else { continue };
        let Some(share) = decimal_text(item).and_then(|share| share.parse::<f64>().ok()) else { continue };
        if !(0.0..=1.0).contains(&share) {
            program.report(experiments::bad_holdout(item.at));
            continue;
        }
        let named = holdout.list("stages").iter().filter_map(|item| Stage::from_name(item.excerpt()?.text));
        let stages: Stages =
            if holdout.item("stages").is_some() { named.collect() } else { Stage::ALL.into_iter().collect() };
        let salt = holdout.text("salt").map_or("holdout", |salt| salt.text);
        holdouts.push(Holdout { seed: program.texts.intern(salt), share, stages });
    }
    holdouts
}
