//! `/.footlight/`: the worker's own endpoints, and those of the panel.

use footlight_core::decide::Stranger;
use footlight_core::notes::Notes;
use http_body_util::BodyExt as _;
use hyper::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, HeaderValue, LOCATION, ORIGIN, SET_COOKIE};
use hyper::{HeaderMap, Method, Request, Response, StatusCode};
use serde::Deserialize;
use url::Url;

use super::body::{self, Body};
use super::refusal::{json, refuse};
use super::shop::Shop;
use super::{events, panel};

const PREFIX: &str = "/.footlight/";
const MAX_BODY_BYTES: usize = 4_096;

/// The name of the endpoint that a path addresses; none for the shop's own paths.
pub(super) fn of(path: &str) -> Option<&str> {
    path.strip_prefix(PREFIX)
}

pub(super) async fn respond(
    shop: &Shop,
    endpoint: &str,
    request: Request<Body>,
    here: &str,
) -> Response<Body> {
    match endpoint {
        "decide" => decide(shop, &request, here),
        "answer" => answer(shop, request, here).await,
        _ => {
            endpoint.strip_prefix(panel::PREFIX).and_then(|name| of_panel(shop, name)).unwrap_or_else(|| {
                refuse(StatusCode::NOT_FOUND, "unknown-endpoint", "there are `decide` and `answer`")
            })
        }
    }
}

fn of_panel(shop: &Shop, name: &str) -> Option<Response<Body>> {
    if name == "events" {
        return Some(events::respond(shop.started, shop.state.clone()));
    }
    if let Some(number) = name.strip_prefix("page/") {
        let found = number.parse().ok().and_then(|number| shop.explanations.find(number))?;
        let mut response = Response::new(body::full(found));
        response
            .headers_mut()
            .insert(CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        return Some(response);
    }
    panel::file(name)
}

/// `GET /.footlight/decide?url=…`: what the visitor gets there, as JSON.
fn decide(shop: &Shop, request: &Request<Body>, here: &str) -> Response<Body> {
    if request.method() != Method::GET {
        return not_allowed("GET");
    }
    let Some(live) = shop.live() else { return no_bundle() };
    let query = request.uri().query().unwrap_or_default();
    let asked =
        url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "url").map(|(_, url)| url);
    let url = asked
        .map(String::from)
        .or_else(|| text(request.headers(), "referer"))
        .unwrap_or_else(|| "/".to_owned());
    let base = Url::parse(here).ok();
    let about = base.as_ref().and_then(|base| base.join(&url).ok());
    let about = about.filter(|about| base.is_some_and(|base| about.origin() == base.origin()));
    let Some(about) = about else {
        return refuse(StatusCode::BAD_REQUEST, "url", "`url` must be a URL or a path of this site");
    };
    let url = shop.public_url(&live, &about[url::Position::BeforePath..], here);
    let visit = shop.visit(live, &url, request.headers(), here, None);
    json(StatusCode::OK, &visit.served(visit.report_of(&visit.decide(&[]))))
}

/// Where an answer goes, and what it is.
#[derive(Deserialize)]
struct Fields {
    question: String,
    answer: String,
    /// Where a form wants to go afterwards.
    #[serde(skip)]
    back: Option<String>,
}

/// `POST /.footlight/answer` with `question` and `answer`: into the visitor's profile. From a form, back to the path in
/// `return`.
async fn answer(shop: &Shop, request: Request<Body>, here: &str) -> Response<Body> {
    if request.method() != Method::POST {
        return not_allowed("POST");
    }
    if !is_own_page(request.headers(), here) {
        return refuse(
            StatusCode::FORBIDDEN,
            "cross-site",
            "answers are taken from the shop's own pages only",
        );
    }
    let (head, body) = request.into_parts();
    let Some(body) = collected(body).await else {
        let message = format!("an answer has at most {MAX_BODY_BYTES} bytes");
        return refuse(StatusCode::PAYLOAD_TOO_LARGE, "too-long", &message);
    };
    let kind = text(&head.headers, "content-type").unwrap_or_default();
    let Some(fields) = fields(&kind, &body) else {
        let message = "send a URL-encoded form or JSON with `question` and `answer`";
        return refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE, "content-type", message);
    };
    let Some(live) = shop.live() else { return no_bundle() };
    let (question, answer) = match numbers(&live.notes, &fields) {
        Ok(numbers) => numbers,
        Err((status, error, message)) => return refuse(status, error, message),
    };
    let url = shop.public_url(&live, head.uri.path(), here);
    let visit = shop.visit(live, &url, &head.headers, here, None);
    let (status, error, message) = match visit.answer(question, answer) {
        Ok(Some(profile)) => {
            return taken(visit.cookie(&profile), fields.back.map(|back| local_path(&back, here)));
        }
        Ok(None) => UNKNOWN_ANSWER,
        Err(Stranger::NoConsent) => NO_CONSENT,
        Err(Stranger::NoKey) => NO_KEY,
    };
    refuse(status, error, message)
}

