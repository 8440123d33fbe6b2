//! A page becomes what a decision makes of it.

use std::time::Instant;

use footlight_core::decide::{Decision, DefaultReason};
use footlight_core::report::Report;
use footlight_core::time::write_rfc3339;
use http_body_util::BodyExt as _;
use hyper::body::Bytes;
use hyper::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, HeaderValue, LINK};
use hyper::http::response::Parts;
use hyper::{Method, Response, StatusCode};
use url::{Position, Url};

use super::super::body::{self, Body, Broken};
use super::super::decoding::Coding;
use super::super::eligible::content_type;
use super::super::log::Served;
use super::super::panel::{self, Explained};
use super::super::passage::Passage;
use super::super::visit::Visit;
use super::super::{beginning, events, policy, refusal, response_headers};
use super::{Shop, reads_page};

/// The panel that a page gets.
pub(super) struct Panel {
    /// The visitor that is pretended.
    pub(super) other: Option<String>,
    /// The version of the rules.
    pub(super) version: u64,
}

/// A page on its way, with what was read of it.
struct Coming {
    body: Body,
    first: Option<Bytes>,
    /// What it says of itself.
    facts: Vec<String>,
}

/// The page as this visitor gets it.
pub(super) async fn personalize(
    shop: &Shop,
    visit: Option<&Visit>,
    method: &Method,
    page: Response<Body>,
    panel: Option<Panel>,
    is_refused: bool,
    url: &Url,
) -> Response<Body> {
    let started = Instant::now();
    let content_type = content_type(page.headers()).to_owned();
    let (mut head, body) = page.into_parts();
    let mut coming = Coming { body, first: None, facts: Vec::new() };
    let mut decision = visit.map(|visit| visit.decide(&[]));
    let reads =
        visit.zip(decision.as_ref()).is_some_and(|(visit, decision)| reads_page(visit.bundle(), decision));
    let changes = decision.as_ref().is_some_and(|decision| !decision.edits.is_empty());
    let is_read = method == Method::GET && (changes || reads || panel.is_some());
    if is_read {
        coming.body = decoded(&mut head, coming.body);
    }
    if let Some(visit) = visit.filter(|_| is_read && reads) {
        coming = begin(visit, coming.body, &content_type).await;
        decision = Some(visit.decide(&coming.facts));
    }

    let mut report = None;
    let mut status = String::new();
    if let (Some(visit), Some(decision)) = (visit, &decision) {
        report =
            Some(if panel.is_some() { visit.explain(&coming.facts).1 } else { visit.report_of(decision) });
        status = sign(&mut head, visit, decision, method, is_refused);
        note_time(&mut head, started);
    }
    let path = &url[Position::BeforePath..Position::AfterQuery];
    Served::of(head.status, path, &status, report.as_ref()).print(shop.format);

    let tail = panel.map(|panel| tail(shop, &mut head, visit, panel, report, &status));
    let rewriter = visit.zip(decision.as_ref()).filter(|(_, decision)| !decision.edits.is_empty());
    let rewriter = rewriter.map(|(visit, decision)| visit.live.pages.rewriter(decision, &content_type));
    if !is_read {
        return Response::from_parts(head, coming.body);
    }
    let passage = Passage::new(coming.body, coming.first, rewriter, tail, &content_type);
    Response::from_parts(head, body::of(passage))
}

/// What a visitor gets and why, as JSON. The page is read only as far as the decision needs it.
pub(super) async fn explain(visit: &Visit, page: Response<Body>) -> Response<Body> {
    let mut facts = Vec::new();
    if reads_page(visit.bundle(), &visit.decide(&[])) {
        let content_type = content_type(page.headers()).to_owned();
        let (mut head, body) = page.into_parts();
        let body = decoded(&mut head, body);
        facts = begin(visit, body, &content_type).await.facts;
    }
    refusal::json(StatusCode::OK, &visit.served(visit.explain(&facts).1))
}

