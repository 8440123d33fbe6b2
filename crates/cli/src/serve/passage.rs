//! A page on its way to the visitor.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use footlight_html::{Encoding, Rewriter, Status};
use hyper::body::{Body as _, Bytes, Frame};

use super::body::{Body, Broken};
use crate::page::Changes;

/// A page that goes through the rewriter while it comes.
pub(super) struct Passage {
    page: Body,
    /// What was read of the page already.
    first: Option<Bytes>,
    rewriter: Option<Rewriter<Changes>>,
    /// What stands behind the page.
    tail: Option<Bytes>,
    is_first: bool,
    is_over: bool,
}

impl Passage {
    pub(super) fn new(
        page: Body,
        first: Option<Bytes>,
        rewriter: Option<Rewriter<Changes>>,
        tail: Option<Bytes>,
        content_type: &str,
    ) -> Self {
        let tail = tail.filter(|_| Encoding::of_content_type(content_type) != Encoding::Opaque);
        Self { page, first, rewriter, tail, is_first: true, is_over: false }
    }

    fn write(&mut self, chunk: Bytes) -> Bytes {
        // In UTF-16 the tail, which is ASCII, would be something else.
        if std::mem::take(&mut self.is_first)
            && (chunk.starts_with(b"\xfe\xff") || chunk.starts_with(b"\xff\xfe"))
        {
            self.tail = None;
        }
        match &mut self.rewriter {
            Some(rewriter) if !rewriter.is_finished() => {
                let mut out = Vec::with_capacity(chunk.len() + 1_024);
                rewriter.write(&chunk, &mut out);
                out.into()
            }
            _ => chunk,
        }
    }

    fn end(&mut self) -> Bytes {
        let mut out = Vec::new();
        if let Some(rewriter) = &mut self.rewriter {
            if !rewriter.is_finished() {
                rewriter.end(&mut out);
            }
            if rewriter.status() == Status::OpaqueEncoding {
                self.tail = None;
            }
        }
        if let Some(tail) = self.tail.take() {
            out.extend_from_slice(&tail);
        }
        out.into()
    }

    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Broken>>> {
        if let Some(first) = self.first.take() {
            return Poll::Ready(Some(Ok(first)));
        }
        loop {
            // Trailers speak of the origin's bytes and end here.
            match ready!(Pin::new(&mut self.page).poll_frame(context)) {
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(chunk) => return Poll::Ready(Some(Ok(chunk))),
                    Err(_) => continue,
                },
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl hyper::body::Body for Passage {
    type Data = Bytes;
    type Error = Broken;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Broken>>> {
        loop {
            if self.is_over {
                return Poll::Ready(None);
            }
            let ready = match ready!(self.poll_chunk(context)) {
                Some(Ok(chunk)) => self.write(chunk),
                // An origin that breaks off breaks the response off, so that nobody takes half a page for a whole one.
                Some(Err(error)) => {
                    self.is_over = true;
                    return Poll::Ready(Some(Err(error)));
                }
                None => {
                    self.is_over = true;
                    self.end()
                }
            };
            if !ready.is_empty() {
                return Poll::Ready(Some(Ok(Frame::data(ready))));
            }
        }
    }
}
