//! What a bundle says, as named things with named properties: what can be compared, and said.

use std::collections::{BTreeMap, BTreeSet};

use footlight_core::bundle::{Bundle, CacheClass, Edit, Kind, Rule, Variant};
use footlight_core::condition::{Node, NodeId, display};
use footlight_core::consent::ConsentFormat;
use footlight_core::money::Amount;
use footlight_core::notes::Notes;
use footlight_core::shipping::Charge;
use footlight_core::stage::Stage;
use footlight_core::template::{Piece, Template};
use footlight_core::time::write_rfc3339;
use serde_json::Value;

use super::language;
use crate::subject::Subject;

/// What kind of thing it is. In the order in which changes are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Group {
    Rules,
    Segments,
    Experiments,
    Contents,
    Slots,
    Markets,
    Journey,
    Shipping,
    Site,
}

impl Group {
    pub(crate) const ALL: [Self; 9] = [
        Self::Rules,
        Self::Segments,
        Self::Experiments,
        Self::Contents,
        Self::Slots,
        Self::Markets,
        Self::Journey,
        Self::Shipping,
        Self::Site,
    ];

    /// A stable name, and what one of them is called.
    pub(crate) const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Rules => ("rules", "rule"),
            Self::Segments => ("segments", "segment"),
            Self::Experiments => ("experiments", "experiment of"),
            Self::Contents => ("contents", "content"),
            Self::Slots => ("slots", "slot"),
            Self::Markets => ("markets", "market"),
            Self::Journey => ("journey", "stage"),
            Self::Shipping => ("shipping", "zone"),
            Self::Site => ("site", "site"),
        }
    }
}

/// A property's value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Facet {
    /// A word or number.
    Word(String),
    /// Things in no order.
    Set(BTreeSet<String>),
    /// Conditions that must all hold.
    All(BTreeSet<String>),
    /// A text that people read.
    Text(String),
}

/// One thing: its properties in the order in which they are told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Thing(pub(crate) Vec<(String, Facet)>);

impl Thing {
    fn word(&mut self, label: &str, value: impl Into<String>) {
        self.0.push((label.to_owned(), Facet::Word(value.into())));
    }

    fn set(&mut self, label: &str, values: impl IntoIterator<Item = String>) {
        self.0.push((label.to_owned(), Facet::Set(values.into_iter().collect())));
    }
}

/// Everything by group and name.
pub(crate) type Outline = BTreeMap<(Group, String), Thing>;

/// The outline of a subject.
pub(crate) fn outline(subject: &Subject) -> Outline {
    let names = Names { bundle: subject.engine.bundle(), notes: &subject.notes };
    let mut outline = Outline::new();
    names.rules(&mut outline);
    names.segments(&mut outline);
    names.slots(&mut outline);
    names.markets(&mut outline);
    names.journey(&mut outline);
    names.shipping(&mut outline);
    outline.insert((Group::Site, names.bundle.site.id.clone()), names.site());
    if let Some(sources) = &subject.sources {
        for (path, file) in sources.iter() {
            let Some(stem) = path.strip_prefix("content/").and_then(|path| path.strip_suffix(".html")) else {
                continue;
            };
            let folder = stem.rfind('/').map_or(0, |slash| slash + 1);
            let dot = stem.get(folder..).and_then(|name| name.find('.')).map(|dot| folder + dot);
            let (name, locale) = dot.and_then(|dot| stem.split_at_checked(dot)).unwrap_or((stem, ""));
            let locale = locale.trim_start_matches('.');
            let locale = if locale.is_empty() { names.locale(0) } else { locale.to_owned() };
            let text = sources.text(file).replace("\r\n", "\n").trim_end().to_owned();
            let content = outline.entry((Group::Contents, name.to_owned())).or_default();
            content.0.push((format!("{} text", language(&locale)), Facet::Text(text)));
        }
        for governed in footlight_compiler::governance::read(sources) {
            if let Some(rule) = outline.get_mut(&(Group::Rules, governed.rule.clone())) {
                rule.word("owner", governed.owner);
                rule.word("KPI", governed.kpi);
                rule.word("review", governed.review.unwrap_or_default());
                rule.0.push(("hypothesis".to_owned(), Facet::Text(governed.hypothesis)));
                rule.0.push(("guardrail".to_owned(), Facet::Text(governed.guardrail)));
            }
        }
    }
    outline
}

/// Properties of rules that stand in their files alone.
const REASONS: [&str; 5] = ["owner", "KPI", "review", "hypothesis", "guardrail"];

