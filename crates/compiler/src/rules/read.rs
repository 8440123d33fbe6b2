//! Reads rule files.

use std::collections::{BTreeMap, BTreeSet};

use footlight_core::bundle::{Cap, Kind, Rule, Variant};
use footlight_core::condition::{Literal, Node};
use footlight_core::consent::Purposes;
use footlight_core::experiment::Experiment;
use footlight_core::hash::fnv1a;
use footlight_core::stage::{Stage, Stages};

use super::actions::{Action, Effects};
use super::edits::Parts;
use super::experiment;
use super::schedule;
use crate::cel;
use crate::contents::Contents;
use crate::diagnostic::{At, conditions, experiments, governance, journey, names, shapes};
use crate::journey::Law;
use crate::previous::Previous;
use crate::program::Program;
use crate::segments::Segments;
use crate::shape::{self, RULES, Shape, Table};
use crate::site::{DeclaredSite, DeclaredSlot};
use crate::sources::{FileId, Sources};

/// What rules refer to.
pub(crate) struct Environment<'e> {
    pub(crate) site: Option<&'e DeclaredSite>,
    pub(crate) laws: &'e [Law],
    pub(crate) segments: &'e Segments,
    pub(crate) contents: &'e Contents,
    /// The bundle before, if there is one.
    pub(crate) previous: Option<Previous<'e>>,
    pub(crate) now_ms: i64,
}

/// A rule that was read.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) name: String,
    /// Where its id stands.
    pub(crate) at: At,
    pub(crate) rule: Rule,
}

/// Reads the rules of a file; the ids of earlier files are in `ids`.
pub(crate) fn read(
    file: FileId,
    sources: &Sources,
    environment: &Environment<'_>,
    ids: &mut BTreeMap<String, At>,
    parts: &mut Parts,
    program: &mut Program,
) -> Vec<Draft> {
    let text = sources.read(file, &mut program.diagnostics);
    let item = crate::document::parse(file, text, &mut program.diagnostics);
    shape::check(&item, &RULES, &mut program.diagnostics);
    let Shape::Record(record) = &RULES else { return Vec::new() };
    let table = Table::new(&item, record);
    let path = sources.path(file);
    let stage = path.strip_suffix(".toml").and_then(Stage::from_name);
    let mut drafts = Vec::new();
    for rule in table.tables("rule") {
        let Some(id) = rule.text("id") else {
            // Everything else that is wrong with it is still worth knowing.
            Reader { rule, id: "", path, stage, environment, parts, program }.read();
            continue;
        };
        if let Some(first) = ids.get(id.text) {
            program.report(shapes::duplicate_id(id.whole, "rule", id.text, *first));
        } else {
            ids.insert(id.text.to_owned(), id.whole);
        }
        let compiled = Reader { rule, id: id.text, path, stage, environment, parts, program }.read();
        drafts.extend(compiled.map(|rule| Draft { name: id.text.to_owned(), at: id.whole, rule }));
    }
    drafts
}

struct Reader<'r, 'd, 'e> {
    rule: Table<'d>,
    id: &'r str,
    path: &'r str,
    /// The stage that the file's name says.
    stage: Option<Stage>,
    environment: &'r Environment<'e>,
    parts: &'r mut Parts,
    program: &'r mut Program,
}

impl<'e> Reader<'_, '_, 'e> {
    /// Every part is read before any can fail, so that all mistakes are reported.
    fn read(mut self) -> Option<Rule> {
        let stages = self.stages();
        let segments = self.segments();
        let condition = match self.rule.text("when") {
            Some(when) => cel::condition(when, self.program).map(|node| {
                if self.program.nodes.get(node) == Some(&Node::Literal(Literal::Bool(false))) {
                    self.program.report(conditions::never_true(when.all(), "the rule never applies"));
                }
                Some(node)
            }),
            None => Some(None),
        };
        let kind = self.rule.text("kind").and_then(|kind| Kind::from_name(kind.text));
        self.law(stages, kind);
        let slot = self.slot();
        // What goes into a slot that does not exist is checked all the same.
        let stand_in = DeclaredSlot::stand_in(self.rule.at());
        let (number, declared) = slot.unwrap_or((0, &stand_in));
        let made = self.variants(number, declared, kind);
        let cap = self.cap(stages);
        self.guardrail();
        let schedule = self.environment.site.and_then(|site| {
            let zone = site.site.zones.get(usize::from(site.site.shop_zone))?;
            let (grace, now) = (site.review_grace_days, self.environment.now_ms);
            schedule::read(self.rule, self.id, zone, grace, now, self.program)
        });
        let ((experiment, variants), (slot, _)) = (made?, slot?);
        // `true` says nothing.
        let condition = condition?
            .filter(|node| self.program.nodes.get(*node) != Some(&Node::Literal(Literal::Bool(true))));
        Some(Rule {
            stages: stages?,
            segments: segments?,
            condition,
            kind: kind?,
            priority: self
                .rule
                .whole("priority")
                .and_then(|priority| i32::try_from(priority).ok())
                .unwrap_or(0),
            slot,
            schedule: schedule?,
            cap: cap?,
            // Known when the signals that it reads are.
            purposes: Purposes::NECESSARY,
            experiment,
            variants,
        })
    }

    fn stages(&mut self) -> Option<Stages> {
        if self.rule.item("stages").is_some() {
            let named =
                self.rule.list("stages").iter().filter_map(|item| Stage::from_name(item.excerpt()?.text));
            let stages: Stages = named.collect();
            if self.rule.list("stages").is_empty() {
                self.program.report(journey::rule_without_stage(self.rule.key_at("stages"), self.path));
            }
            return Some(stages).filter(|stages| !stages.is_empty());
        }
        if self.stage.is_none() {
            self.program.report(journey::rule_without_stage(self.rule.at(), self.path));
        }
        self.stage.map(|stage| Stages::default().with(stage))
    }