/// The answer was taken: back to the page that it came from, if a form wants that.
fn taken(cookie: Option<String>, back: Option<String>) -> Response<Body> {
    let mut response = match back {
        Some(back) => see_other(&back),
        None => json(StatusCode::OK, &serde_json::json!({ "taken": true })),
    };
    if let Some(cookie) = cookie.and_then(|cookie| cookie.parse().ok()) {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    response
}

/// The whole body, unless it is too long or breaks off.
async fn collected(mut body: Body) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    while let Some(frame) = body.frame().await {
        if let Ok(chunk) = frame.ok()?.into_data() {
            if bytes.len() + chunk.len() > MAX_BODY_BYTES {
                return None;
            }
            bytes.extend_from_slice(&chunk);
        }
    }
    Some(bytes)
}

/// The question and the answer by their numbers; the refusal's status, name and words when the shop knows one of them not.
fn numbers(
    notes: &Notes,
    fields: &Fields,
) -> Result<(usize, usize), (StatusCode, &'static str, &'static str)> {
    let mut questions = notes.questions.iter().enumerate();
    let (number, question) = questions.find(|(_, question)| question.name == fields.question).ok_or((
        StatusCode::NOT_FOUND,
        "unknown-question",
        "the shop does not ask this question",
    ))?;
    let answer = question.answers.iter().position(|answer| *answer == fields.answer).ok_or(UNKNOWN_ANSWER)?;
    Ok((number, answer))
}

const UNKNOWN_ANSWER: (StatusCode, &str, &str) =
    (StatusCode::BAD_REQUEST, "unknown-answer", "the question has no such answer");
const NO_CONSENT: (StatusCode, &str, &str) =
    (StatusCode::FORBIDDEN, "no-consent", "without consent to personalization nothing is remembered");
const NO_KEY: (StatusCode, &str, &str) =
    (StatusCode::FORBIDDEN, "no-key", "the shop remembers no answers at present");

fn no_bundle() -> Response<Body> {
    refuse(StatusCode::SERVICE_UNAVAILABLE, "no-bundle", "there is no bundle to decide with")
}

fn not_allowed(method: &'static str) -> Response<Body> {
    let message = format!("this endpoint answers {method}");
    let mut response = refuse(StatusCode::METHOD_NOT_ALLOWED, "method", &message);
    response.headers_mut().insert(ALLOW, HeaderValue::from_static(method));
    response
}

fn see_other(location: &str) -> Response<Body> {
    let mut response = Response::new(body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    if let Ok(location) = HeaderValue::from_str(location) {
        response.headers_mut().insert(LOCATION, location);
    }
    response
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    Some(headers.get(name)?.to_str().ok()?.to_owned())
}

/// Whether a page of this site sent the request; clients that are no browsers say nothing and are believed.
fn is_own_page(headers: &HeaderMap, here: &str) -> bool {
    let site = text(headers, "sec-fetch-site");
    let origin = headers.get(ORIGIN).map(|origin| origin.to_str().unwrap_or_default());
    site.is_none_or(|site| site == "same-origin") && origin.is_none_or(|origin| origin == here)
}

fn fields(content_type: &str, body: &[u8]) -> Option<Fields> {
    match content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "application/x-www-form-urlencoded" => {
            let value = |wanted: &str| {
                let mut pairs = url::form_urlencoded::parse(body);
                pairs.find(|(name, _)| name == wanted).map(|(_, value)| value.into_owned())
            };
            Some(Fields {
                question: value("question").unwrap_or_default(),
                answer: value("answer").unwrap_or_default(),
                back: Some(value("return").unwrap_or_else(|| "/".to_owned())),
            })
        }
        "application/json" => serde_json::from_slice(body).ok(),
        _ => None,
    }
}

/// A path of this site, or its home page: a form must not lead elsewhere.
fn local_path(path: &str, here: &str) -> String {
    let Ok(here) = Url::parse(here) else { return "/".to_owned() };
    let url = Some(path).filter(|path| path.starts_with('/')).and_then(|path| here.join(path).ok());
    match url {
        Some(url) if url.origin() == here.origin() => {
            url[url::Position::BeforePath..url::Position::AfterQuery].to_owned()
        }
        _ => "/".to_owned(),
    }
}
