//! The checks that let the evaluator trust a bundle: every reference leads somewhere, nothing recurses for ever.

use alloc::vec::Vec;
use core::fmt;

use super::{Bundle, Site};
use crate::condition::{MAX_DEPTH, Node, Set};
use crate::stage::Stage;
use crate::texts::Texts;
use crate::wire::References;

/// What is impossible about a bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// The text table's ends do not ascend or fall inside a character.
    Texts,
    /// A reference leads nowhere.
    Reference,
    /// An expression comes before its operands.
    Order,
    /// An expression is deeper than the evaluator goes.
    Depth,
    /// A set is not in the order that look-ups need.
    Unsorted,
    /// There is not one plan for each stage.
    Stages,
    /// A rule has no segment.
    RuleWithoutSegment,
    /// A rule without an experiment has not exactly one variant.
    Variants,
    /// Rules are not in their total order.
    RuleOrder,
    /// There is no locale, or a market that cannot write dates in one.
    Site,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Texts => f.write_str("its text table is broken"),
            Self::Reference => f.write_str("a reference leads nowhere"),
            Self::Order => f.write_str("an expression comes before its operands"),
            Self::Depth => write!(f, "an expression is nested deeper than {MAX_DEPTH}"),
            Self::Unsorted => f.write_str("a set is not sorted"),
            Self::Stages => f.write_str("it does not have one plan for each stage"),
            Self::RuleWithoutSegment => f.write_str("a rule has no segment"),
            Self::Variants => f.write_str("a rule without an experiment has not exactly one variant"),
            Self::RuleOrder => f.write_str("its rules are not in order"),
            Self::Site => f.write_str("it lacks locales, or how a market writes dates in one"),
        }
    }
}

type Checked = Result<(), Flaw>;

/// `references` are those that were met while the bundle was read.
pub(super) fn validate(bundle: &Bundle, references: &References) -> Checked {
    if !bundle.texts.is_sound() {
        return Err(Flaw::Texts);
    }
    nodes(bundle)?;
    refer(bundle, references)?;
    site(&bundle.site)?;
    rules(bundle)?;
    if bundle.stages.len() != Stage::ALL.len() {
        return Err(Flaw::Stages);
    }
    for stage in &bundle.stages {
        ascend(&stage.rules, Flaw::RuleOrder)?;
    }
    Ok(())
}

fn demand(holds: bool, flaw: Flaw) -> Checked {
    if holds { Ok(()) } else { Err(flaw) }
}

fn ascend<T: PartialOrd>(items: &[T], flaw: Flaw) -> Checked {
    demand(items.is_sorted_by(|a, b| a < b), flaw)
}

fn refer(bundle: &Bundle, references: &References) -> Checked {
    let Bundle { site, texts, nodes, segments, slots, targets, contents, rules, .. } = bundle;
    let Site { zones, headers, page_attributes, questions, custom, .. } = site;
    // In the order of `Table`.
    let lengths = [
        texts.len(),
        nodes.len(),
        segments.len(),
        (*slots).into(),
        targets.len(),
        contents.len(),
        rules.len(),
        zones.len(),
        headers.len(),
        page_attributes.len(),
        questions.len(),
        custom.len(),
    ];
    let within = references.iter().zip(lengths).all(|(&highest, length)| highest as usize <= length);
    demand(within, Flaw::Reference)
}

fn nodes(bundle: &Bundle) -> Checked {
    let mut depths: Vec<u8> = Vec::with_capacity(bundle.nodes.len());
    for node in &bundle.nodes {
        let mut deepest = Some(0);
        node.operands(|operand| {
            let depth = depths.get(operand.0 as usize).copied();
            deepest = deepest.zip(depth).map(|(a, b)| a.max(b));
        });
        let depth = deepest.ok_or(Flaw::Order)? + 1;
        demand(usize::from(depth) <= MAX_DEPTH, Flaw::Depth)?;
        depths.push(depth);
        if let Node::OneOf { set, .. } = node {
            demand(is_sorted(set, &bundle.texts), Flaw::Unsorted)?;
        }
    }
    Ok(())
}

/// Look-ups go by halves.
fn is_sorted(set: &Set, texts: &Texts) -> bool {
    match set {
        Set::Texts(ids) => ids.is_sorted_by(|&a, &b| texts.get(a) < texts.get(b)),
        Set::Ints(ints) => ints.is_sorted_by(|a, b| a < b),
        Set::Others(_) => true,
    }
}

fn site(site: &Site) -> Checked {
    let locales = site.locales.len();
    demand(locales > 0, Flaw::Site)?;
    for market in &site.markets {
        demand(market.dates.len() == locales, Flaw::Site)?;
        ascend(&market.countries, Flaw::Unsorted)?;
    }
    demand(site.zones.is_sorted_by(|a, b| a.name < b.name), Flaw::Unsorted)?;
    demand(site.tiers.is_sorted_by(|a, b| a.from_minor < b.from_minor), Flaw::Unsorted)
}

fn rules(bundle: &Bundle) -> Checked {
    let locales = bundle.site.locales.len();
    for content in &bundle.contents {
        let known = content.variants.iter().all(|(locale, _)| usize::from(*locale) < locales);
        demand(known, Flaw::Reference)?;
    }
    for rule in &bundle.rules {
        demand(!rule.segments.is_empty(), Flaw::RuleWithoutSegment)?;
        let variants = rule.variants.len();
        match &rule.experiment {
            None => demand(variants == 1, Flaw::Variants)?,
            Some(experiment) => {
                let known = experiment.allocations.iter().all(|part| usize::from(part.variant) < variants);
                demand(known, Flaw::Reference)?;
            }
        }
    }
    // That names ascend where priorities are equal is the compiler's to see to: names are not here.
    demand(bundle.rules.is_sorted_by(|a, b| a.priority >= b.priority), Flaw::RuleOrder)
}
