//! Decisions as numbers, for the endpoints; the worker's `report.ts` puts the words to them.
//!
//! Written as postcard would write a list of slots between the market, as an option, and the reasons: rule, number of the
//! variant's name, slot, and edits; of each edit target, kind, place, name and text, whether it has them or not.

use alloc::vec::Vec;

use footlight_core::bundle::Bundle;
use footlight_core::decide::{Change, Decision, SlotEdit};
use footlight_core::wire::{write_text, write_varint};

pub(crate) fn report(bundle: &Bundle, decision: &Decision, out: &mut Vec<u8>) {
    out.push(u8::from(decision.market.is_some()));
    if let Some(market) = decision.market {
        write_varint(market.into(), out);
    }
    write_varint(decision.winners.len() as u64, out);
    for winner in &decision.winners {
        let Some((rule, variant)) = winner.of(bundle) else { continue };
        // INVARIANT: one rule fills one slot, so a slot's edits are those of its rule.
        let is_here = |edit: &&SlotEdit| {
            bundle.targets.get(usize::from(edit.target)).is_some_and(|target| target.slot == rule.slot)
        };
        let edits = decision.edits.iter().filter(is_here);
        for number in [winner.rule, variant.name.into(), rule.slot.into(), edits.clone().count() as u32] {
            write_varint(number.into(), out);
        }
        for edit in edits {
            let text = |id| bundle.texts.get(id);
            let (kind, place, name, value) = match &edit.change {
                Change::Insert { place, html } => (0, *place as u8, "", html.as_str()),
                Change::SetAttribute { name, value } => (1, 0, text(*name), value.as_str()),
                Change::RemoveAttribute { name } => (2, 0, text(*name), ""),
                Change::Remove => (3, 0, "", ""),
                Change::Price => (4, 0, "", ""),
            };
            write_varint(edit.target.into(), out);
            out.push(kind);
            out.push(place);
            write_text(name, out);
            write_text(value, out);
        }
    }
}