/// Leaves out what a bundle's file does not say: contents by their names, and why rules are there.
pub(crate) fn keep_what_bundles_know(outline: &mut Outline) {
    outline.retain(|(group, _), _| *group != Group::Contents);
    for ((group, _), thing) in outline.iter_mut() {
        if *group == Group::Rules {
            thing.0.retain(|(label, _)| !REASONS.contains(&label.as_str()));
        }
    }
}

struct Names<'s> {
    bundle: &'s Bundle,
    notes: &'s Notes,
}

impl Names<'_> {
    fn condition(&self, id: NodeId) -> String {
        let mut text = String::new();
        display(self.bundle, self.notes, id, &mut text);
        text
    }

    /// What a condition is made of: what all must hold.
    fn all_of(&self, id: NodeId, out: &mut BTreeSet<String>) {
        match self.bundle.nodes.get(id.0 as usize) {
            Some(Node::And(all)) => all.iter().for_each(|operand| self.all_of(*operand, out)),
            _ => {
                out.insert(self.condition(id));
            }
        }
    }

    fn condition_facet(&self, id: Option<NodeId>) -> Facet {
        let mut all = BTreeSet::new();
        id.into_iter().for_each(|id| self.all_of(id, &mut all));
        Facet::All(all)
    }

    fn locale(&self, index: usize) -> String {
        self.bundle.site.locales.get(index).cloned().unwrap_or_default()
    }

    fn slot(&self, slot: u16) -> String {
        self.notes.slots.get(usize::from(slot)).cloned().unwrap_or_default()
    }

    fn rules(&self, outline: &mut Outline) {
        for (rule, name) in self.bundle.rules.iter().zip(&self.notes.rules) {
            outline.insert((Group::Rules, name.clone()), self.rule(rule));
            if let Some(experiment) = self.experiment(rule) {
                outline.insert((Group::Experiments, name.clone()), experiment);
            }
        }
    }

    fn rule(&self, rule: &Rule) -> Thing {
        let mut thing = Thing::default();
        thing.word("slot", self.slot(rule.slot));
        thing.word("kind", rule.kind.name());
        thing.word("priority", rule.priority.to_string());
        thing.set("stages", rule.stages.iter().map(|stage| stage.name().to_owned()));
        let segments =
            rule.segments.iter().filter_map(|&segment| self.notes.segments.get(usize::from(segment)));
        thing.set("segments", segments.map(|segment| segment.id.clone()));
        thing.0.push(("condition".to_owned(), self.condition_facet(rule.condition)));
        thing.word("from", rule.schedule.from_ms.map_or_else(String::new, moment));
        thing.word("until", rule.schedule.until_ms.map_or_else(String::new, moment));
        let cap = rule.cap.map(|cap| format!("{} views in {} days", cap.views, cap.days));
        thing.word("cap", cap.unwrap_or_default());
        if rule.experiment.is_none() {
            rule.variants.iter().for_each(|variant| self.variant("", variant, &mut thing));
        }
        thing
    }

    fn experiment(&self, rule: &Rule) -> Option<Thing> {
        let experiment = rule.experiment.as_ref()?;
        let mut thing = Thing::default();
        let name = |number: u16| self.notes.variants.get(usize::from(number)).map_or("", String::as_str);
        for (number, variant) in rule.variants.iter().enumerate() {
            let parts = experiment.allocations.iter().filter(|part| usize::from(part.variant) == number);
            let share: f64 = parts.map(|part| part.range.1 - part.range.0).sum();
            thing.word(
                &format!("share of `{}`", name(variant.name)),
                format!("{} %", (share * 10_000.0).round() / 100.0),
            );
            self.variant(&format!("`{}`: ", name(variant.name)), variant, &mut thing);
        }
        thing.word("salt", self.bundle.texts.get(experiment.seed));
        thing.word("sticky", if experiment.sticky_key.is_some() { "yes" } else { "no" });
        let namespace = experiment.namespace.as_ref().map(|namespace| {
            let id = self.bundle.texts.get(namespace.id);
            format!("{id}, {} to {}", namespace.range.0, namespace.range.1)
        });
        thing.word("namespace", namespace.unwrap_or_default());
        Some(thing)
    }

    /// What a variant changes, by place and language.
    fn variant(&self, prefix: &str, variant: &Variant, thing: &mut Thing) {
        for edit in &variant.edits {
            let target = self.notes.targets.get(usize::from(edit.target())).map_or("", String::as_str);
            match edit {
                Edit::Insert { place, content, .. } => {
                    self.content(&format!("{prefix}`{target}` ({})", place.name()), *content, thing);
                }
                Edit::SetAttribute { name, content, .. } => {
                    let name = self.bundle.texts.get(*name);
                    self.content(&format!("{prefix}`{name}` of `{target}`"), *content, thing);
                }
                Edit::RemoveAttribute { name, .. } => {
                    let name = self.bundle.texts.get(*name);
                    thing.word(&format!("{prefix}`{name}` of `{target}`"), "removed");
                }
                Edit::Remove { .. } => thing.word(&format!("{prefix}`{target}`"), "removed"),
                Edit::Price { .. } => {
                    thing.word(&format!("{prefix}`{target}`"), "prices of the visitor's market")
                }
            }
        }
    }

    fn content(&self, label: &str, content: u16, thing: &mut Thing) {
        let Some(content) = self.bundle.contents.get(usize::from(content)) else { return };
        let mut add = |locale: usize, template: &Template| {
            let language = language(&self.locale(locale)).to_owned();
            thing.0.push((format!("{label}, {language} text"), Facet::Text(self.template(template))));
        };
        add(0, &content.default);
        content.variants.iter().for_each(|(locale, template)| add(usize::from(*locale), template));
    }

    fn template(&self, template: &Template) -> String {
        let pieces = template.pieces.iter().map(|piece| match piece {
            Piece::Literal(id) => self.bundle.texts.get(*id).to_owned(),
            Piece::Placeholder { value, .. } => format!("{{{{ {} }}}}", self.condition(*value)),
        });
        pieces.collect()
    }

    fn segments(&self, outline: &mut Outline) {
        for (segment, note) in self.bundle.segments.iter().zip(&self.notes.segments) {
            let mut thing = Thing::default();
            thing.word("kind", note.kind.name());
            thing.0.push(("condition".to_owned(), self.condition_facet(Some(segment.condition))));
            outline.insert((Group::Segments, note.id.clone()), thing);
        }
    }

    fn slots(&self, outline: &mut Outline) {
        for (number, name) in (0..).zip(&self.notes.slots) {
            let targets = self.bundle.targets.iter().zip(&self.notes.targets);
            let own =
                targets.filter(|(target, _)| target.slot == number).map(|(_, selector)| selector.clone());
            let mut thing = Thing::default();
            thing.set("selectors", own);
            outline.insert((Group::Slots, name.clone()), thing);
        }
    }

    fn markets(&self, outline: &mut Outline) {
        let texts = &self.bundle.texts;
        let base = self.bundle.site.base_currency.minor_units;
        for market in &self.bundle.site.markets {
            let mut thing = Thing::default();
            let countries = market.countries.iter().filter_map(|code| std::str::from_utf8(code).ok());
            thing.set("countries", countries.map(str::to_owned));
            thing.word("currency", market.currency.code.as_str());
            thing.word("locale", texts.get(market.locale));
            let conversion = &market.pricing.conversion;
            thing.word("rate", decimal(&json(&conversion.rate)));
            thing.word("rounding", json(&conversion.rounding).to_string().replace('"', ""));
            let prices = json(&market.pricing.list);
            thing.set("prices of its own", entries(&prices, base));
            thing.word("tax label", texts.get(market.tax_label));
            outline.insert((Group::Markets, texts.get(market.id).to_owned()), thing);
        }
    }

    fn journey(&self, outline: &mut Outline) {
        for (stage, plan) in Stage::ALL.into_iter().zip(&self.bundle.stages) {
            let kinds = |kinds: &[Kind]| kinds.iter().map(|kind| kind.name().to_owned()).collect::<Vec<_>>();
            let mut thing = Thing::default();
            thing.set("allowed kinds", kinds(&plan.allowed));
            thing.word("interventions at most", plan.max_interventions.to_string());
            thing.set("kinds that are not counted", kinds(&plan.uncounted));
            thing.set("limits", plan.limits.iter().map(|(kind, most)| format!("{} {most}", kind.name())));
            thing.word(
                "cache",
                match &plan.cache {
                    CacheClass::Static => "static",
                    CacheClass::Shared { .. } => "shared",
                    CacheClass::Private => "private",
                },
            );
            outline.insert((Group::Journey, stage.name().to_owned()), thing);
        }
    }

    fn shipping(&self, outline: &mut Outline) {
        let Some(plan) = &self.bundle.site.shipping else { return };
        let minor = self.bundle.site.base_currency.minor_units;
        for zone in &plan.zones {
            let mut thing = Thing::default();
            thing.set("places", zone.places.iter().map(|place| json(place).to_string().replace('"', "")));
            for method in &zone.methods {
                let free =
                    method.free_from.as_ref().map(|free| format!(", free from {}", charge(free, minor)));
                let (least, most) = method.transit_days;
                let days = if least == most { format!("{least}") } else { format!("{least} to {most}") };
                let text =
                    format!("{}{}, {days} days", charge(&method.price, minor), free.unwrap_or_default());
                thing.word(&format!("method `{}`", method.id), text);
            }
            thing.set("holidays", zone.holidays.iter().map(|date| iso(*date)));
            outline.insert((Group::Shipping, zone.id.clone()), thing);
        }
    }

    fn site(&self) -> Thing {
        let site = &self.bundle.site;
        let mut thing = Thing::default();
        thing.set("hosts", site.hosts.iter().cloned());
        thing.set("languages", site.locales.iter().cloned());
        thing.word("base currency", site.base_currency.code.as_str());
        let zone = site.zones.get(usize::from(site.shop_zone)).map_or("", |zone| zone.name.as_str());
        thing.word("time zone", zone);
        let routes = site.routes.iter().map(|route| {
            let stage = route.stage.map_or("no stage", Stage::name);
            format!("{} is {stage}", pattern(&json(&route.pattern)))
        });
        thing.set("routes", routes);
        thing.word("consent cookie", site.consent.cookie.as_str());
        let meanings = match &site.consent.format {
            ConsentFormat::Value(meanings)
            | ConsentFormat::List(meanings)
            | ConsentFormat::Flags(meanings) => meanings.as_slice(),
            ConsentFormat::Tcf(_) => &[],
        };
        thing.set(
            "consent words",
            meanings.iter().map(|(word, purposes)| {
                let names: Vec<&str> = purposes.iter().map(|purpose| purpose.name()).collect();
                format!("{word} means {}", names.join(" and "))
            }),
        );
        thing.set(
            "holdouts",
            site.holdouts.iter().map(|holdout| {
                let stages: Vec<&str> = holdout.stages.iter().map(Stage::name).collect();
                format!("{} % at {}", holdout.share * 100.0, stages.join(", "))
            }),
        );
        let questions = self.notes.questions.iter();
        thing.set(
            "questions",
            questions.map(|question| format!("{}: {}", question.name, question.answers.join(", "))),
        );
        thing.set("signals of its own", self.notes.custom.iter().cloned());
        let minor = site.base_currency.minor_units;
        let tiers = site.tiers.iter();
        thing.set(
            "tiers",
            tiers.map(|tier| {
                format!(
                    "{} from {}",
                    self.bundle.texts.get(tier.name),
                    amount(Amount::from_minor(tier.from_minor), minor)
                )
            }),
        );
        if let Some(plan) = &site.shipping {
            let minute = plan.cutoff_minute;
            thing.word("shipping cutoff", format!("{:02}:{:02}", minute / 60, minute % 60));
            thing.set("holidays", plan.holidays.iter().map(|date| iso(*date)));
        }
        thing
    }
}

