//! Stage routes that fit a shop's addresses: addresses of one shape become one route, and a well-known word in them says
//! which stage it is.

use std::collections::{BTreeMap, BTreeSet};

use footlight_core::stage::Stage;
use footlight_core::url::{MAX_CAPTURES, RoutePattern, TrailingSlash, percent};
use serde::Serialize;

use super::languages::Languages;
use super::url_list::UrlList;
use super::words::{self, Meaning};

/// So many addresses are shown for each route.
const EXAMPLES: usize = 3;

/// So many shapes are shown of what is left.
const MOST_LEFT: usize = 12;

/// A route for addresses that were found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Route {
    pub(crate) path: String,
    #[serde(serialize_with = "stage_name")]
    pub(crate) stage: Stage,
    /// How many addresses it is the first to match.
    pub(crate) urls: usize,
    pub(crate) examples: Vec<String>,
}

/// Addresses that no route covers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Left {
    pub(crate) path: String,
    pub(crate) urls: usize,
    pub(crate) examples: Vec<String>,
    /// Whether most of them end in a number, as product pages do.
    pub(crate) looks_like_products: bool,
}

/// What the addresses say of the shop.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Proposal {
    pub(crate) hosts: Vec<String>,
    pub(crate) locales: Vec<String>,
    pub(crate) urls: usize,
    pub(crate) routes: Vec<Route>,
    pub(crate) left: Vec<Left>,
    /// Addresses that no route covers.
    pub(crate) left_urls: usize,
    /// Entries that are no addresses.
    pub(crate) unusable: usize,
    pub(crate) first_unusable: Vec<String>,
    /// Sitemaps that the index names and that are not beside it.
    pub(crate) missing_sitemaps: Vec<String>,
}

fn stage_name<S: serde::Serializer>(stage: &Stage, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(stage.name())
}

/// An address cut into its parts.
struct Address<'u> {
    path: &'u str,
    /// The language before everything else, as written.
    prefix: Option<String>,
    parts: Vec<String>,
}

/// One part of a shape.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// A well-known word, as written.
    Word(String),
    /// Something else, with the file's ending.
    Other(&'static str),
}

/// What addresses have in common.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Shape {
    stage: usize,
    parts: Vec<Part>,
    /// Which part says the stage, and whether what follows names one of them.
    anchor: usize,
    takes: bool,
}

pub(super) fn propose(list: UrlList) -> Proposal {
    let known = Languages::known();
    let addresses: Vec<Address<'_>> =
        list.paths.values().flatten().map(|path| Address::of(path, &known)).collect();
    let mut groups: BTreeMap<Shape, Vec<&Address<'_>>> = BTreeMap::new();
    for address in &addresses {
        if let Some(shape) = Shape::of(&address.parts) {
            groups.entry(shape).or_default().push(address);
        }
    }
    let mut wanted: Vec<(Stage, String)> = vec![(Stage::Homepage, "/".to_owned())];
    for (shape, members) in &groups {
        let Some(stage) = Stage::ALL.get(shape.stage) else { continue };
        wanted.extend(patterns(shape, *stage, members).into_iter().map(|path| (*stage, path)));
    }
    let mut seen = BTreeSet::new();
    wanted.retain(|(_, path)| seen.insert(path.clone()));
    wanted.sort_by_key(|(stage, path)| (*stage as usize, order(path)));
    if is_taken_by_another(&wanted, &groups) {
        wanted.sort_by_key(|(stage, path)| (order(path), *stage as usize));
    }
    let (routes, left) = cover(&wanted, &addresses);
    let hosts: Vec<String> = list.paths.keys().filter(|host| !host.is_empty()).cloned().collect();
    let left_urls = left.len();
    Proposal {
        locales: locales(&list, &hosts, &addresses, &known),
        hosts,
        urls: list.len(),
        routes,
        left: shapes_of(&left),
        left_urls,
        unusable: list.unusable,
        first_unusable: list.first_unusable,
        missing_sitemaps: list.missing,
    }
}

impl<'u> Address<'u> {
    fn of(path: &'u str, known: &Languages) -> Self {
        let mut parts: Vec<String> = path
            .split('/')
            .filter(|part| !part.is_empty())
            .map(|part| percent::decode(part).into_owned())
            .collect();
        let has_prefix = parts.first().is_some_and(|first| known.of_prefix(first).is_some());
        let prefix = has_prefix.then(|| parts.remove(0));
        Self { path, prefix, parts }
    }
}

