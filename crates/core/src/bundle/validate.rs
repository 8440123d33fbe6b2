//! The checks that let the evaluator trust a bundle: every reference leads somewhere, nothing recurses for ever.

use alloc::vec::Vec;
use core::fmt;

use super::{Bundle, CacheClass, Edit, Origin, Rule};
use crate::condition::{Literal, MAX_DEPTH, Node, NodeId, Set};
use crate::signal::Signal;
use crate::stage::Stage;
use crate::template::{Piece, Template};
use crate::texts::TextId;

/// What is impossible about a bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// The text table's ends do not ascend or fall inside a character.
    Texts,
    /// A reference leads nowhere.
    Reference {
        /// What the reference is to.
        to: &'static str,
    },
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
    /// There is no locale, no zone for the shop, or a market that cannot write dates in a locale.
    Site,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Texts => f.write_str("its text table is broken"),
            Self::Reference { to } => write!(f, "a reference to a {to} leads nowhere"),
            Self::Order => f.write_str("an expression comes before its operands"),
            Self::Depth => write!(f, "an expression is nested deeper than {MAX_DEPTH}"),
            Self::Unsorted => f.write_str("a set is not sorted"),
            Self::Stages => f.write_str("it does not have one plan for each stage"),
            Self::RuleWithoutSegment => f.write_str("a rule has no segment"),
            Self::Variants => f.write_str("a rule without an experiment has not exactly one variant"),
            Self::RuleOrder => f.write_str("its rules are not in order"),
            Self::Site => {
                f.write_str("it lacks locales, how a market writes dates in one, or the shop's time zone")
            }
        }
    }
}

type Checked = Result<(), Flaw>;

pub(super) fn validate(bundle: &Bundle) -> Checked {
    Validation { bundle }.run()
}

struct Validation<'a> {
    bundle: &'a Bundle,
}

fn within(index: usize, length: usize, to: &'static str) -> Checked {
    if index < length { Ok(()) } else { Err(Flaw::Reference { to }) }
}

