//! `footlight explain`: what one visitor gets, and why.

use std::collections::BTreeSet;

use clap::Args;
use footlight_compiler::cases::{Carried, Visit, Visitor};
use footlight_core::bundle::{Bundle, GeoFact};
use footlight_core::consent::{Purpose, Purposes};
use footlight_core::report::{ChangeReport, EditReport, Report};
use serde::Serialize;

use super::check::Compiled;
use crate::arguments::{Format, Rules};
use crate::failure::Failure;
use crate::output::{self, Outcome};
use crate::page::Pages;
use crate::page_diff::{PageDiff, PageSource};
use crate::trace;

/// Show what a visitor gets on a page, and why: signals, segments, and how each rule fared.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The page: a whole URL, or a path of the site's first host.
    url: String,
    #[command(flatten)]
    rules: Rules,
    /// The visitor's country, such as DE.
    #[arg(long, value_name = "CODE")]
    country: Option<String>,
    /// The region, ISO 3166-2 without the country.
    #[arg(long, value_name = "CODE")]
    region: Option<String>,
    /// The city.
    #[arg(long, value_name = "NAME")]
    city: Option<String>,
    /// The postal code.
    #[arg(long, value_name = "CODE")]
    postal_code: Option<String>,
    /// The visitor's time zone, such as Europe/Berlin.
    #[arg(long, value_name = "NAME")]
    time_zone: Option<String>,
    /// phone, tablet, desktop or bot.
    #[arg(long, value_name = "CLASS", value_parser = ["phone", "tablet", "desktop", "bot", "other"])]
    device: Option<String>,
    /// The Accept-Language header.
    #[arg(long, value_name = "HEADER")]
    language: Option<String>,
    /// The Referer header.
    #[arg(long, value_name = "URL")]
    referrer: Option<String>,
    /// A request header, `name: value`; can be repeated.
    #[arg(long = "header", value_name = "HEADER")]
    headers: Vec<String>,
    /// A cookie, `name=value`; can be repeated.
    #[arg(long = "cookie", value_name = "COOKIE")]
    cookies: Vec<String>,
    /// Purposes consented to, separated by commas, or `all`.
    #[arg(long, value_name = "PURPOSES")]
    consent: Option<String>,
    /// Number of visits, this one included; implies that there is a profile.
    #[arg(long, value_name = "NUMBER")]
    visits: Option<u16>,
    /// Page views of a category, `boots=3`; can be repeated.
    #[arg(long = "affinity", value_name = "CATEGORY=VIEWS")]
    affinity: Vec<String>,
    /// Orders placed before.
    #[arg(long, value_name = "NUMBER")]
    orders: Option<u16>,
    /// Show what changes in a page: the HTML as the shop sends it, from a file, an address, or `-` for standard input.
    #[arg(long, value_name = "FILE|URL")]
    html: Option<String>,
}

/// So much of a page is read before deciding, as at the edge.
const BEGINNING_BYTES: usize = 65_536;

#[derive(Serialize)]
struct Answer {
    #[serde(flatten)]
    report: Report,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<PageDiff>,
}

impl Explain {
    pub(crate) fn run(&self, format: Format) -> Result<Outcome, Failure> {
        let mut compiled = Compiled::read(&self.rules)?;
        let Some(bundle) = compiled.compilation.bundle.take() else {
            compiled.report(&self.rules.rules);
            return Ok(Outcome::Wrong);
        };
        let visit = self.visit(&bundle, compiled.now_ms)?;
        let no_consent = |_| Failure::BadArgument {
            name: "--consent",
            value: self.consent.clone().unwrap_or_default(),
            expected: "purposes that some value of the site's consent cookie says exactly, or the cookie itself",
        };
        let mut carried = visit.carried(&bundle).map_err(no_consent)?;
        // INVARIANT: the compiler and the rewriter of one build agree on selectors.
        let Some(pages) = Pages::new(bundle) else { return Ok(Outcome::Wrong) };
        let source = self.html.as_deref().map(|name| self.source(name, &carried)).transpose()?;
        if let Some(source) = &source {
            let beginning = source.html.get(..BEGINNING_BYTES).unwrap_or(&source.html);
            carried.read_page(pages.facts(beginning, &source.content_type).0);
        }
        let notes = &compiled.compilation.notes;
        let (decision, explanation) = carried.explain(pages.engine(), notes);
        let page = source.map(|source| {
            let after = pages.rewrite(&decision, &source.content_type, &source.html);
            PageDiff::new(source.name, &source.html, &after)
        });
        let text = trace::text(Some(&decision), &explanation);
        let report = Report::of(&decision, Some(explanation), pages.engine().bundle(), notes);
        match format {
            Format::Json => output::json(&Answer { report, page }),
            Format::Text => {
                anstream::print!("{text}");
                let edits: Vec<&EditReport> = report.slots.iter().flat_map(|slot| &slot.edits).collect();
                if !edits.is_empty() {
                    anstream::println!("edits");
                }
                for EditReport { selector, change } in &edits {
                    anstream::println!("  {selector}  {}", words(change).replace('\n', "\n      "));
                }
                if let Some(page) = &page {
                    print(page, &edits);
                }
            }
        }
        Ok(Outcome::Fine)
    }

