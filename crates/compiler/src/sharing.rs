//! The proof of cache safety: what the responses of a stage depend on.
//!
//! A stage without rules is the origin's own page. A stage with rules depends on the signals that they read, and on the
//! device class, because bots see the default page. Signals that the URL decides need no place in the key: a cache keys
//! on the URL anyway. Schedules do not count: a stored response may show a rule as much too late as the origin's own
//! lifetime allows, as with every other change of the page.

use std::collections::{BTreeMap, BTreeSet};

use footlight_core::bundle::{CacheClass, Origin, Rule, Site};
use footlight_core::signal::{self, Cardinality, Plain, Signal, SiteCount};
use footlight_core::stage::Stage;

use crate::diagnostic::{At, sharing};
use crate::program::Program;
use crate::site::{Claim, DeclaredSite};

/// A rule of a stage: its name, where it stands, and the signals it reads.
pub(crate) struct Reader<'r> {
    pub(crate) name: &'r str,
    pub(crate) at: At,
    pub(crate) rule: &'r Rule,
    pub(crate) signals: &'r BTreeSet<Signal>,
}

/// The class of a stage's responses; claims of more sharing than is safe are reported.
pub(crate) fn class(
    stage: Stage,
    readers: &[Reader<'_>],
    declared: &DeclaredSite,
    program: &mut Program,
) -> CacheClass {
    let mut key: BTreeMap<Signal, u64> = BTreeMap::new();
    let mut personal: Vec<(At, String)> = Vec::new();
    if !readers.is_empty() {
        key.insert(
            Signal::Plain(Plain::DeviceClass),
            values(Cardinality::Few(5), &declared.site).unwrap_or(6),
        );
    }
    if let Some(reader) = readers.first()
        && declared.site.holdouts.iter().any(|holdout| holdout.stages.contains(stage))
    {
        personal.push((reader.at, "visitors who are held out do not see it".to_owned()));
    }
    for reader in readers {
        if reader.rule.cap.is_some() {
            personal.push((reader.at, format!("`{}` is capped by visitor", reader.name)));
        }
        if reader.rule.experiment.is_some() {
            personal.push((reader.at, format!("`{}` is split by visitor", reader.name)));
        }
        for &signal in reader.signals {
            match signal::cardinality(signal) {
                Cardinality::Url if !is_told_by_visitor(signal, &declared.site) => {}
                Cardinality::Url => {
                    let name = name_of(signal, program);
                    let reason = format!("`{}` reads `{name}` from a cookie or header", reader.name);
                    personal.push((reader.at, reason));
                }
                Cardinality::Moment | Cardinality::Many => {
                    let name = name_of(signal, program);
                    personal.push((reader.at, format!("`{}` reads `{name}`", reader.name)));
                }
                cardinality => {
                    let signal = representative(signal);
                    key.insert(signal, values(cardinality, &declared.site).unwrap_or(u64::MAX));
                }
            }
        }
    }
    // The country decides the market.
    if key.contains_key(&Signal::Plain(Plain::GeoCountry)) {
        key.remove(&Signal::Plain(Plain::MarketId));
    }
    let claim = declared.claims.iter().find(|claim| claim.stage == stage);
    let variants = key.values().fold(1_u64, |product, values| product.saturating_mul(*values));
    let derived = if !personal.is_empty() {
        CacheClass::Private
    } else if key.is_empty() {
        CacheClass::Static
    } else if variants > u64::from(declared.max_variants) {
        if claim.is_none_or(|claim| claim.class != "private") {
            too_many(stage, readers, &key, variants, declared, program);
        }
        CacheClass::Private
    } else {
        CacheClass::Shared {
            key: key.keys().copied().collect(),
            variants: u32::try_from(variants).unwrap_or(u32::MAX),
        }
    };
    match claim {
        Some(claim) => claimed(claim, derived, &key, personal, program),
        None => derived,
    }
}

/// A stage may be shared less than is safe, not more.
fn claimed(
    claim: &Claim,
    derived: CacheClass,
    key: &BTreeMap<Signal, u64>,
    personal: Vec<(At, String)>,
    program: &mut Program,
) -> CacheClass {
    let (derived_name, derived_rank) = match &derived {
        CacheClass::Static => ("static", 0),
        CacheClass::Shared { .. } => ("shared", 1),
        CacheClass::Private => ("private", 2),
    };
    let claimed_rank = match claim.class.as_str() {
        "static" => 0,
        "shared" => 1,
        _ => 2,
    };
    if claimed_rank < derived_rank {
        let mut because: Vec<(At, String)> = personal;
        because.truncate(5);
        if because.is_empty() {
            let signals: Vec<String> =
                key.keys().map(|&signal| format!("`{}`", name_of(signal, program))).collect();
            because.push((claim.at, format!("depends on {}", signals.join(", "))));
        }
        program.report(sharing::unsafe_sharing(
            claim.at,
            claim.stage.name(),
            &claim.class,
            derived_name,
            &because,
        ));
    }
    if claimed_rank == 2 { CacheClass::Private } else { derived }
}

fn too_many(
    stage: Stage,
    readers: &[Reader<'_>],
    key: &BTreeMap<Signal, u64>,
    variants: u64,
    declared: &DeclaredSite,
    program: &mut Program,
) {
    let Some((&widest, _)) = key.iter().max_by_key(|(_, values)| **values) else { return };
    let reads = |reader: &&Reader<'_>| reader.signals.iter().any(|&signal| representative(signal) == widest);
    let Some(at) = readers.iter().find(reads).or(readers.first()).map(|reader| reader.at) else { return };
    let signals: Vec<String> =
        key.iter().map(|(&signal, values)| format!("`{}` ({values})", name_of(signal, program))).collect();
    let help = if widest == Signal::Plain(Plain::GeoCountry) && !declared.site.markets.is_empty() {
        "ask for `market.id` instead of `geo.country`, or raise `max_variants` in `[cache]` of site.toml"
    } else {
        "read fewer signals at this stage, or raise `max_variants` in `[cache]` of site.toml"
    };
    let stage = stage.name();
    program.report(sharing::too_many_variants(at, stage, variants, declared.max_variants, &signals, help));
}

/// Whether a fact about the page comes with the visitor, in a cookie or header, and not from the URL or the page itself.
fn is_told_by_visitor(signal: Signal, site: &Site) -> bool {
    let origins = match signal {
        Signal::Plain(Plain::PageCategory) => &site.page.category,
        Signal::Plain(Plain::PageProduct) => &site.page.product,
        Signal::Plain(Plain::PagePrice) => &site.page.price,
        Signal::Plain(Plain::PageStock) => &site.page.stock,
        _ => return false,
    };
    origins.iter().any(|origin| matches!(origin, Origin::Cookie(_) | Origin::Header(_)))
}

/// Signals that say the same of a request: the market's currency, locale and tax label follow from the market.
fn representative(signal: Signal) -> Signal {
    match signal {
        Signal::Plain(Plain::MarketCurrency | Plain::MarketLocale | Plain::MarketTaxLabel) => {
            Signal::Plain(Plain::MarketId)
        }
        other => other,
    }
}

/// How many values a signal can take, unknown included; `None` when too many.
fn values(cardinality: Cardinality, site: &Site) -> Option<u64> {
    let known = match cardinality {
        Cardinality::Few(values) => u64::from(values),
        Cardinality::Site(SiteCount::Markets) => site.markets.len() as u64,
        Cardinality::Site(SiteCount::Locales) => site.locales.len() as u64,
        Cardinality::Url | Cardinality::Moment | Cardinality::Many => return None,
    };
    Some(known + 1)
}

/// The signal's name as conditions write it.
fn name_of(signal: Signal, program: &Program) -> String {
    let scope = &program.scope;
    let text = |id| program.texts.get(id);
    match signal {
        Signal::Plain(plain) => signal::catalogue::entry(plain).map_or("", |entry| entry.name).to_owned(),
        Signal::Query(id) => format!("url.query.{}", text(id)),
        Signal::Route(id) => format!("route.{}", text(id)),
        Signal::Affinity(id) => format!("visitor.affinity.{}", text(id)),
        Signal::Answer(index) => {
            let question = scope.questions.get(usize::from(index)).map_or("", |question| &question.0);
            format!("answers.{question}")
        }
        Signal::Custom(index) => {
            format!("custom.{}", scope.custom.get(usize::from(index)).map_or("", |custom| &custom.0))
        }
    }
}
