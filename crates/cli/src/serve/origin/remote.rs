//! A running shop, asked as a browser would ask it.

use std::time::Duration;

use hyper::body::{Body as _, Incoming};
use hyper::header::{
    ACCEPT_ENCODING, ACCESS_CONTROL_ALLOW_ORIGIN, AUTHORIZATION, CONTENT_LOCATION, EXPECT, HOST, HeaderName,
    HeaderValue, LOCATION, ORIGIN, REFERER, SET_COOKIE,
};
use hyper::{HeaderMap, Method, Request, Response, Uri};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tokio::time::timeout;

use super::super::body::{self, Body};
use super::super::eligible::can_be_page;
use super::tunnel::{self, Tunnel};
use super::{Address, OriginFailure, hop};
use crate::failure::Failure;

const CONNECT_TIME: Duration = Duration::from_secs(10);
/// How long a connection is kept for the next request: less than servers keep it.
const IDLE_TIME: Duration = Duration::from_secs(3);
/// How long a shop may think about a page. Uploads take as long as they take.
const ANSWER_TIME: Duration = Duration::from_secs(60);
/// Asks for what can be undone here.
const CODINGS: [&str; 3] = ["gzip", "br", "identity"];
/// Tell browsers that this host is to be spoken to otherwise, which would be this machine.
const OF_THE_HOST: [&str; 4] = ["strict-transport-security", "alt-svc", "nel", "report-to"];

/// A shop on the network.
pub(in crate::serve) struct Remote {
    address: Address,
    client: Client<HttpsConnector<HttpConnector>, Body>,
}

impl Remote {
    pub(super) fn new(address: Address) -> Result<Self, Failure> {
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE_TIME)
            .build(connector()?);
        Ok(Self { address, client })
    }

    pub(in crate::serve) fn address(&self) -> &Address {
        &self.address
    }

    pub(super) async fn fetch(
        &self,
        mut request: Request<Body>,
        here: &str,
    ) -> Result<Response<Body>, OriginFailure> {
        let tunnel = Tunnel::of(&mut request);
        let may_wait = !can_be_page(request.method());
        let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
        let uri: Result<Uri, _> = format!("{}{path}", self.address.base()).parse();
        *request.uri_mut() = uri.map_err(|error| OriginFailure::Other(error.to_string()))?;
        self.to_shop(request.method().clone(), request.headers_mut(), here);
        if let Some(tunnel) = &tunnel {
            tunnel.ask(request.headers_mut());
        }
        let again = again(&request).filter(|_| !may_wait && tunnel.is_none());
        let answer = self.answer(request, again);
        let mut response = if may_wait {
            answer.await?
        } else {
            timeout(ANSWER_TIME, answer).await.map_err(|_| OriginFailure::Late)??
        };
        let is_agreed = tunnel::is_agreed(&response);
        self.localize(response.headers_mut(), here);
        if let Some(tunnel) = tunnel {
            if is_agreed {
                tunnel.ask(response.headers_mut());
            }
            tunnel.connect(&mut response, is_agreed);
        }
        Ok(response.map(body::of))
    }

    /// The answer; on a connection that had ended meanwhile, to the request made `again`.
    async fn answer(
        &self,
        request: Request<Body>,
        again: Option<Request<Body>>,
    ) -> Result<Response<Incoming>, OriginFailure> {
        let answer = match (self.client.request(request).await, again) {
            (Err(error), Some(again)) if !error.is_connect() => self.client.request(again).await,
            (answer, _) => answer,
        };
        answer.map_err(|error| OriginFailure::of(&error))
    }

    /// Headers of a request, as if it had been sent to the shop.
    fn to_shop(&self, method: Method, headers: &mut HeaderMap, here: &str) {
        hop::strip(headers);
        // The client says to whom it speaks, and whether it waits.
        headers.remove(HOST);
        headers.remove(EXPECT);
        for name in [ORIGIN, REFERER] {
            replace(headers, &name, |url| self.address.theirs(url, here));
        }
        if can_be_page(&method) {
            let wanted =
                headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
            let is_known =
                |coding: &&str| CODINGS.contains(&coding.split(';').next().unwrap_or_default().trim());
            let known: Vec<&str> = wanted.split(',').map(str::trim).filter(is_known).collect();
            let known = if known.is_empty() { "identity".to_owned() } else { known.join(", ") };
            headers.insert(
                ACCEPT_ENCODING,
                HeaderValue::from_str(&known).unwrap_or(HeaderValue::from_static("identity")),
            );
        }
        if let Some(authorization) = self.address.authorization()
            && !headers.contains_key(AUTHORIZATION)
        {
            headers.insert(AUTHORIZATION, authorization.clone());
        }
    }

    /// Headers of a response, as if it had been sent from here.
    fn localize(&self, headers: &mut HeaderMap, here: &str) {
        hop::strip(headers);
        OF_THE_HOST.iter().for_each(|name| drop(headers.remove(*name)));
        for name in [LOCATION, CONTENT_LOCATION] {
            replace(headers, &name, |url| self.address.ours(url, here));
        }
        replace(headers, &ACCESS_CONTROL_ALLOW_ORIGIN, |url| {
            (url == self.address.base()).then(|| here.to_owned())
        });
        let cookies: Vec<HeaderValue> = headers.get_all(SET_COOKIE).iter().map(local_cookie).collect();
        headers.remove(SET_COOKIE);
        for cookie in cookies {
            headers.append(SET_COOKIE, cookie);
        }
    }
}

