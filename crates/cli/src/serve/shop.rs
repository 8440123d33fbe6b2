//! The shop on this machine: what becomes of a request.

mod changed;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use footlight_core::bundle::Bundle;
use footlight_core::profile::Keys;
use hyper::header::{HOST, IF_MODIFIED_SINCE, IF_NONE_MATCH, LOCATION, REFERER};
use hyper::{HeaderMap, Request, Response, StatusCode};
use tokio::sync::watch::Receiver;
use url::{Position, Url};

use super::body::Body;
use super::eligible::{can_be_page, is_page};
use super::origin::Origin;
use super::panel::{self, Explanations};
use super::pretence::{BadPreview, Pretence};
use super::refusal::{no_answer, other_host, refuse};
use super::rules::{Live, State};
use super::visit::Visit;
use super::{Place, endpoints, facts, preview};
use crate::arguments::Format;
use crate::clock;

/// Everything that requests share.
pub(super) struct Shop {
    pub(super) origin: Origin,
    pub(super) place: Place,
    pub(super) keys: Keys,
    /// The time that `--at` says.
    pub(super) at_ms: Option<i64>,
    pub(super) format: Format,
    /// Whether it can be reached by the names of this machine only.
    pub(super) is_local: bool,
    pub(super) state: Receiver<State>,
    pub(super) explanations: Explanations,
    /// Tells this run from others, for pages that outlive one.
    pub(super) started: u64,
    pub(super) has_warned: AtomicBool,
}

impl Shop {
    /// The answer to a request.
    pub(super) async fn respond(&self, request: Request<Body>) -> Response<Body> {
        let host = request.headers().get(HOST).and_then(|host| host.to_str().ok());
        let Some(host) = host.or_else(|| request.uri().authority().map(|authority| authority.as_str()))
        else {
            return refuse(StatusCode::BAD_REQUEST, "no-host", "a request names the host it is for");
        };
        if self.is_local && !is_of_this_machine(host) {
            return other_host();
        }
        let here = format!("http://{host}");
        if let Some(endpoint) = endpoints::of(request.uri().path()) {
            let endpoint = endpoint.to_owned();
            return endpoints::respond(self, &endpoint, request, &here).await;
        }
        self.page(request, &here).await
    }

    async fn page(&self, mut request: Request<Body>, here: &str) -> Response<Body> {
        let chosen = preview::take_cookie(request.headers_mut());
        let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
        let Ok(mut url) = Url::parse(&format!("{here}{path}")) else {
            return refuse(StatusCode::BAD_REQUEST, "url", "this is no address of a page");
        };
        let asked = preview::take(&mut url);
        if asked != preview::Asked::default()
            && let Ok(path) = url[Position::BeforePath..].parse()
        {
            *request.uri_mut() = path;
        }
        let method = request.method().clone();
        let state = self.state.borrow().clone();
        let live = state.live.clone().filter(|_| can_be_page(&method));
        let visit = match live {
            Some(live) => {
                let public = self.public_url(&live, &url[Position::BeforePath..], here);
                let pretence = match pretence(asked.other.as_deref(), chosen.as_deref(), &live) {
                    Ok(pretence) => pretence,
                    Err(error) => return refuse(StatusCode::BAD_REQUEST, "bad-preview", &error.to_string()),
                };
                Some(self.visit(live, &public, request.headers(), here, pretence))
            }
            None => None,
        };
        let has_panel = !asked.explain && method == hyper::Method::GET && panel::is_wanted(request.headers());
        let may_change = |visit: &Visit| {
            let decision = visit.decide(&[]);
            visit.is_preview() || !decision.edits.is_empty() || reads_page(visit.bundle(), &decision)
        };
        // The origin knows whether its own page has changed, not whether this visitor still gets what the browser has.
        if has_panel || (is_conditional(request.headers()) && visit.as_ref().is_some_and(may_change)) {
            request.headers_mut().remove(IF_NONE_MATCH);
            request.headers_mut().remove(IF_MODIFIED_SINCE);
        }
        let page = match self.origin.fetch(request, here).await {
            Ok(page) => page,
            Err(failure) => return no_answer(&self.origin.name(), &failure),
        };
        self.warn_of_other_host(&page, here);
        if asked.explain {
            return match visit {
                Some(visit) => changed::explain(&visit, page).await,
                None => refuse(StatusCode::SERVICE_UNAVAILABLE, "no-bundle", "there is no bundle to preview"),
            };
        }
        if !is_page(&method, page.status(), page.headers()) {
            return page;
        }
        let panel =
            has_panel.then(|| changed::Panel { other: asked.other.or(chosen), version: state.version });
        changed::personalize(self, visit.as_ref(), &method, page, panel, state.findings.errors > 0, &url)
            .await
    }