/// Undoes the page's coding.
fn decoded(head: &mut Parts, body: Body) -> Body {
    let coding = Coding::of(&head.headers).unwrap_or(Coding::Identity);
    if coding != Coding::Identity {
        head.headers.remove(CONTENT_ENCODING);
        head.headers.remove(CONTENT_LENGTH);
    }
    coding.undo(body)
}

/// Reads the beginning of a page, as far as rules want to know it.
async fn begin(visit: &Visit, mut body: Body, content_type: &str) -> Coming {
    let pages = &visit.live.pages;
    match beginning::read(&mut body, |beginning| pages.facts(beginning, content_type).1).await {
        Ok(first) => {
            let facts = first.as_ref().map(|first| pages.facts(first, content_type).0).unwrap_or_default();
            Coming { body, first, facts }
        }
        Err(error) => Coming { body: broken(error), first: None, facts: Vec::new() },
    }
}

/// A body that fails as the origin's did.
fn broken(error: Broken) -> Body {
    let failure = futures_util::stream::once(async { Err::<hyper::body::Frame<Bytes>, Broken>(error) });
    http_body_util::StreamBody::new(failure).boxed_unsync()
}

/// Writes the decision's headers, as the worker does. What became of the page.
fn sign(head: &mut Parts, visit: &Visit, decision: &Decision, method: &Method, is_refused: bool) -> String {
    let headers = &mut head.headers;
    if !decision.edits.is_empty() {
        response_headers::for_changed_page(headers, &decision.cache, &visit.live.headers);
    }
    let texts = &visit.bundle().texts;
    let preloads: Vec<&str> = decision.preloads.iter().map(|&preload| texts.get(preload)).collect();
    if let Ok(link) = HeaderValue::from_str(&preloads.join(", "))
        && !link.is_empty()
    {
        headers.append(LINK, link);
    }
    let profile = decision.profile.as_ref().filter(|_| method == Method::GET);
    if let Some(cookie) = profile.and_then(|profile| visit.cookie(profile)) {
        response_headers::add_cookie(headers, &cookie);
    }
    if visit.is_preview() {
        response_headers::for_preview(headers);
    }
    let result = decision.reason.map(DefaultReason::name);
    let result = result.map_or("personalized".to_owned(), |reason| format!("default; reason={reason}"));
    let mut status = format!("{result}; bundle={:.12}", visit.live.id);
    if is_refused {
        status.push_str("; refused=errors");
    }
    if let Ok(status) = HeaderValue::from_str(&status) {
        headers.insert("footlight-status", status);
    }
    status
}

/// How long everything took but the origin.
fn note_time(head: &mut Parts, started: Instant) {
    let milliseconds = started.elapsed().as_secs_f64() * 1000.0;
    if let Ok(timing) = HeaderValue::from_str(&format!("footlight;dur={milliseconds:.2}")) {
        head.headers.append("server-timing", timing);
    }
}

/// What stands behind a page, and headers for one that is of this moment.
fn tail(
    shop: &Shop,
    head: &mut Parts,
    visit: Option<&Visit>,
    panel: Panel,
    report: Option<Report>,
    status: &str,
) -> Bytes {
    let mut at = String::new();
    let cache_control = head.headers.get(CACHE_CONTROL).and_then(|value| value.to_str().ok());
    let cache_control = cache_control.unwrap_or_default().to_owned();
    write_rfc3339(visit.map_or(0, Visit::now_ms), &mut at);
    let url = visit.map(|visit| visit.url().to_owned()).unwrap_or_default();
    let number = shop.explanations.number();
    let status = status.to_owned();
    shop.explanations.keep(number, &Explained { url, at, status, cache_control, other: panel.other, report });

    response_headers::forget_bytes(&mut head.headers);
    head.headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let address = shop.origin.address();
    let nonce = policy::adapt(&mut head.headers, address);
    let version = events::version(shop.started, panel.version);
    panel::tail(&version, number, address.map(|address| address.base()), nonce.as_deref())
}
