//! Reads `site.toml` as a whole.

use footlight_core::bundle::{
    CustomSignal, GeoFact, PageSources, ProfileLimits, Question, ShopSources, Site, Tier,
};
use footlight_core::consent::Purpose;
use footlight_core::hash::fnv1a;
use footlight_core::money::Currency;
use footlight_core::stage::Stage;
use footlight_core::time::TimeZone;
use footlight_core::value::Type;

use super::amounts::amount;
use super::consent::{self, purpose};
use super::origins::{self, Collected};
use super::slots::{self, DeclaredSlot};
use super::{holdouts, markets, names, routes, shipping, sourceless};
use crate::calendar;
use crate::diagnostic::{At, contents, site};
use crate::program::Program;
use crate::shape::{self, SITE, Shape, Table};
use crate::sources::{FileId, Sources};

/// `site.toml`, read.
#[derive(Debug)]
pub(crate) struct DeclaredSite {
    /// What goes into the bundle. Shipping and prices are for the markets and zones that could be read.
    pub(crate) site: Site,
    pub(crate) slots: Vec<DeclaredSlot>,
    pub(crate) claims: Vec<Claim>,
    pub(crate) max_variants: u32,
    pub(crate) review_grace_days: i64,
    /// Where `[profile]`, or the file's beginning, stands.
    pub(crate) profile_at: At,
    /// Price lists, which are read files.
    pub(crate) read_files: Vec<String>,
}

/// A claim about the caching of a stage.
#[derive(Debug)]
pub(crate) struct Claim {
    pub(crate) stage: Stage,
    pub(crate) class: String,
    pub(crate) at: At,
}

/// Reads the file; what is wrong is reported, and left out. `None` without a base currency or a time zone.
pub(crate) fn read(file: FileId, sources: &Sources, program: &mut Program) -> Option<DeclaredSite> {
    let text = sources.read(file, &mut program.diagnostics);
    let item = crate::document::parse(file, text, &mut program.diagnostics);
    shape::check(&item, &SITE, &mut program.diagnostics);
    let Shape::Record(record) = &SITE else { return None };
    let table = Table::new(&item, record);

    let routes = routes::read(table, program);
    let locales = locales(table, program);
    let base = table.table("base").and_then(|base| base.text("currency"));
    let base = base.and_then(|code| names::currency(code, program));
    let zone = table.text("time_zone").and_then(|name| calendar::zone(name, program));
    // What else is wrong is found with stand-ins, so that one slip does not hide the rest.
    let base_or_euro = base.or_else(|| crate::cldr::currency("EUR"))?;
    let zone_or_utc = zone.clone().unwrap_or_else(TimeZone::utc);
    program.scope.base_minor_units = base_or_euro.minor_units;
    let mut read_files = Vec::new();
    let markets = markets::read(table, base_or_euro, &locales, sources, &mut read_files, program);
    let mut zones = vec![zone_or_utc];
    let shipping = shipping::read(table, base_or_euro, &mut zones, program);
    let slots = slots::read(table, program);
    let mut collected = Collected::default();
    let page = page(table, &mut collected, program);
    let shop = shop(table, &mut collected, program);
    let custom = custom(table, &mut collected, program);
    let questions = questions(table, program);
    let tiers = tiers(table, base_or_euro, program);
    let prices = table.table("prices");
    let attribute = |key: &str, default: &str| {
        prices.and_then(|prices| prices.text(key)).map_or(default, |name| name.text).to_lowercase()
    };
    let site = Site {
        id: table.text("site").map_or("", |site| site.text).to_owned(),
        hosts: hosts(table, program),
        locales,
        geo_headers: geo_headers(table, program),
        routes,
        consent: consent::read(table, program),
        base_currency: base_or_euro,
        markets,
        amount_attribute: attribute("amount", "data-amount"),
        product_attribute: attribute("product", "data-sku"),
        shipping,
        shop_zone: 0,
        zones,
        headers: collected.headers,
        page_selectors: slots::as_set(
            collected.page_attributes.iter().map(|(selector, _)| (&**selector, false)),
        ),
        page_attributes: collected.page_attributes.into_iter().map(|(_, attribute)| attribute).collect(),
        page,
        shop,
        custom,
        questions,
        tiers,
        profile: profile(table),
        holdouts: holdouts::read(table, program),
    };
    program.scope.without_source = sourceless::signals(table);
    base?;
    zone?;
    Some(DeclaredSite {
        site,
        slots,
        claims: claims(table),
        max_variants: table
            .table("cache")
            .and_then(|cache| cache.whole("max_variants"))
            .and_then(|most| u32::try_from(most).ok())
            .unwrap_or(200),
        review_grace_days: table.whole("review_grace_days").unwrap_or(30),
        profile_at: table
            .table("profile")
            .map_or(At { end: table.at().start, ..table.at() }, |profile| profile.at()),
        read_files,
    })
}

fn locales(table: Table<'_>, program: &mut Program) -> Vec<String> {
    let mut locales: Vec<String> = Vec::new();
    for item in table.list("locales") {
        let Some(locale) = item.excerpt() else { continue };
        if !names::is_locale(locale.text) {
            program.report(site::bad_locale(item.at, locale.text));
        } else if !locales.iter().any(|known| known == locale.text) {
            locales.push(locale.text.to_owned());
        }
    }
    if locales.is_empty() && table.item("locales").is_some_and(|item| item.list().is_empty()) {
        program.report(contents::no_locales(table.key_at("locales")));
    }
    program.scope.locales.clone_from(&locales);
    locales
}

