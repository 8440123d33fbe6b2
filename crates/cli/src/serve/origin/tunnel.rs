//! Connections that become something else than HTTP: websockets.

use hyper::header::{CONNECTION, HeaderValue, UPGRADE};
use hyper::upgrade::{OnUpgrade, on};
use hyper::{HeaderMap, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::io::copy_bidirectional;

use super::super::body::Body;

/// What a request asks its connection to become.
pub(super) struct Tunnel {
    protocol: HeaderValue,
    visitor: OnUpgrade,
}

impl Tunnel {
    /// The websocket that a request asks for. Other protocols are optional, so that nobody needs to hear of them.
    pub(super) fn of(request: &mut Request<Body>) -> Option<Self> {
        let protocol = request.headers().get(UPGRADE)?.clone();
        let is_websocket = protocol.to_str().is_ok_and(|name| name.eq_ignore_ascii_case("websocket"));
        is_websocket.then(|| Self { protocol, visitor: on(request) })
    }

    /// The headers that ask for it.
    pub(super) fn ask(&self, headers: &mut HeaderMap) {
        headers.insert(CONNECTION, HeaderValue::from_static("upgrade"));
        headers.insert(UPGRADE, self.protocol.clone());
    }

    /// Connects both sides, if the shop agrees.
    pub(super) fn connect(self, response: &mut Response<hyper::body::Incoming>, is_agreed: bool) {
        if !is_agreed {
            return;
        }
        let shop = on(response);
        let visitor = self.visitor;
        tokio::spawn(async move {
            if let (Ok(visitor), Ok(shop)) = tokio::join!(visitor, shop) {
                // Either side may leave at any time.
                copy_bidirectional(&mut TokioIo::new(visitor), &mut TokioIo::new(shop)).await.ok();
            }
        });
    }
}

/// Whether a response agrees to another protocol.
pub(super) fn is_agreed<B>(response: &Response<B>) -> bool {
    response.status() == StatusCode::SWITCHING_PROTOCOLS
}
