//! The beginning of a page, for rules that want to know what it says of itself.

use std::time::Duration;

use http_body_util::BodyExt as _;
use hyper::body::Bytes;
use tokio::time::{Instant, timeout_at};

use super::body::{Body, Broken};

/// How far into a page its facts are looked for.
const MOST_BYTES: usize = 65_536;
/// How long the visitor may be kept waiting for them beyond the first bytes.
const MOST_TIME: Duration = Duration::from_millis(50);

/// Reads as much of a page as is needed until `is_enough`, but not far and not for long.
pub(super) async fn read(
    body: &mut Body,
    is_enough: impl Fn(&[u8]) -> bool,
) -> Result<Option<Bytes>, Broken> {
    let Some(first) = chunk(body).await.transpose()? else { return Ok(None) };
    let deadline = Instant::now() + MOST_TIME;
    let mut beginning = first;
    while beginning.len() < MOST_BYTES && !is_enough(&beginning) {
        match timeout_at(deadline, chunk(body)).await {
            Ok(Some(more)) => beginning = [beginning, more?].concat().into(),
            Ok(None) | Err(_) => break,
        }
    }
    Ok(Some(beginning))
}

/// The next bytes.
async fn chunk(body: &mut Body) -> Option<Result<Bytes, Broken>> {
    loop {
        match body.frame().await? {
            Ok(frame) => match frame.into_data() {
                Ok(chunk) if !chunk.is_empty() => return Some(Ok(chunk)),
                _ => continue,
            },
            Err(error) => return Some(Err(error)),
        }
    }
}
