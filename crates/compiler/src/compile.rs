//! From sources to a bundle.

use std::collections::{BTreeMap, BTreeSet};

use footlight_core::bundle::{Bundle, Origin, Site, StagePlan, Target};
use footlight_core::consent::{Purpose, Purposes};
use footlight_core::fact::Fact;
use footlight_core::notes::{Notes, QuestionNote};
use footlight_core::profile::{MAX_COOKIE_BYTES, largest_cookie};
use footlight_core::signal::{self, Plain, Signal};
use footlight_core::stage::Stage;
use footlight_core::time::TimeZone;

use crate::analysis::{self, Places};
use crate::contents::{self, Contents};
use crate::diagnostic::{At, Diagnostic, journey as journey_law, names, site as site_facts, syntax};
use crate::journey::{self, Law};
use crate::previous::Previous;
use crate::program::Program;
use crate::rules::{self, Draft, Environment, Parts};
use crate::segments::{self, Segments};
use crate::sharing;
use crate::site::{self, DeclaredSite};
use crate::sources::{FileId, Sources};
use crate::{calendar, reads, traffic, zones};

const SITE: &str = "site.toml";
const JOURNEY: &str = "journey.toml";
const SEGMENTS: &str = "segments.toml";

/// What a compilation depends on besides the sources.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The current time in milliseconds since 1970: schedules and reviews are compared with it.
    pub now_ms: i64,
}

/// What comes of sources.
#[derive(Debug)]
pub struct Compilation {
    /// The bundle, unless there are errors.
    pub bundle: Option<Bundle>,
    /// What the bundle's numbers are called; empty without a bundle.
    pub notes: Notes,
    /// Everything that is wrong or worth a second look, by file and place.
    pub diagnostics: Vec<Diagnostic>,
}

