//! Tells the pages in the browser of changes: server-sent events
//! (<https://html.spec.whatwg.org/multipage/server-sent-events.html>).

use std::time::Duration;

use futures_util::stream::{self, Stream};
use http_body_util::StreamBody;
use hyper::Response;
use hyper::body::{Bytes, Frame};
use hyper::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use serde::Serialize;
use tokio::sync::watch::Receiver;
use tokio::time::timeout;

use super::body::{self, Body, Broken};
use super::rules::State;

/// How often a page that is gone is noticed.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// What pages are told.
#[derive(Serialize)]
struct Event<'a> {
    /// Other than the page's own: it is not the same any more.
    version: &'a str,
    errors: usize,
    warnings: usize,
    /// As `footlight check` says it.
    findings: &'a str,
}

/// The version that a page carries: another one after a restart, too.
pub(super) fn version(started: u64, version: u64) -> String {
    format!("{started:x}-{version}")
}

/// An answer that never ends: how things stand, and then every change.
pub(super) fn respond(started: u64, mut state: Receiver<State>) -> Response<Body> {
    state.mark_changed();
    let mut response = Response::new(body::of(StreamBody::new(stream(started, state))));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn stream(started: u64, state: Receiver<State>) -> impl Stream<Item = Result<Frame<Bytes>, Broken>> + Send {
    stream::unfold(state, move |mut state| async move {
        let text = match timeout(HEARTBEAT, state.changed()).await {
            Ok(Ok(())) => line(started, &state.borrow_and_update()),
            Ok(Err(_)) => return None,
            Err(_) => ":\n\n".to_owned(),
        };
        Some((Ok(Frame::data(text.into())), state))
    })
}

fn line(started: u64, state: &State) -> String {
    let findings = &state.findings;
    let event = Event {
        version: &version(started, state.version),
        errors: findings.errors,
        warnings: findings.warnings,
        findings: &findings.text,
    };
    format!("data: {}\n\n", serde_json::to_string(&event).unwrap_or_default())
}