    /// The page, asked for as the visitor would.
    fn source(&self, name: &str, carried: &Carried) -> Result<PageSource, Failure> {
        let request = carried.request();
        let cookies = self.cookies.join("; ");
        let headers = [
            ("user-agent", request.user_agent),
            ("accept-language", request.accept_language),
            ("cookie", cookies.as_str()),
        ];
        PageSource::read(name, &headers)
    }

    fn visit(&self, bundle: &Bundle, at_ms: i64) -> Result<Visit, Failure> {
        let mut headers = Vec::new();
        for header in &self.headers {
            let (name, value) = pair("--header", header, ':', "`name: value`")?;
            headers.push((name.to_ascii_lowercase(), value));
        }
        let named = [("accept-language", &self.language), ("referer", &self.referrer)];
        headers.extend(named.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value.clone()?))));
        let cookies = self.cookies.iter().map(|cookie| pair("--cookie", cookie, '=', "`name=value`"));
        let geo = [
            (GeoFact::Country, &self.country),
            (GeoFact::Region, &self.region),
            (GeoFact::City, &self.city),
            (GeoFact::PostalCode, &self.postal_code),
            (GeoFact::TimeZone, &self.time_zone),
        ];
        Ok(Visit {
            at_ms,
            url: self.url(bundle),
            headers,
            cookies: cookies.collect::<Result<_, _>>()?,
            geo: geo.into_iter().filter_map(|(fact, value)| Some((fact, value.clone()?))).collect(),
            device: self.device.clone(),
            consent: self.consent.as_deref().map(purposes).transpose()?,
            visitor: self.visitor()?,
            page: Vec::new(),
        })
    }

    fn url(&self, bundle: &Bundle) -> String {
        match bundle.site.hosts.first() {
            Some(host) if self.url.starts_with('/') => format!("https://{host}{}", self.url),
            _ => self.url.clone(),
        }
    }

    fn visitor(&self) -> Result<Option<Visitor>, Failure> {
        if self.visits.is_none() && self.affinity.is_empty() && self.orders.is_none() {
            return Ok(None);
        }
        let mut affinity = Vec::new();
        for written in &self.affinity {
            const EXPECTED: &str = "`category=views`, such as `boots=3`";
            let (category, views) = pair("--affinity", written, '=', EXPECTED)?;
            let bad =
                |_| Failure::BadArgument { name: "--affinity", value: written.clone(), expected: EXPECTED };
            affinity.push((category, views.parse().map_err(bad)?));
        }
        Ok(Some(Visitor {
            visits: self.visits.unwrap_or(1),
            orders: self.orders.unwrap_or(0),
            affinity,
            ..Visitor::default()
        }))
    }
}

/// What changes in the page.
fn print(page: &PageDiff, edits: &[&EditReport]) {
    anstream::println!("\npage      {}", page.source);
    if !page.diff.is_empty() {
        anstream::print!("{}", if output::is_plain() { page.spoken() } else { page.coloured() });
    } else if edits.is_empty() {
        anstream::println!("nothing changes");
    } else {
        let selectors: BTreeSet<&str> = edits.iter().map(|edit| edit.selector.as_str()).collect();
        let selectors: Vec<&str> = selectors.into_iter().collect();
        anstream::println!(
            "nothing changes: none of the places is in this page: {}; mark one up, or correct `selector` in site.toml",
            selectors.join(", ")
        );
    }
}

fn pair(
    name: &'static str,
    written: &str,
    separator: char,
    expected: &'static str,
) -> Result<(String, String), Failure> {
    let (key, value) = written.split_once(separator).ok_or_else(|| Failure::BadArgument {
        name,
        value: written.to_owned(),
        expected,
    })?;
    Ok((key.trim().to_owned(), value.trim().to_owned()))
}

fn purposes(written: &str) -> Result<Purposes, Failure> {
    if written == "all" {
        return Ok(Purposes::ALL);
    }
    let named = |name: &str| Purpose::ALL.into_iter().find(|purpose| purpose.name() == name);
    written
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(named)
        .collect::<Option<_>>()
        .ok_or_else(|| Failure::BadArgument {
            name: "--consent",
            value: written.to_owned(),
            expected: "functional, analytics, personalization, marketing, or all",
        })
}

fn words(change: &ChangeReport) -> String {
    match change {
        ChangeReport::Insert { place, html } => format!("{place}: {html}"),
        ChangeReport::SetAttribute { name, value } => format!("{name}={value:?}"),
        ChangeReport::RemoveAttribute { name } => format!("remove {name}"),
        ChangeReport::Remove => "remove".to_owned(),
        ChangeReport::Price => "price in the visitor's market".to_owned(),
    }
}
