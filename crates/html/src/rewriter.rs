//! The rewriter of one page.

use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::editor::{Editor, Session};
use crate::encoding::Encoding;
use crate::handler::{Handler, Output};
use crate::selector::{Matcher, Selectors};
use crate::tokenizer::{Content, Tokenizer};

/// What a [`Rewriter`] is to look for, and in what kind of page.
#[derive(Clone, Debug)]
pub struct Plan {
    selectors: Arc<Selectors>,
    active: Option<Vec<u32>>,
    encoding: Encoding,
    longest_tag_bytes: usize,
}

impl Plan {
    /// Everything in `selectors`, in a page of unknown encoding.
    #[must_use]
    pub fn new(selectors: Arc<Selectors>) -> Self {
        Self { selectors, active: None, encoding: Encoding::Unknown, longest_tag_bytes: 64 * 1024 }
    }

    /// Only the selectors that were added under these ids.
    #[must_use]
    pub fn only(mut self, ids: Vec<u32>) -> Self {
        self.active = Some(ids);
        self
    }

    /// The page's encoding as its `Content-Type` names it.
    #[must_use]
    pub fn encoding(mut self, encoding: Encoding) -> Self {
        self.encoding = encoding;
        self
    }

    /// The length up to which a tag is held back until it is complete; 64 KiB if not set. A longer start tag (a form's
    /// view state, an image inside a `data:` URL) matches nothing.
    #[must_use]
    pub fn longest_tag_bytes(mut self, bytes: usize) -> Self {
        self.longest_tag_bytes = bytes;
        self
    }
}

/// How a page is getting on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Edits may still occur.
    Rewriting,
    /// No edit can occur any more; what follows is passed on as it is.
    Finished,
    /// An end tag or a tag's name was longer than any tag may be. It and what follows is passed on as it is.
    TagTooLong,
    /// The page's encoding does not allow for edits. It is passed on as it is.
    OpaqueEncoding,
}

/// Rewrites one page while it streams through.
///
/// ```
/// use std::sync::Arc;
/// use footlight_html::{Edit, Occurrence, Plan, Rewriter, Selector, Selectors};
///
/// let hero = Selector::parse("#hero")?;
/// let selectors = Arc::new(Selectors::builder().add(1, &hero, Occurrence::Once).build());
/// let mut rewriter = Rewriter::new(Plan::new(selectors), vec![(1, Edit::SetInner("Hello again".into()))]);
///
/// let mut page = Vec::new();
/// rewriter.write(b"<body><div id=he", &mut page);
/// rewriter.write(b"ro>Hello</div>", &mut page);
/// assert!(rewriter.is_finished());
/// rewriter.end(&mut page);
/// assert_eq!(page, b"<body><div id=hero>Hello again</div>");
/// # Ok::<(), footlight_html::SelectorError>(())
/// ```
pub struct Rewriter<H> {
    tokenizer: Tokenizer,
    editor: Editor<H>,
    status: Status,
}

impl<H: Handler> Rewriter<H> {
    /// A rewriter for one page.
    pub fn new(plan: Plan, handler: H) -> Self {
        let matcher = Matcher::new(plan.selectors, plan.active.as_deref());
        let mut rewriter = Self {
            tokenizer: Tokenizer::new(Content::Markup, plan.longest_tag_bytes),
            editor: Editor::new(matcher, handler, plan.encoding),
            status: Status::Rewriting,
        };
        rewriter.update_status();
        rewriter
    }

    /// Takes the next bytes of the page and passes on what is ready: everything but a tag that is not complete yet.
    pub fn write(&mut self, chunk: &[u8], out: &mut dyn Output) {
        if self.status != Status::Rewriting {
            out.push(chunk);
            return;
        }
        self.editor.read_byte_order_mark(chunk);
        let fed = self.tokenizer.feed(chunk, &mut Session::new(&mut self.editor, out));
        self.update_status();
        if fed.is_err() {
            self.status = Status::TagTooLong;
            out.push(self.tokenizer.pending());
        }
    }

    /// The page is over: passes on what was held back, and the edits of elements that were never closed.
    pub fn end(&mut self, out: &mut dyn Output) {
        if self.status == Status::Rewriting {
            let mut session = Session::new(&mut self.editor, out);
            self.tokenizer.end(&mut session);
            session.end();
            self.status = Status::Finished;
        }
    }

    /// Whether what follows is passed on as it is. Nothing is held back then: the caller can hand the rest of the
    /// stream over and need not call [`write`](Self::write) and [`end`](Self::end) any more.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.status != Status::Rewriting
    }

    /// The bytes that were written but not passed on yet, as they came: a tag that is not complete.
    #[must_use]
    pub fn held(&self) -> &[u8] {
        if self.status == Status::Rewriting { self.tokenizer.pending() } else { &[] }
    }

    /// How the page is getting on.
    #[must_use]
    pub fn status(&self) -> Status {
        self.status
    }

    /// The handler.
    pub fn handler(&self) -> &H {
        &self.editor.handler
    }

    /// The handler, to be changed.
    pub fn handler_mut(&mut self) -> &mut H {
        &mut self.editor.handler
    }

    fn update_status(&mut self) {
        if self.editor.encoding == Encoding::Opaque {
            self.status = Status::OpaqueEncoding;
        } else if self.editor.is_done() {
            self.status = Status::Finished;
        }
    }
}