impl Shape {
    fn of(parts: &[String]) -> Option<Self> {
        if parts.is_empty() {
            let stage = Stage::Homepage as usize;
            return Some(Self { stage, parts: Vec::new(), anchor: 0, takes: false });
        }
        let mut anchor: Option<(usize, Meaning)> = None;
        let mut shape = Vec::with_capacity(parts.len());
        let mut is_taken = false;
        for (index, part) in parts.iter().enumerate() {
            let meaning = words::meaning(part, index + 1 < parts.len()).filter(|_| !is_taken);
            is_taken = meaning.is_some_and(|meaning| meaning.takes);
            match meaning {
                Some(meaning) => {
                    anchor = Some((index, meaning));
                    shape.push(Part::Word(part.clone()));
                }
                None => shape.push(Part::Other(ending(part))),
            }
        }
        let (anchor, meaning) = anchor?;
        // `/home` is the homepage, `/home/sofas` is not.
        if meaning.stage == Stage::Homepage && parts.len() > 1 {
            return None;
        }
        Some(Self { stage: meaning.stage as usize, parts: shape, anchor, takes: meaning.takes })
    }
}

fn ending(part: &str) -> &'static str {
    words::ENDINGS
        .iter()
        .find(|ending| part.len() > ending.len() && part.ends_with(**ending))
        .copied()
        .unwrap_or("")
}

/// The routes of a shape: one, or one for each language where they cannot be captured.
fn patterns(shape: &Shape, stage: Stage, members: &[&Address<'_>]) -> Vec<String> {
    let prefixes: BTreeSet<&str> = members.iter().filter_map(|address| address.prefix.as_deref()).collect();
    let has_bare = members.iter().any(|address| address.prefix.is_none());
    let mut names: Vec<String> = Vec::new();
    let mut written = String::new();
    let is_captured = prefixes.len() > 1 && !shape.parts.is_empty();
    let most = MAX_CAPTURES - usize::from(is_captured);
    let variable: Vec<bool> =
        (0..shape.parts.len()).map(|index| is_variable(shape, index, members)).collect();
    let last = variable.iter().rposition(|variable| *variable);
    for (index, part) in shape.parts.iter().enumerate() {
        let own = members.first().and_then(|address| address.parts.get(index)).map_or("", String::as_str);
        if variable.get(index) == Some(&true) {
            if names.len() == most {
                written.push_str("/*");
                break;
            }
            let name = name(stage, index, shape.anchor, Some(index) == last, &names);
            let ending = if let Part::Other(ending) = part { ending } else { "" };
            written.push_str(&format!("/:{name}{ending}"));
            names.push(name);
        } else {
            written.push_str(&format!("/{}", escaped(own)));
        }
    }
    let mut all = Vec::new();
    if has_bare {
        all.push(if written.is_empty() { "/".to_owned() } else { written.clone() });
    }
    if is_captured {
        all.push(format!("/:locale{written}"));
    } else {
        all.extend(prefixes.iter().map(|prefix| format!("/{prefix}{written}")));
    }
    all
}

/// Whether a part differs from address to address.
fn is_variable(shape: &Shape, index: usize, members: &[&Address<'_>]) -> bool {
    if matches!(shape.parts.get(index), Some(Part::Word(_))) {
        return false;
    }
    if shape.takes && index == shape.anchor + 1 {
        return true;
    }
    let mut values = members.iter().filter_map(|address| address.parts.get(index));
    let first = values.next();
    let is_one = values.all(|value| Some(value) == first);
    // Of a single address nobody knows; what follows the word is more likely a number than a word.
    !is_one || members.len() == 1 && index > shape.anchor
}

fn name(stage: Stage, index: usize, anchor: usize, is_last: bool, taken: &[String]) -> String {
    let is_behind = index > anchor;
    let wishes: &[&str] = match stage {
        Stage::Product if is_last => &["sku"],
        Stage::Product | Stage::Category => &["category", "subcategory"],
        Stage::PreEntry if is_behind => &["campaign"],
        Stage::ThankYou | Stage::PostPurchase if is_behind => &["order"],
        Stage::Checkout | Stage::Cart if is_behind => &["step"],
        _ => &["section"],
    };
    let free = wishes.iter().find(|wish| !taken.iter().any(|taken| taken == *wish));
    free.map_or_else(|| format!("part{}", index + 1), |wish| (*wish).to_owned())
}

/// A literal part as patterns have it.
fn escaped(part: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || ['-', '.', '_', '~', '+', '@', ','].contains(&c);
    let mut out = String::new();
    for character in part.chars() {
        if is_plain(character) {
            out.push(character);
        } else {
            let mut bytes = [0; 4];
            character.encode_utf8(&mut bytes).bytes().for_each(|byte| out.push_str(&format!("%{byte:02X}")));
        }
    }
    out
}

/// Few captures first: `/cart` before `/:page`.
fn order(path: &str) -> (usize, String) {
    (path.matches(':').count() + 10 * path.matches('*').count(), path.to_owned())
}

fn parsed(wanted: &[(Stage, String)]) -> Vec<(Stage, &str, RoutePattern)> {
    let parse = |(stage, path): &'_ (Stage, String)| {
        Some((*stage, RoutePattern::parse(path, TrailingSlash::Ignored).ok()?))
    };
    wanted
        .iter()
        .filter_map(|both| parse(both).map(|(stage, pattern)| (stage, both.1.as_str(), pattern)))
        .collect()
}

/// Whether in this order a route takes an address that is of another stage.
fn is_taken_by_another(wanted: &[(Stage, String)], groups: &BTreeMap<Shape, Vec<&Address<'_>>>) -> bool {
    let routes = parsed(wanted);
    groups.iter().any(|(shape, members)| {
        members.iter().any(|address| {
            let first = routes.iter().find(|(_, _, pattern)| pattern.matches(address.path).is_some());
            first.is_some_and(|(stage, ..)| *stage as usize != shape.stage)
        })
    })
}

/// How many addresses each route matches, tried in order, and those that none does.
fn cover<'a, 'u>(
    wanted: &[(Stage, String)],
    addresses: &'a [Address<'u>],
) -> (Vec<Route>, Vec<&'a Address<'u>>) {
    let patterns = parsed(wanted);
    let mut routes: Vec<Route> = patterns
        .iter()
        .map(|(stage, path, _)| Route {
            path: (*path).to_owned(),
            stage: *stage,
            urls: 0,
            examples: Vec::new(),
        })
        .collect();
    let mut left = Vec::new();
    for address in addresses {
        let first = patterns.iter().position(|(_, _, pattern)| pattern.matches(address.path).is_some());
        match first.and_then(|first| routes.get_mut(first)) {
            Some(route) => {
                route.urls += 1;
                if route.examples.len() < EXAMPLES {
                    route.examples.push(address.path.to_owned());
                }
            }
            None => left.push(address),
        }
    }
    // The homepage is a page even when the list leaves it out.
    routes.retain(|route| route.urls > 0 || route.path == "/");
    (routes, left)
}