impl Validation<'_> {
    fn run(&self) -> Checked {
        let bundle = self.bundle;
        if !bundle.texts.is_sound() {
            return Err(Flaw::Texts);
        }
        self.nodes()?;
        self.site()?;
        for segment in &bundle.segments {
            self.text(segment.id)?;
            self.node(segment.condition)?;
        }
        bundle.slots.iter().try_for_each(|slot| self.text(slot.id))?;
        for target in &bundle.targets {
            within(target.slot.into(), bundle.slots.len(), "slot")?;
        }
        for content in &bundle.contents {
            self.text(content.id)?;
            self.template(&content.default)?;
            for (locale, template) in &content.variants {
                within((*locale).into(), bundle.site.locales.len(), "locale")?;
                self.template(template)?;
            }
        }
        self.rules()?;
        self.stages()
    }

    fn text(&self, id: TextId) -> Checked {
        within(id.0 as usize, self.bundle.texts.len(), "text")
    }

    fn node(&self, id: NodeId) -> Checked {
        within(id.0 as usize, self.bundle.nodes.len(), "condition")
    }

    fn nodes(&self) -> Checked {
        let mut depths: Vec<u8> = Vec::with_capacity(self.bundle.nodes.len());
        for node in &self.bundle.nodes {
            let mut deepest = Ok(0);
            node.operands(|operand| {
                deepest = match (deepest, depths.get(operand.0 as usize)) {
                    (Ok(deepest), Some(&depth)) => Ok(depth.max(deepest)),
                    (Ok(_), None) => Err(Flaw::Order),
                    (error, _) => error,
                };
            });
            let depth = deepest?.saturating_add(1);
            if usize::from(depth) > MAX_DEPTH {
                return Err(Flaw::Depth);
            }
            depths.push(depth);
            match node {
                Node::Literal(literal) => self.literal(*literal)?,
                Node::List(set) | Node::OneOf { set, .. } => {
                    self.set(set, matches!(node, Node::OneOf { .. }))?
                }
                Node::Signal(signal) => self.signal(*signal)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn literal(&self, literal: Literal) -> Checked {
        match literal {
            Literal::Text(id) => self.text(id),
            _ => Ok(()),
        }
    }

    fn set(&self, set: &Set, sorted: bool) -> Checked {
        match set {
            Set::Texts(ids) => {
                ids.iter().try_for_each(|&id| self.text(id))?;
                let texts = &self.bundle.texts;
                if sorted && !ids.is_sorted_by(|&a, &b| texts.get(a) < texts.get(b)) {
                    return Err(Flaw::Unsorted);
                }
                Ok(())
            }
            Set::Ints(ints) if sorted && !ints.is_sorted_by(|a, b| a < b) => Err(Flaw::Unsorted),
            Set::Ints(_) => Ok(()),
            Set::Others(literals) => literals.iter().try_for_each(|&literal| self.literal(literal)),
        }
    }

    fn signal(&self, signal: Signal) -> Checked {
        match signal {
            Signal::Plain(_) => Ok(()),
            Signal::Query(id) | Signal::Route(id) | Signal::Affinity(id) => self.text(id),
            Signal::Answer(index) => within(index.into(), self.bundle.site.questions.len(), "question"),
            Signal::Custom(index) => within(index.into(), self.bundle.site.custom.len(), "custom signal"),
        }
    }

    fn origin(&self, origin: &Origin) -> Checked {
        let site = &self.bundle.site;
        match origin {
            Origin::Header(index) => within((*index).into(), site.headers.len(), "header"),
            Origin::Page(index) => within((*index).into(), site.page_attributes.len(), "page attribute"),
            Origin::Cookie(_) | Origin::Query(_) | Origin::Route(_) => Ok(()),
        }
    }

    fn site(&self) -> Checked {
        let site = &self.bundle.site;
        let is_zone = |index: u16| usize::from(index) < site.zones.len();
        let ships_by_known_clock = site.shipping.as_ref().is_none_or(|plan| is_zone(plan.time_zone));
        if site.locales.is_empty() || !is_zone(site.shop_zone) || !ships_by_known_clock {
            return Err(Flaw::Site);
        }
        for market in &site.markets {
            [market.id, market.locale, market.tax_label].into_iter().try_for_each(|id| self.text(id))?;
            if market.dates.len() != site.locales.len() {
                return Err(Flaw::Site);
            }
            if !market.countries.is_sorted_by(|a, b| a < b) {
                return Err(Flaw::Unsorted);
            }
        }
        if !site.zones.is_sorted_by(|a, b| a.name < b.name) {
            return Err(Flaw::Unsorted);
        }
        for custom in &site.custom {
            self.text(custom.name)?;
            self.origin(&custom.origin)?;
        }
        for question in &site.questions {
            self.text(question.name)?;
            question.answers.iter().try_for_each(|&id| self.text(id))?;
        }
        site.holdouts.iter().try_for_each(|holdout| self.text(holdout.seed))?;
        site.tiers.iter().try_for_each(|tier| self.text(tier.name))?;
        if !site.tiers.is_sorted_by(|a, b| a.from_minor < b.from_minor) {
            return Err(Flaw::Unsorted);
        }
        let (page, shop) = (&site.page, &site.shop);
        [&page.category, &page.product, &page.price, &page.stock]
            .into_iter()
            .chain([&shop.cart_items, &shop.cart_value, &shop.order_id, &shop.order_value])
            .flatten()
            .try_for_each(|origin| self.origin(origin))
    }

    fn template(&self, template: &Template) -> Checked {
        template.pieces.iter().try_for_each(|piece| match *piece {
            Piece::Literal(id) => self.text(id),
            Piece::Placeholder { value, .. } => self.node(value),
        })
    }

    fn rules(&self) -> Checked {
        let bundle = self.bundle;
        for rule in &bundle.rules {
            self.text(rule.id)?;
            if rule.segments.is_empty() {
                return Err(Flaw::RuleWithoutSegment);
            }
            for &segment in &rule.segments {
                within(segment.into(), bundle.segments.len(), "segment")?;
            }
            rule.condition.map_or(Ok(()), |condition| self.node(condition))?;
            within(rule.slot.into(), bundle.slots.len(), "slot")?;
            self.experiment(rule)?;
            for variant in &rule.variants {
                self.text(variant.id)?;
                variant.preloads.iter().try_for_each(|&id| self.text(id))?;
                variant.edits.iter().try_for_each(|edit| self.edit(edit))?;
            }
        }
        let in_order = bundle.rules.is_sorted_by(|a, b| {
            a.priority > b.priority
                || a.priority == b.priority && bundle.texts.get(a.id) < bundle.texts.get(b.id)
        });
        if in_order { Ok(()) } else { Err(Flaw::RuleOrder) }
    }

    fn experiment(&self, rule: &Rule) -> Checked {
        let Some(experiment) = &rule.experiment else {
            return if rule.variants.len() == 1 { Ok(()) } else { Err(Flaw::Variants) };
        };
        self.text(experiment.seed)?;
        experiment.namespace.map_or(Ok(()), |namespace| self.text(namespace.id))?;
        experiment
            .allocations
            .iter()
            .try_for_each(|part| within(part.variant.into(), rule.variants.len(), "variant"))
    }

    fn edit(&self, edit: &Edit) -> Checked {
        let bundle = self.bundle;
        within(edit.target().into(), bundle.targets.len(), "target")?;
        match edit {
            Edit::Insert { content, .. } => within((*content).into(), bundle.contents.len(), "content"),
            Edit::SetAttribute { name, content, .. } => {
                self.text(*name)?;
                within((*content).into(), bundle.contents.len(), "content")
            }
            Edit::RemoveAttribute { name, .. } => self.text(*name),
            Edit::Remove { .. } | Edit::Price { .. } => Ok(()),
        }
    }

    fn stages(&self) -> Checked {
        if self.bundle.stages.len() != Stage::ALL.len() {
            return Err(Flaw::Stages);
        }
        for stage in &self.bundle.stages {
            for &rule in &stage.rules {
                within(rule as usize, self.bundle.rules.len(), "rule")?;
            }
            if !stage.rules.is_sorted_by(|a, b| a < b) {
                return Err(Flaw::RuleOrder);
            }
            if let CacheClass::Shared { key, .. } = &stage.cache {
                key.iter().try_for_each(|&signal| self.signal(signal))?;
            }
        }
        Ok(())
    }
}
