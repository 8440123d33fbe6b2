//! Reads cases.

use footlight_core::bundle::{Bundle, GeoFact};
use footlight_core::consent::{Purpose, Purposes};
use footlight_core::money::Amount;
use footlight_core::notes::Notes;
use footlight_core::stage::Stage;
use footlight_core::time::TimeZone;

use super::{Case, Expectation, PageFact, Visit, Visitor};
use crate::calendar;
use crate::diagnostic::{Diagnostic, names, shapes, site as site_facts};
use crate::document::{Item, Value};
use crate::program::Program;
use crate::shape::{self, CASES, Shape, Table};
use crate::site::decimal_text;
use crate::sources::{FileId, Sources};

/// The cases of all `tests/*.toml`, and what is wrong with them. Names are compared with the bundle's, if there is one.
/// A case that does not say when it takes place does so at `now_ms`.
#[must_use]
pub fn read(
    sources: &Sources,
    bundle: Option<&Bundle>,
    notes: &Notes,
    now_ms: i64,
) -> (Vec<Case>, Vec<Diagnostic>) {
    let mut program = Program::default();
    let mut cases = Vec::new();
    for (path, file) in sources.iter() {
        if path.starts_with("tests/") && path.ends_with(".toml") {
            cases.extend(file_cases(
                file,
                sources,
                bundle.map(|bundle| (bundle, notes)),
                now_ms,
                &mut program,
            ));
        }
    }
    (cases, program.diagnostics)
}

fn file_cases(
    file: FileId,
    sources: &Sources,
    bundle: Option<(&Bundle, &Notes)>,
    now_ms: i64,
    program: &mut Program,
) -> Vec<Case> {
    let text = sources.read(file, &mut program.diagnostics);
    let item = crate::document::parse(file, text, &mut program.diagnostics);
    let before = program.diagnostics.len();
    shape::check(&item, &CASES, &mut program.diagnostics);
    let is_sound = program.diagnostics.len() == before;
    let Shape::Record(record) = &CASES else { return Vec::new() };
    let cases = Table::new(&item, record)
        .tables("case")
        .filter_map(|case| Reader { case, bundle, now_ms, program }.read())
        .collect();
    if is_sound { cases } else { Vec::new() }
}

struct Reader<'r, 'd> {
    case: Table<'d>,
    bundle: Option<(&'r Bundle, &'r Notes)>,
    now_ms: i64,
    program: &'r mut Program,
}

impl Reader<'_, '_> {
    fn read(mut self) -> Option<Case> {
        let (name, url) = (self.case.text("name")?, self.case.text("url")?);
        let at_ms = match self.case.item("at") {
            Some(item) => calendar::moment_ms(item, &self.shop_zone(), self.program)?,
            None => self.now_ms,
        };
        let visit = Visit {
            at_ms,
            url: url.text.to_owned(),
            headers: self.headers(),
            cookies: texts(self.case, "cookies"),
            geo: self.geo(),
            device: self.case.text("device").map(|device| device.text.to_owned()),
            consent: self.consent(),
            visitor: self.case.table("visitor").map(|visitor| self.visitor(visitor)),
            page: self.page(),
        };
        let expect = self.case.table("expect").map(|expect| self.expectation(expect)).unwrap_or_default();
        Some(Case { name: name.text.to_owned(), at: name.whole, visit, expect })
    }

    fn shop_zone(&self) -> TimeZone {
        let site = self.bundle.map(|(bundle, _)| &bundle.site);
        site.and_then(|site| site.zones.get(usize::from(site.shop_zone)))
            .cloned()
            .unwrap_or_else(TimeZone::utc)
    }

    fn headers(&self) -> Vec<(String, String)> {
        let mut headers: Vec<(String, String)> = texts(self.case, "headers")
            .into_iter()
            .map(|(name, value)| (name.to_ascii_lowercase(), value))
            .collect();
        let mut add = |name: &str, value: &str| headers.push((name.to_owned(), value.to_owned()));
        if let Some(language) = self.case.text("language") {
            add("accept-language", language.text);
        }
        if let Some(referrer) = self.case.text("referrer") {
            add("referer", referrer.text);
        }
        if self.case.boolean("gpc") == Some(true) {
            add("sec-gpc", "1");
        }
        headers
    }

    fn geo(&self) -> Vec<(GeoFact, String)> {
        let mut geo = Vec::new();
        for (key, fact) in [
            ("country", GeoFact::Country),
            ("region", GeoFact::Region),
            ("city", GeoFact::City),
            ("postal_code", GeoFact::PostalCode),
            ("time_zone", GeoFact::TimeZone),
        ] {
            geo.extend(self.case.text(key).map(|text| (fact, text.text.to_owned())));
        }
        if self.case.boolean("eu") == Some(true) {
            geo.push((GeoFact::Eu, "1".to_owned()));
        }
        geo
    }

    fn consent(&self) -> Option<Purposes> {
        self.case.item("consent")?;
        let named = |item: &Item| {
            let name = item.excerpt()?.text.to_owned();
            Purpose::ALL.into_iter().find(|purpose| purpose.name() == name)
        };
        let granted: Purposes = self.case.list("consent").iter().filter_map(named).collect();
        Some(granted.with(Purpose::Necessary))
    }