/// What is left, by its first part and its depth; the most frequent first.
fn shapes_of(left: &[&Address<'_>]) -> Vec<Left> {
    let mut shapes: BTreeMap<String, Vec<&Address<'_>>> = BTreeMap::new();
    for address in left {
        let prefix = if address.prefix.is_some() { "/:locale" } else { "" };
        let shape = match address.parts.as_slice() {
            [] => prefix.to_owned(),
            [only] => format!("{prefix}/:page{}", ending(only)),
            [first, .., last] => {
                let between: String =
                    (2..address.parts.len()).map(|number| format!("/:part{number}")).collect();
                format!("{prefix}/{}{between}/:page{}", escaped(first), ending(last))
            }
        };
        shapes.entry(shape).or_default().push(address);
    }
    let mut all: Vec<Left> = shapes
        .into_iter()
        .map(|(path, members)| {
            let numbered =
                members.iter().filter(|address| address.parts.last().is_some_and(|last| has_number(last)));
            Left {
                looks_like_products: members.len() >= 5 && numbered.count() * 10 >= members.len() * 7,
                urls: members.len(),
                examples: members.iter().take(EXAMPLES).map(|address| address.path.to_owned()).collect(),
                path,
            }
        })
        .collect();
    all.sort_by(|a, b| b.urls.cmp(&a.urls).then_with(|| a.path.cmp(&b.path)));
    all.truncate(MOST_LEFT);
    all
}

/// Four digits in a row.
fn has_number(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() >= 4)
}

/// The languages, the one of most addresses first.
fn locales(list: &UrlList, hosts: &[String], addresses: &[Address<'_>], known: &Languages) -> Vec<String> {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for language in addresses.iter().filter_map(|address| known.of_prefix(address.prefix.as_deref()?)) {
        *counts.entry(language).or_default() += 1;
    }
    for host in hosts {
        let count = list.paths.get(host).map_or(0, BTreeSet::len);
        if let Some(language) = known.of_host(host) {
            *counts.entry(language).or_default() += count;
        }
    }
    for language in list.languages.iter().filter_map(|tag| known.of_tag(tag)) {
        counts.entry(language).or_default();
    }
    let mut all: Vec<(&'static str, usize)> = counts.into_iter().collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    all.into_iter().map(|(language, _)| language.to_owned()).collect()
}