    /// A visit of a URL, by whoever sent the headers.
    pub(super) fn visit(
        &self,
        live: Arc<Live>,
        url: &str,
        headers: &HeaderMap,
        here: &str,
        pretence: Option<Pretence>,
    ) -> Visit {
        let mut headers = headers.clone();
        let referrer =
            headers.get(REFERER).and_then(|url| url.to_str().ok()).and_then(|url| url.strip_prefix(here));
        let referrer = referrer.map(|path| self.public_url(&live, path, here));
        if let Some(referrer) = referrer.and_then(|referrer| referrer.parse().ok()) {
            headers.insert(REFERER, referrer);
        }
        let facts = facts::facts(live.pages.engine().bundle(), url, &headers, &self.place);
        let now_ms = self.at_ms.or_else(|| clock::now_ms(None).ok()).unwrap_or(0);
        Visit::new(live, self.keys.clone(), url, facts, now_ms, pretence)
    }

    /// The address of a page as its visitors know it: rules may ask for the host, and tell by it who came from elsewhere.
    pub(super) fn public_url(&self, live: &Live, path: &str, here: &str) -> String {
        let hosts = &live.pages.engine().bundle().site.hosts;
        let is_own = |host: &str| {
            hosts.iter().any(|own| {
                host == own || host.strip_suffix(own.as_str()).is_some_and(|sub| sub.ends_with('.'))
            })
        };
        let address = self.origin.address();
        match (address.filter(|address| is_own(address.host())), hosts.first()) {
            (Some(address), _) => format!("{}{path}", address.base()),
            (None, Some(host)) => format!("https://{host}{path}"),
            (None, None) => format!("{}{path}", address.map_or(here, |address| address.base())),
        }
    }

    /// The bundle in use.
    pub(super) fn live(&self) -> Option<Arc<Live>> {
        self.state.borrow().live.clone()
    }

    /// A shop that sends its visitors to another host of its own sends them out of the preview.
    fn warn_of_other_host(&self, page: &Response<Body>, here: &str) {
        let Some(location) = page.headers().get(LOCATION).and_then(|location| location.to_str().ok()) else {
            return;
        };
        let (Ok(to), Some(address)) = (Url::parse(location), self.origin.address()) else { return };
        let host = to.host_str().unwrap_or_default();
        let without_www = |host: &str| host.strip_prefix("www.").unwrap_or(host).to_owned();
        let leads_on = !location.starts_with(here) && without_www(host) == without_www(address.host());
        if leads_on && !self.has_warned.swap(true, Ordering::Relaxed) {
            anstream::eprintln!(
                "warning: the shop sends its visitors to {0}; to see its pages here, use `--origin {0}`",
                to.origin().ascii_serialization()
            );
        }
    }
}

/// Whether the stage's rules read the page before deciding.
fn reads_page(bundle: &Bundle, decision: &footlight_core::decide::Decision) -> bool {
    let plan = decision.stage.and_then(|stage| bundle.stages.get(stage as usize));
    plan.is_some_and(|plan| plan.reads_page)
}

fn is_conditional(headers: &HeaderMap) -> bool {
    headers.contains_key(IF_NONE_MATCH) || headers.contains_key(IF_MODIFIED_SINCE)
}

/// What is pretended: what the URL says, otherwise what the panel said last. Of the latter, nobody has to be told that the
/// rules no longer know it.
fn pretence(asked: Option<&str>, chosen: Option<&str>, live: &Live) -> Result<Option<Pretence>, BadPreview> {
    let bundle = live.pages.engine().bundle();
    let read = |description: &str| Pretence::read(description, bundle, &live.notes);
    if let Some(asked) = asked {
        return read(asked).map(Some);
    }
    Ok(chosen.and_then(|chosen| read(chosen).ok()))
}

/// Whether a `Host` header names this machine. A name of somebody else's that leads here could be made to read the preview.
fn is_of_this_machine(host: &str) -> bool {
    let name = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()));
    let name = name.map_or(host, |(name, _)| name).trim_end_matches('.').to_ascii_lowercase();
    let is_loopback =
        |name: &str| name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback());
    name == "localhost"
        || name.ends_with(".localhost")
        || is_loopback(name.trim_start_matches('[').trim_end_matches(']'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_answered() {
        for host in
            ["localhost", "localhost:8790", "127.0.0.1:80", "[::1]:8790", "shop.localhost:1", "LOCALHOST."]
        {
            assert!(is_of_this_machine(host), "{host}");
        }
        for host in
            ["evil.example:8790", "127.0.0.1.evil.example", "localhost.evil.example", "", "192.168.0.1"]
        {
            assert!(!is_of_this_machine(host), "{host}");
        }
    }
}