    fn visitor(&mut self, table: Table<'_>) -> Visitor {
        let default = Visitor::default();
        let small = |key: &str| table.whole(key).and_then(|count| u16::try_from(count).ok());
        let days = |key: &str| table.whole(key).and_then(|days| u32::try_from(days).ok());
        let minor_units = self.bundle.map_or(2, |(bundle, _)| bundle.site.base_currency.minor_units);
        let spent = table.item("spent").and_then(|item| {
            let text = decimal_text(item)?;
            match Amount::parse(&text, minor_units) {
                Ok(amount) => Some(amount.minor),
                Err(error) => {
                    self.program.report(site_facts::bad_amount(item.at, &text, error));
                    None
                }
            }
        });
        let count = |item: &Item| match item.value {
            Value::Integer(Some(count)) => u32::try_from(count).ok(),
            // Views are counted in whole pages.
            Value::Float(ref text) => {
                text.parse::<f64>().ok().map(|views| views.round().clamp(0.0, 1e6) as u32)
            }
            _ => None,
        };
        let counts = |key: &str| {
            let entries = table.entries(key).iter();
            entries.filter_map(|entry| Some((entry.key.clone(), count(&entry.item)?))).collect::<Vec<_>>()
        };
        self.known_answers(table);
        Visitor {
            visits: small("visits").unwrap_or(default.visits),
            last_visit_days: days("last_visit_days").unwrap_or(default.last_visit_days),
            affinity: counts("affinity"),
            orders: small("orders").unwrap_or(0),
            last_order_days: days("last_order_days").unwrap_or(0),
            spent_minor: spent.unwrap_or(0),
            viewed: table
                .list("viewed")
                .iter()
                .filter_map(|item| Some(item.excerpt()?.text.to_owned()))
                .collect(),
            answers: texts(table, "answers"),
            seen: counts("seen")
                .into_iter()
                .map(|(rule, views)| (rule, u8::try_from(views).unwrap_or(u8::MAX)))
                .collect(),
        }
    }

    fn known_answers(&mut self, table: Table<'_>) {
        let Some((_, notes)) = self.bundle else { return };
        for entry in table.entries("answers") {
            let names = notes.questions.iter().map(|question| question.name.as_str());
            let question = notes.questions.iter().find(|question| question.name == entry.key);
            let Some(question) = question else {
                let names: Vec<&str> = names.collect();
                self.program.report(shapes::not_a_choice(entry.key_at, "question", &entry.key, &names));
                continue;
            };
            let answers: Vec<&str> = question.answers.iter().map(String::as_str).collect();
            if let Some(answer) = entry.item.excerpt().filter(|answer| !answers.contains(&answer.text)) {
                self.program.report(shapes::not_a_choice(answer.whole, "answer", answer.text, &answers));
            }
        }
    }

    fn page(&self) -> Vec<(PageFact, String)> {
        let Some(page) = self.case.table("page") else { return Vec::new() };
        let facts = [
            ("category", PageFact::Category),
            ("product", PageFact::Product),
            ("price", PageFact::Price),
            ("stock", PageFact::Stock),
        ];
        facts.into_iter().filter_map(|(key, fact)| Some((fact, decimal_text(page.item(key)?)?))).collect()
    }

    fn expectation(&mut self, table: Table<'_>) -> Expectation {
        let mut expect = Expectation::default();
        if let Some(item) = table.item("stage") {
            let stage = item.excerpt().and_then(|stage| Stage::from_name(stage.text));
            expect.stage = Some((item.at, stage));
        }
        for entry in table.entries("rules") {
            self.slot(entry.key_at, &entry.key);
            let rule = entry.item.excerpt();
            if let Some(rule) = rule {
                self.rule(rule.whole, rule.text);
            }
            expect.rules.insert(entry.key.clone(), (entry.item.at, rule.map(|rule| rule.text.to_owned())));
        }
        for entry in table.entries("contains") {
            self.slot(entry.key_at, &entry.key);
            let Some(text) = entry.item.excerpt() else { continue };
            expect.contains.insert(entry.key.clone(), (text.whole, text.text.to_owned()));
        }
        for entry in table.entries("price") {
            let Some(text) = entry.item.excerpt() else { continue };
            expect.prices.insert(entry.key.clone(), (text.whole, text.text.to_owned()));
        }
        expect.cache = table.text("cache").map(|cache| (cache.whole, cache.text.to_owned()));
        expect
    }

    fn slot(&mut self, at: crate::diagnostic::At, name: &str) {
        let Some((_, notes)) = self.bundle else { return };
        let known = notes.slots.iter().map(String::as_str);
        if !known.clone().any(|known| known == name) {
            self.program.report(names::unknown_slot(at, name, known));
        }
    }

    fn rule(&mut self, at: crate::diagnostic::At, name: &str) {
        let Some((_, notes)) = self.bundle else { return };
        let known: Vec<&str> = notes.rules.iter().map(String::as_str).collect();
        if !known.contains(&name) {
            self.program.report(names::unknown_rule(at, name, known.iter().copied()));
        }
    }
}

fn texts(table: Table<'_>, key: &str) -> Vec<(String, String)> {
    let entries = table.entries(key).iter();
    entries.filter_map(|entry| Some((entry.key.clone(), entry.item.excerpt()?.text.to_owned()))).collect()
}