/// The same request once more; none when it has a body, which can be read only once.
fn again(request: &Request<Body>) -> Option<Request<Body>> {
    let mut again = Request::new(body::empty());
    again.method_mut().clone_from(request.method());
    again.uri_mut().clone_from(request.uri());
    again.headers_mut().clone_from(request.headers());
    request.body().is_end_stream().then_some(again)
}

/// A cookie without the domain that it is for, which this machine is not part of.
fn local_cookie(cookie: &HeaderValue) -> HeaderValue {
    let is_domain = |part: &&[u8]| {
        let name = part.split(|&byte| byte == b'=').next().unwrap_or_default();
        name.trim_ascii().eq_ignore_ascii_case(b"domain")
    };
    let mut parts = cookie.as_bytes().split(|&byte| byte == b';');
    let pair = parts.next().unwrap_or_default();
    let kept: Vec<&[u8]> = std::iter::once(pair).chain(parts.filter(|part| !is_domain(part))).collect();
    HeaderValue::from_bytes(&kept.join(&b';')).unwrap_or_else(|_| cookie.clone())
}

fn replace(headers: &mut HeaderMap, name: &HeaderName, other: impl Fn(&str) -> Option<String>) {
    let other = headers.get(name).and_then(|value| value.to_str().ok()).and_then(other);
    if let Some(value) = other.and_then(|other| HeaderValue::from_str(&other).ok()) {
        headers.insert(name, value);
    }
}

/// Trusts what this machine trusts, so that a company's own authority counts; where it trusts nobody, what browsers do.
fn connector() -> Result<HttpsConnector<HttpConnector>, Failure> {
    let mut http = HttpConnector::new();
    http.enforce_http(false);
    http.set_nodelay(true);
    http.set_connect_timeout(Some(CONNECT_TIME));
    let provider = || rustls::crypto::ring::default_provider();
    let builder = match HttpsConnectorBuilder::new().with_provider_and_native_roots(provider()) {
        Ok(builder) => builder,
        Err(_) => HttpsConnectorBuilder::new()
            .with_provider_and_webpki_roots(provider())
            .map_err(|error| Failure::Serve { error: std::io::Error::other(error) })?,
    };
    Ok(builder.https_or_http().enable_http1().wrap_connector(http))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_for_whoever_it_came_from() {
        let table = [
            ("a=b; Domain=.shop.example; Path=/; Secure", "a=b; Path=/; Secure"),
            ("domain=1; DOMAIN = shop.example", "domain=1"),
            ("a=b", "a=b"),
        ];
        for (cookie, expected) in table {
            assert_eq!(local_cookie(&HeaderValue::from_static(cookie)), expected);
        }
    }
}