    fn segments(&mut self) -> Option<Vec<u16>> {
        let (one, several) = (self.rule.item("segment"), self.rule.item("segments"));
        if let (Some(one), Some(several)) = (one, several) {
            self.program.report(journey::segment_twice(several.at, one.at));
        }
        let items: Vec<_> =
            one.into_iter().chain(several.into_iter().flat_map(|several| several.list())).collect();
        if items.is_empty() {
            self.program.report(journey::rule_without_segment(self.rule.at()));
            return None;
        }
        let mut numbers = BTreeSet::new();
        let mut is_sound = true;
        for item in items {
            let Some(name) = item.excerpt() else { continue };
            match self.environment.segments.by_id.get(name.text) {
                Some((_, number)) => {
                    numbers.extend(*number);
                    is_sound &= number.is_some();
                    self.parts.used_segments.extend(*number);
                }
                None => {
                    let known = self.environment.segments.by_id.keys().map(String::as_str);
                    self.program.report(names::unknown_segment(name.whole, name.text, known));
                    is_sound = false;
                }
            }
        }
        is_sound.then(|| numbers.into_iter().collect()).filter(|numbers: &Vec<u16>| !numbers.is_empty())
    }

    fn law(&mut self, stages: Option<Stages>, kind: Option<Kind>) {
        let (Some(stages), Some(kind), Some(written)) = (stages, kind, self.rule.text("kind")) else {
            return;
        };
        for stage in stages.iter() {
            let Some(law) = self.environment.laws.get(stage as usize) else { continue };
            if !law.allowed.contains(&kind) {
                let allowed: Vec<&str> = law.allowed.iter().map(|kind| kind.name()).collect();
                self.program.report(journey::kind_not_allowed(
                    written.whole,
                    kind.name(),
                    stage.name(),
                    &allowed,
                ));
            }
        }
    }

    /// Whether something is named that must not get worse.
    fn guardrail(&mut self) {
        const NOTHING: &[&str] =
            &["", "-", "–", "—", "?", "…", "...", "x", "n/a", "na", "no", "none", "nothing", "tbd", "todo"];
        let (Some(guardrail), Some(kpi)) = (self.rule.text("guardrail"), self.rule.text("kpi")) else {
            return;
        };
        let written = guardrail.text.trim().to_lowercase();
        let of_kpi = written.strip_prefix(kpi.text).map(str::trim);
        if NOTHING.contains(&written.as_str()) {
            self.program.report(governance::empty_guardrail(guardrail.all(), kpi.text));
        } else if of_kpi.is_some_and(|rest| rest.is_empty() || rest.starts_with("must not ")) {
            self.program.report(governance::guardrail_is_kpi(guardrail.all(), kpi.text));
        }
    }

    fn slot(&mut self) -> Option<(u16, &'e DeclaredSlot)> {
        let name = self.rule.text("slot")?;
        let slots = &self.environment.site?.slots;
        let Some(index) = slots.iter().position(|slot| slot.name == name.text) else {
            let known = slots.iter().map(|slot| slot.name.as_str());
            self.program.report(names::unknown_slot(name.whole, name.text, known));
            return None;
        };
        let number = u16::try_from(index).ok()?;
        self.parts.used_slots.insert(number);
        Some((number, slots.get(index)?))
    }

    /// What visitors see: one variant without a name, or those of the rule's experiment.
    fn variants(
        &mut self,
        number: u16,
        slot: &DeclaredSlot,
        kind: Option<Kind>,
    ) -> Option<(Option<Experiment>, Vec<Variant>)> {
        let (rule, id) = (self.rule, self.id);
        let has_markets = !self.program.scope.markets.is_empty();
        let contents = self.environment.contents;
        let parts = &mut *self.parts;
        let mut variant = |table, name: &str, program: &mut Program| {
            // `/` is in no rule's id.
            let own_id = if name.is_empty() { id.to_owned() } else { format!("{id}/{name}") };
            let action = Action::new(
                table,
                &own_id,
                (number, slot),
                kind,
                has_markets,
                contents,
                &mut *parts,
                program,
            );
            let Effects { edits, preloads } = action.read()?;
            Some(Variant { name: program.variant(name), edits, preloads })
        };
        match rule.table("experiment") {
            Some(table) => {
                let running = self.environment.previous.and_then(|previous| previous.experiment(id));
                let (experiment, variants) =
                    experiment::read(rule, id, table, running, self.program, variant)?;
                Some((Some(experiment), variants))
            }
            None => {
                if rule.item("variant").is_some() {
                    self.program.report(experiments::variants_alone(rule.key_at("variant")));
                    return None;
                }
                Some((None, vec![variant(rule, "", self.program)?]))
            }
        }
    }

    fn cap(&mut self, stages: Option<Stages>) -> Option<Option<Cap>> {
        let Some(cap) = self.rule.table("cap") else {
            let is_after_sale = stages.is_some_and(|stages| stages.contains(Stage::PostPurchase));
            let is_localize = self.rule.text("kind").is_some_and(|kind| kind.text == "localize");
            if is_after_sale && !is_localize && self.rule.item("cap").is_none() {
                self.program.report(journey::missing_cap(self.rule.at()));
                return None;
            }
            return Some(None);
        };
        let views = cap.whole("views").and_then(|views| u8::try_from(views).ok())?;
        let days = cap.whole("days").and_then(|days| u16::try_from(days).ok())?;
        Some(Some(Cap { views, days, key: fnv1a(self.id) }))
    }
}