fn hosts(table: Table<'_>, program: &mut Program) -> Vec<String> {
    let mut hosts = Vec::new();
    for item in table.list("hosts") {
        let Some(host) = item.excerpt() else { continue };
        let is_host = !host.text.is_empty()
            && host.text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte))
            && !host.text.starts_with('.');
        if is_host {
            hosts.push(host.text.to_ascii_lowercase());
        } else {
            program.report(site::bad_host(item.at, host.text));
        }
    }
    hosts
}

fn geo_headers(table: Table<'_>, program: &mut Program) -> Vec<(GeoFact, String)> {
    let Some(geo) = table.table("geo") else { return Vec::new() };
    let mut headers = Vec::new();
    for entry in geo.entries("headers") {
        let fact = match entry.key.as_str() {
            "country" => GeoFact::Country,
            "region" => GeoFact::Region,
            "city" => GeoFact::City,
            "postal_code" => GeoFact::PostalCode,
            "time_zone" => GeoFact::TimeZone,
            "eu" => GeoFact::Eu,
            _ => continue,
        };
        let name = entry.item.excerpt().and_then(|name| origins::header_name(name, program));
        headers.extend(name.map(|name| (fact, name)));
    }
    headers
}

fn page(table: Table<'_>, collected: &mut Collected, program: &mut Program) -> PageSources {
    let page = table.table("page");
    PageSources {
        category: collected.origins(page, "category", program),
        product: collected.origins(page, "product", program),
        price: collected.origins(page, "price", program),
        stock: collected.origins(page, "stock", program),
    }
}

fn shop(table: Table<'_>, collected: &mut Collected, program: &mut Program) -> ShopSources {
    let shop = table.table("shop");
    ShopSources {
        cart_items: collected.origins(shop, "cart_items", program),
        cart_value: collected.origins(shop, "cart_value", program),
        order_id: collected.origins(shop, "order_id", program),
        order_value: collected.origins(shop, "order_value", program),
    }
}

fn custom(table: Table<'_>, collected: &mut Collected, program: &mut Program) -> Vec<CustomSignal> {
    let mut signals = Vec::new();
    for (entry, signal) in table.named_tables("custom") {
        let kind = match signal.text("type").map(|kind| kind.text) {
            Some("bool") => Type::Bool,
            Some("int") => Type::Int,
            Some("double") => Type::Double,
            _ => Type::Text,
        };
        // In scope even when its source is wrong: one slip is one message.
        program.scope.custom.push((entry.key.clone(), kind));
        let Some(origin) = collected.origin(signal, "custom signal", program) else { continue };
        let purpose =
            signal.text("purpose").and_then(|name| purpose(name.text)).unwrap_or(Purpose::Marketing);
        signals.push(CustomSignal { kind, origin, purpose });
    }
    signals
}

fn questions(table: Table<'_>, program: &mut Program) -> Vec<Question> {
    let mut questions = Vec::new();
    for (entry, question) in table.named_tables("questions") {
        let answers: Vec<String> = question
            .list("answers")
            .iter()
            .filter_map(|item| Some(item.excerpt()?.text.to_owned()))
            .collect();
        questions.push(Question {
            key: fnv1a(&entry.key),
            answers: answers.iter().map(|answer| program.texts.intern(answer)).collect(),
        });
        program.scope.questions.push((entry.key.clone(), answers));
    }
    questions
}

fn tiers(table: Table<'_>, base: Currency, program: &mut Program) -> Vec<Tier> {
    let mut tiers: Vec<(Tier, At)> = Vec::new();
    for entry in table.entries("tiers") {
        program.scope.tiers.push(entry.key.clone());
        let Some(from) = amount(&entry.item, base, program) else { continue };
        if tiers.iter().any(|(tier, _)| tier.from_minor == from.minor) {
            program.report(site::duplicate_values(entry.item.at, "tiers"));
            continue;
        }
        tiers.push((Tier { name: program.texts.intern(&entry.key), from_minor: from.minor }, entry.key_at));
    }
    tiers.sort_by_key(|(tier, _)| tier.from_minor);
    tiers.into_iter().map(|(tier, _)| tier).collect()
}

fn profile(table: Table<'_>) -> ProfileLimits {
    let profile = table.table("profile");
    let whole = |key: &str, default: i64| profile.and_then(|profile| profile.whole(key)).unwrap_or(default);
    ProfileLimits {
        categories: u8::try_from(whole("categories", 5)).unwrap_or(5),
        recently_viewed: u8::try_from(whole("recently_viewed", 6)).unwrap_or(6),
        affinity_half_life_days: u16::try_from(whole("affinity_half_life_days", 14)).unwrap_or(14),
        visit_gap_minutes: u16::try_from(whole("visit_gap_minutes", 30)).unwrap_or(30),
    }
}

fn claims(table: Table<'_>) -> Vec<Claim> {
    let mut claims = Vec::new();
    for (entry, claim) in table.named_tables("stages") {
        if let (Some(stage), Some(class)) = (Stage::from_name(&entry.key), claim.text("cache")) {
            claims.push(Claim { stage, class: class.text.to_owned(), at: class.whole });
        }
    }
    claims
}
