//! Content codings of origins' pages, undone before a page is changed.

use std::io;

use async_compression::tokio::bufread::{BrotliDecoder, GzipDecoder};
use futures_util::TryStreamExt as _;
use http_body_util::{BodyDataStream, StreamBody};
use hyper::HeaderMap;
use hyper::body::{Bytes, Frame};
use hyper::header::CONTENT_ENCODING;
use tokio::io::AsyncRead;
use tokio_util::io::{ReaderStream, StreamReader};

use super::body::{self, Body};

/// As much as is decoded at once, so that a few bytes that claim to be many cost no memory.
const CHUNK_BYTES: usize = 65_536;

/// How a body is coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    Identity,
    Gzip,
    Brotli,
}

impl Coding {
    /// The coding that a response's headers name; none for one that is not undone here, as the worker does not.
    pub(super) fn of(headers: &HeaderMap) -> Option<Self> {
        let mut named = headers.get_all(CONTENT_ENCODING).iter();
        let coding = named.next().map_or("", |value| value.to_str().unwrap_or("?").trim());
        match coding.to_ascii_lowercase().as_str() {
            _ if named.next().is_some() => None,
            "" | "identity" => Some(Self::Identity),
            "gzip" => Some(Self::Gzip),
            "br" => Some(Self::Brotli),
            _ => None,
        }
    }

    /// The body without its coding.
    pub(super) fn undo(self, body: Body) -> Body {
        match self {
            Self::Identity => body,
            Self::Gzip => streamed(GzipDecoder::new(reader(body))),
            Self::Brotli => streamed(BrotliDecoder::new(reader(body))),
        }
    }
}

fn reader(body: Body) -> StreamReader<impl futures_util::Stream<Item = io::Result<Bytes>>, Bytes> {
    StreamReader::new(BodyDataStream::new(body).map_err(io::Error::other))
}

fn streamed(reader: impl AsyncRead + Send + 'static) -> Body {
    let chunks = ReaderStream::with_capacity(reader, CHUNK_BYTES);
    body::of(StreamBody::new(chunks.map_ok(Frame::data)))
}
