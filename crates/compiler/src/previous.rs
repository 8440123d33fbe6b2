//! The bundle before: who sees which variant now, so that as few as possible see another one tomorrow.

use footlight_core::bundle::Bundle;
use footlight_core::experiment::{Allocation, Experiment};
use footlight_core::notes::Notes;
use footlight_core::texts::Texts;

/// Visitors whose assignments are compared.
const VISITORS: u32 = 20_000;

/// The bundle that is replaced.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Previous<'p> {
    bundle: &'p Bundle,
    notes: &'p Notes,
}

/// An experiment that is running, with the names of its variants.
#[derive(Clone, Debug)]
pub(crate) struct Running<'p> {
    experiment: &'p Experiment,
    texts: &'p Texts,
    variants: Vec<&'p str>,
}

impl<'p> Previous<'p> {
    pub(crate) const fn new((bundle, notes): (&'p Bundle, &'p Notes)) -> Self {
        Self { bundle, notes }
    }

    /// The experiment of a rule.
    pub(crate) fn experiment(&self, rule: &str) -> Option<Running<'p>> {
        let number = self.notes.rules.iter().position(|known| known == rule)?;
        let rule = self.bundle.rules.get(number)?;
        let name = |number: u16| self.notes.variants.get(usize::from(number)).map_or("", String::as_str);
        let variants = rule.variants.iter().map(|variant| name(variant.name)).collect();
        Some(Running { experiment: rule.experiment.as_ref()?, texts: &self.bundle.texts, variants })
    }
}

impl Running<'_> {
    pub(crate) fn salt(&self) -> &str {
        self.texts.get(self.experiment.seed)
    }

    /// Who sees which of `variants`; those that are gone leave their visitors to the others.
    pub(crate) fn allocations(&self, variants: &[&str]) -> Vec<Allocation> {
        let place = |part: &Allocation| {
            let name = self.variants.get(usize::from(part.variant))?;
            let variant = variants.iter().position(|variant| variant == name)?;
            Some(Allocation { range: part.range, variant: u8::try_from(variant).ok()? })
        };
        self.experiment.allocations.iter().filter_map(place).collect()
    }

    /// The share of all visitors who see another variant, or are in or out, under `after`, whose texts are `texts`.
    pub(crate) fn moved_share(&self, after: &Experiment, texts: &Texts, variants: &[&str]) -> f64 {
        let name = |names: &[&str], variant: Option<u8>| {
            variant.and_then(|variant| names.get(usize::from(variant)).map(|name| (*name).to_owned()))
        };
        let moved = (0..VISITORS).filter(|visitor| {
            // As profiles name visitors: 32 hexadecimal digits.
            let id = format!(
                "{:032x}",
                u128::from(*visitor).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835)
            );
            let before = self.experiment.assign(self.texts, &id);
            name(&self.variants, before) != name(variants, after.assign(texts, &id))
        });
        f64::from(u32::try_from(moved.count()).unwrap_or(u32::MAX)) / f64::from(VISITORS)
    }
}
