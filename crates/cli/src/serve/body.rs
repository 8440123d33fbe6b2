//! Bodies of requests and responses.

use std::error::Error;

use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Empty, Full};
use hyper::body::Bytes;

/// Why a body breaks off.
pub(super) type Broken = Box<dyn Error + Send + Sync>;

/// Bytes as they come, from wherever.
pub(super) type Body = UnsyncBoxBody<Bytes, Broken>;

/// A body of any origin.
pub(super) fn of<B>(body: B) -> Body
where
    B: hyper::body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<Broken>,
{
    body.map_err(Into::into).boxed_unsync()
}

/// A body of known bytes.
pub(super) fn full(bytes: impl Into<Bytes>) -> Body {
    of(Full::new(bytes.into()))
}

/// No bytes.
pub(super) fn empty() -> Body {
    of(Empty::new())
}