impl Compilation {
    /// Whether something is wrong.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// Compiles rule sources. Everything that is wrong is reported in one go.
#[must_use]
pub fn compile(sources: &Sources, options: Options) -> Compilation {
    run(sources, options, None)
}

/// [`compile`] for a shop that has a bundle already: when an experiment's weights change as few visitors as possible move
/// to another variant, and a change that moves more than that is warned of.
#[must_use]
pub fn compile_after(previous: (&Bundle, &Notes), sources: &Sources, options: Options) -> Compilation {
    run(sources, options, Some(previous))
}

fn run(sources: &Sources, options: Options, previous: Option<(&Bundle, &Notes)>) -> Compilation {
    let mut program = Program { years: calendar::years_around(options.now_ms), ..Program::default() };
    let declared = match sources.find(SITE) {
        Some(file) => site::read(file, sources, &mut program),
        None => {
            let at = sources.iter().next().map_or(At::nowhere(), |(_, file)| At::new(file, 0..0));
            program.report(syntax::missing_file(at, SITE, "says what the shop is: markets, routes, slots"));
            None
        }
    };
    let laws = journey::read(sources.find(JOURNEY), sources, &mut program);
    let segments = segments::read(sources.find(SEGMENTS), sources, &mut program);
    let contents = contents::read(sources, &mut program);
    let mut parts = Parts::default();
    let environment = Environment {
        site: declared.as_ref(),
        laws: &laws,
        segments: &segments,
        contents: &contents,
        previous: previous.map(Previous::new),
        now_ms: options.now_ms,
    };
    let mut ids = BTreeMap::new();
    let mut drafts = Vec::new();
    for file in rule_files(sources, declared.as_ref(), &mut program) {
        drafts.extend(rules::read(file, sources, &environment, &mut ids, &mut parts, &mut program));
    }
    if parts.is_full {
        let at = sources.find(SITE).map_or(At::nowhere(), |file| At::new(file, 0..0));
        program.report(journey_law::too_many(at, "contents or places"));
    }
    let (mut bundle, mut notes) = (None, Notes::default());
    if let Some(declared) = declared {
        unused(&declared, &segments, &contents, &parts, &mut program);
        let assembled;
        let places;
        (assembled, notes, places) = assemble(declared, &laws, segments, parts, drafts, &mut program);
        let reach = analysis::analyse(&assembled, &notes, &places);
        program.diagnostics.extend(reach);
        program.diagnostics.extend(traffic::check(sources, &assembled, &notes, &places.segments));
        bundle = Some(assembled);
    }
    let mut diagnostics = program.diagnostics;
    diagnostics.sort_by(|a, b| {
        let place = |at: At| (sources.path(at.file), at.start, at.end);
        place(a.at).cmp(&place(b.at)).then_with(|| a.code.name.cmp(b.code.name))
    });
    diagnostics.dedup();
    let has_errors = diagnostics.iter().any(Diagnostic::is_error);
    Compilation { bundle: bundle.filter(|_| !has_errors), notes, diagnostics }
}

/// The files that rules are in. Files that nothing reads are reported.
fn rule_files(sources: &Sources, declared: Option<&DeclaredSite>, program: &mut Program) -> Vec<FileId> {
    let mut files = Vec::new();
    for (path, file) in sources.iter() {
        let is_price_list =
            declared.is_some_and(|declared| declared.read_files.iter().any(|read| read == path));
        let is_known = [SITE, JOURNEY, SEGMENTS, traffic::FILE].contains(&path)
            || is_price_list
            || contents::is_content(path);
        let is_ours = path.starts_with("tests/") || path.starts_with("schema/");
        if is_known || is_ours || !(path.ends_with(".toml") || path.ends_with(".html")) {
            continue;
        }
        // Without a site it is not known which files are price lists.
        if path.contains('/') || path.ends_with(".html") {
            if declared.is_some() {
                program.report(syntax::unexpected_file(At::new(file, 0..0), path));
            }
        } else {
            files.push(file);
        }
    }
    files
}

fn unused(
    declared: &DeclaredSite,
    segments: &Segments,
    contents: &Contents,
    parts: &Parts,
    program: &mut Program,
) {
    // What is unused is only known once every rule could be read.
    if program.diagnostics.iter().any(Diagnostic::is_error) {
        return;
    }
    for (name, (at, number)) in &segments.by_id {
        if number.is_some_and(|number| !parts.used_segments.contains(&number)) {
            program.report(names::unused_segment(*at, name));
        }
    }
    for (name, (at, _)) in &contents.by_name {
        if !parts.used_contents.contains(name) {
            program.report(names::unused_content(*at, name));
        }
    }
    for (number, slot) in declared.slots.iter().enumerate() {
        if !u16::try_from(number).is_ok_and(|number| parts.used_slots.contains(&number)) {
            program.report(names::unused_slot(slot.at, &slot.name));
        }
    }
}

/// Puts rules in order, and derives what each stage needs. Texts and expressions move into the bundle.
fn assemble(
    declared: DeclaredSite,
    laws: &[Law],
    segments: Segments,
    parts: Parts,
    mut drafts: Vec<Draft>,
    program: &mut Program,
) -> (Bundle, Notes, Places) {
    drafts.sort_by(|a, b| b.rule.priority.cmp(&a.rule.priority).then_with(|| a.name.cmp(&b.name)));
    profile_size(&declared, &drafts, program);
    let signals: Vec<BTreeSet<Signal>> = drafts
        .iter()
        .map(|draft| reads::of_rule(program.nodes.as_slice(), &segments.all, &parts.contents, &draft.rule))
        .collect();
    for (draft, signals) in drafts.iter_mut().zip(&signals) {
        draft.rule.purposes = purposes(&declared, draft, signals);
    }
    let stages = Stage::ALL
        .into_iter()
        .zip(laws)
        .map(|(stage, law)| plan(stage, law, &drafts, &signals, &declared, program));
    let stages: Vec<StagePlan> = stages.collect();
    let questions = program.scope.questions.iter();
    let named = Notes {
        rules: drafts.iter().map(|draft| draft.name.clone()).collect(),
        variants: std::mem::take(&mut program.variants),
        segments: segments.notes.clone(),
        slots: declared.slots.iter().map(|slot| slot.name.clone()).collect(),
        targets: parts.targets.iter().map(|target| target.selector.clone()).collect(),
        questions: questions
            .map(|(name, answers)| QuestionNote { name: name.clone(), answers: answers.clone() })
            .collect(),
        custom: program.scope.custom.iter().map(|(name, _)| name.clone()).collect(),
        ..Notes::default()
    };
    let slots = u16::try_from(named.slots.len()).unwrap_or(u16::MAX);
    let segment_places = segments.places();
    let (segments, targets, contents) = (segments.all, parts.targets, parts.contents);
    let places = Places { rules: drafts.iter().map(|draft| draft.at).collect(), segments: segment_places };
    let rules = drafts.into_iter().map(|draft| draft.rule).collect();
    let mut site = declared.site;
    visitor_zones(&mut site, &signals, program.years);
    let texts = std::mem::take(&mut program.texts).into_table();
    let nodes = std::mem::take(&mut program.nodes).into_nodes();
    let selectors = site::as_set(targets.iter().map(|target| (&*target.selector, target.repeated)));
    let targets = targets.into_iter().map(|target| Target { slot: target.slot }).collect();
    let facts = Vec::new();
    let mut bundle =
        Bundle { site, texts, nodes, facts, segments, slots, targets, selectors, contents, rules, stages };
    bundle.facts = Fact::needed(&bundle);
    let notes = Notes::of(&bundle, named);
    (bundle, notes, places)
}

fn plan(
    stage: Stage,
    law: &Law,
    drafts: &[Draft],
    signals: &[BTreeSet<Signal>],
    declared: &DeclaredSite,
    program: &mut Program,
) -> StagePlan {
    let here =
        || drafts.iter().zip(signals).enumerate().filter(|(_, (draft, _))| draft.rule.stages.contains(stage));
    let readers: Vec<sharing::Reader<'_>> = here()
        .map(|(_, (draft, signals))| sharing::Reader {
            name: &draft.name,
            at: draft.at,
            rule: &draft.rule,
            signals,
        })
        .collect();
    let reads_page =
        here().any(|(_, (_, signals))| signals.iter().any(|&signal| from_page(signal, declared)));
    StagePlan {
        allowed: law.allowed.clone(),
        max_interventions: law.max_interventions,
        uncounted: law.uncounted.clone(),
        limits: law.limits.clone(),
        rules: here().filter_map(|(index, _)| u32::try_from(index).ok()).collect(),
        reads_page,
        cache: sharing::class(stage, &readers, declared, program),
    }
}

/// Adds the zones that visitors can be in when a rule asks for the time there: those of the markets' countries.
fn visitor_zones(site: &mut Site, signals: &[BTreeSet<Signal>], (from, to): (i16, i16)) {
    let visitor_time = [Plain::TimeVisitorHour, Plain::TimeVisitorWeekday].map(Signal::Plain);
    if signals.iter().any(|signals| visitor_time.iter().any(|signal| signals.contains(signal))) {
        let countries = site.markets.iter().flat_map(|market| &market.countries);
        let names = countries
            .filter_map(|country| std::str::from_utf8(country).ok())
            .flat_map(zones::zones_of_country);
        site.zones.extend(names.filter_map(|name| zones::zone(name, from, to).ok()));
    }
    let name = |site: &Site, zone: u16| site.zones.get(usize::from(zone)).map(|zone| zone.name.clone());
    let shop = name(site, site.shop_zone);
    let warehouse = site.shipping.as_ref().and_then(|plan| name(site, plan.time_zone));
    site.zones.sort_by(|a, b| a.name.cmp(&b.name));
    site.zones.dedup_by(|a, b| a.name == b.name);
    let place = |zones: &[TimeZone], name: Option<String>| {
        let place = zones.iter().position(|zone| Some(&zone.name) == name.as_ref());
        place.and_then(|place| u16::try_from(place).ok()).unwrap_or(0)
    };
    site.shop_zone = place(&site.zones, shop);
    if let Some(plan) = &mut site.shipping {
        plan.time_zone = place(&site.zones, warehouse);
    }
}

/// Whether a signal may be read from the page itself.
fn from_page(signal: Signal, declared: &DeclaredSite) -> bool {
    let site = &declared.site;
    let any = |origins: &[Origin]| origins.iter().any(|origin| matches!(origin, Origin::Page(_)));
    match signal {
        Signal::Plain(Plain::PageCategory) => any(&site.page.category),
        Signal::Plain(Plain::PageProduct) => any(&site.page.product),
        Signal::Plain(Plain::PagePrice) => any(&site.page.price),
        Signal::Plain(Plain::PageStock) => any(&site.page.stock),
        Signal::Plain(Plain::CartItems) => any(&site.shop.cart_items),
        Signal::Plain(Plain::CartValue | Plain::CartTotal) => any(&site.shop.cart_value),
        Signal::Custom(index) => {
            site.custom.get(usize::from(index)).is_some_and(|custom| matches!(custom.origin, Origin::Page(_)))
        }
        _ => false,
    }
}

/// The purposes that a rule needs: those of its signals, and personalization for a cap or an experiment, which the profile
/// keeps.
fn purposes(declared: &DeclaredSite, draft: &Draft, signals: &BTreeSet<Signal>) -> Purposes {
    let mut purposes: Purposes = signals.iter().map(|&signal| purpose(declared, signal)).collect();
    purposes = purposes.with(Purpose::Necessary);
    let keeps = draft.rule.cap.is_some() || draft.rule.experiment.is_some();
    if keeps { purposes.with(Purpose::Personalization) } else { purposes }
}

fn purpose(declared: &DeclaredSite, signal: Signal) -> Purpose {
    match signal {
        Signal::Plain(plain) => {
            signal::catalogue::entry(plain).map_or(Purpose::Personalization, |entry| entry.purpose)
        }
        Signal::Custom(index) => {
            declared.site.custom.get(usize::from(index)).map_or(Purpose::Marketing, |custom| custom.purpose)
        }
        Signal::Query(_) | Signal::Route(_) => Purpose::Necessary,
        Signal::Affinity(_) | Signal::Answer(_) => Purpose::Personalization,
    }
}

fn profile_size(declared: &DeclaredSite, drafts: &[Draft], program: &mut Program) {
    let limits = declared.site.profile;
    let capped = drafts.iter().filter(|draft| draft.rule.cap.is_some()).count();
    let questions = declared.site.questions.len();
    let sticky = drafts.iter().filter_map(|draft| draft.rule.experiment.as_ref()?.sticky_key).count();
    let bytes = largest_cookie(limits, capped, sticky, questions);
    if bytes > MAX_COOKIE_BYTES {
        let made_of = format!(
            "{} categories, {} products viewed, {capped} capped rules, {sticky} experiments, {questions} questions",
            limits.categories, limits.recently_viewed
        );
        program.report(site_facts::profile_too_large(declared.profile_at, bytes, MAX_COOKIE_BYTES, &made_of));
    }
}