fn json(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// A mantissa and a scale as a number.
fn decimal(value: &Value) -> String {
    let value = value.get(0).unwrap_or(value);
    let (Some(mantissa), Some(scale)) = (value["mantissa"].as_i64(), value["scale"].as_u64()) else {
        return value.to_string();
    };
    amount(Amount::from_minor(mantissa), u8::try_from(scale).unwrap_or(0))
}

/// Entries of a price list.
fn entries(list: &Value, minor: u8) -> Vec<String> {
    let all = list.as_array().or_else(|| list.as_object()?.values().find_map(Value::as_array));
    let entry = |entry: &Value| {
        let price = entry[1]["minor"].as_i64().or_else(|| entry[1].as_i64())?;
        Some(format!("{} {}", entry[0].as_str()?, amount(Amount::from_minor(price), minor)))
    };
    all.into_iter().flatten().filter_map(entry).collect()
}

fn charge(charge: &Charge, minor: u8) -> String {
    let own = charge.own.iter().map(|(code, own)| format!(" ({} {})", code.as_str(), amount(*own, minor)));
    amount(charge.base, minor) + &own.collect::<String>()
}

fn amount(amount: Amount, minor: u8) -> String {
    let mut text = String::new();
    amount.write_plain(minor, &mut text);
    text
}

fn iso(date: footlight_core::time::Date) -> String {
    let mut text = String::new();
    date.write_iso(&mut text);
    text
}

fn moment(at_ms: i64) -> String {
    let mut text = String::new();
    write_rfc3339(at_ms, &mut text);
    text
}

/// A route's pattern as it was written.
fn pattern(value: &Value) -> String {
    let segments =
        value["segments"].as_array().into_iter().flatten().map(|segment| match &segment["Literal"] {
            Value::String(literal) => literal.clone(),
            _ => {
                let part = |key: &str| segment["Capture"][key].as_str().unwrap_or("").to_owned();
                format!("{}:{}{}", part("prefix"), part("name"), part("suffix"))
            }
        });
    let end = match value["end"].as_str() {
        Some("Slash") => "/",
        Some("Anything") => "/*",
        _ => "",
    };
    format!("/{}{end}", segments.collect::<Vec<_>>().join("/"))
}
