//! Puts edits into the page: what the tokenizer finds goes in, the rewritten page comes out.

mod attributes;
mod charset;

use alloc::vec::Vec;
use core::ops::Range;

use crate::edits::Edits;
use crate::element::{Attribute, Element};
use crate::encoding::Encoding;
use crate::handler::{Handler, Output};
use crate::name::*;
use crate::selector::{Matcher, Watchlist};
use crate::tokenizer::{AttributeFilter, Content, Sink, Tag};
use crate::tree::{Foreign, Kind, Namespace, OpenElements, Opening, kind_of};

/// What lasts from chunk to chunk.
pub(crate) struct Editor<H> {
    pub(crate) handler: H,
    pub(crate) encoding: Encoding,
    matcher: Matcher,
    open: OpenElements,
    foreign: Foreign,
    /// Open elements with something to do at their end, outermost first.
    unfinished: Vec<Unfinished>,
    /// How many of them have their content removed.
    removing: u32,
    /// Bytes of the page before the current buffer.
    offset: usize,
    /// The page's first bytes.
    start: Vec<u8>,
    edits: Edits,
    attributes: Vec<Attribute>,
    selected: Vec<u32>,
}

/// What is to be done at an element's end.
struct Unfinished {
    depth: u32,
    /// What goes before its end tag, up to `end`, and after it.
    content: Vec<u8>,
    end: usize,
    removes_tag: bool,
    removes_content: bool,
}

/// Which tags are to be looked at more closely; kept at hand because all others only have to be counted.
#[derive(Clone, Copy)]
struct Watch {
    attributes: AttributeFilter,
    /// See [`Watchlist::may_want_type`].
    types: u64,
    /// Every tag: inside SVG and MathML, and as long as the encoding may still be declared.
    every_tag: bool,
    /// End tags after which fewer elements than that are open.
    depth: u32,
    /// Nothing any more.
    is_over: bool,
}

/// One chunk's work.
pub(crate) struct Session<'a, H> {
    editor: &'a mut Editor<H>,
    watch: Watch,
    out: &'a mut dyn Output,
    /// Everything in the buffer before this position has been passed on or dropped.
    done: usize,
}

impl<H: Handler> Editor<H> {
    pub(crate) fn new(matcher: Matcher, handler: H, encoding: Encoding) -> Self {
        Self {
            handler,
            encoding,
            matcher,
            open: OpenElements::default(),
            foreign: Foreign::default(),
            unfinished: Vec::new(),
            removing: 0,
            offset: 0,
            start: Vec::new(),
            edits: Edits::default(),
            attributes: Vec::new(),
            selected: Vec::new(),
        }
    }

    /// What is to be watched after `position` in the current buffer.
    fn watch(&self, position: usize) -> Watch {
        let declares = self.encoding == Encoding::Unknown && self.offset + position < charset::PRESCAN;
        let unfinished = self.unfinished.last().map_or(0, |unfinished| unfinished.depth + 1);
        Watch {
            attributes: self.matcher.watchlist.attributes,
            types: self.matcher.watchlist.types,
            every_tag: declares || !self.foreign.is_empty(),
            depth: unfinished.max(self.matcher.watched_depth()).max(self.foreign.depth()),
            is_over: self.is_done(),
        }
    }

    /// No edit can occur any more, and none is unfinished.
    pub(crate) fn is_done(&self) -> bool {
        self.encoding == Encoding::Opaque || self.matcher.is_exhausted() && self.unfinished.is_empty()
    }
}

impl<'a, H: Handler> Session<'a, H> {
    pub(crate) fn new(editor: &'a mut Editor<H>, out: &'a mut dyn Output) -> Self {
        let watch = editor.watch(0);
        Self { editor, watch, out, done: 0 }
    }

    /// The page is over: elements that are still open end here.
    pub(crate) fn end(&mut self) {
        self.close(&[], 0, 0);
    }

    /// Passes on what comes before `end`, unless it is to be removed.
    fn flush(&mut self, input: &[u8], end: usize) {
        if self.editor.removing == 0 {
            push(self.out, input.get(self.done..end).unwrap_or_default());
        }
        self.done = end;
    }

    /// Elements end at `position` without an end tag of their own, so that only `depth` remain open.
    fn close(&mut self, input: &[u8], position: usize, depth: u32) {
        while let Some(unfinished) = self.editor.unfinished.pop_if(|unfinished| unfinished.depth >= depth) {
            self.flush(input, position);
            self.editor.removing -= u32::from(unfinished.removes_content);
            if self.editor.removing == 0 {
                push(self.out, &unfinished.content);
            }
        }
        self.editor.open.truncate(depth);
        self.editor.foreign.close(depth);
        self.editor.matcher.closed(depth);
    }

    /// An element ends with its own end tag.
    fn finish(&mut self, input: &[u8], tag: &Tag, unfinished: &Unfinished) {
        self.flush(input, tag.start);
        self.editor.removing -= u32::from(unfinished.removes_content);
        if self.editor.removing > 0 {
            return;
        }
        let (end, after) = unfinished.content.split_at_checked(unfinished.end).unwrap_or_default();
        push(self.out, end);
        if unfinished.removes_tag {
            self.done = tag.end;
        }
        self.flush(input, tag.end);
        push(self.out, after);
    }

    fn open_near_foreign(&mut self, input: &[u8], tag: &Tag, name: Name) -> Namespace {
        let attribute = |wanted: Name| attributes::find(input, tag, wanted);
        let mut opening = Opening {
            name,
            self_closing: tag.self_closing,
            parent: self.editor.open.innermost(),
            depth: self.editor.open.depth(),
            attribute: &attribute,
        };
        if let Some(depth) = self.editor.foreign.leave_for(&opening) {
            self.close(input, tag.start, depth);
            opening.depth = depth;
            opening.parent = self.editor.open.innermost();
        }
        self.editor.foreign.open(&opening)
    }

    /// A start tag that a selector may match.
    fn matched(&mut self, input: &[u8], tag: &Tag, name: Name, in_html: bool, has_content: bool) {
        let editor = &mut *self.editor;
        if editor.open.is_too_deep() {
            editor.matcher.select_nothing();
            return;
        }
        editor.attributes.clear();
        let bytes = input.get(tag.start..tag.end).unwrap_or_default();
        attributes::read(bytes, tag.name_end - tag.start, &mut editor.attributes);
        let element = Element {
            tag: bytes,
            name: input.get(tag.name..tag.name_end).unwrap_or_default(),
            attributes: &editor.attributes,
            in_html,
            has_content,
        };
        editor.matcher.select(&element, name, editor.open.depth(), &mut editor.selected);
        if editor.selected.is_empty() || editor.removing > 0 {
            return;
        }
        editor.edits.reset(has_content, editor.encoding != Encoding::Utf8);
        for &entry in &editor.selected {
            editor.handler.element(editor.matcher.id_of(entry), &element, &mut editor.edits);
        }
        self.apply(input, tag, has_content);
    }

    fn apply(&mut self, input: &[u8], tag: &Tag, has_content: bool) {
        self.flush(input, tag.start);
        // Nothing around is removed.
        let Editor { edits, attributes, unfinished, removing, open, .. } = &mut *self.editor;
        let [before, replacement, start, end, after] = &edits.pieces;
        push(self.out, before);
        if edits.removes_tags {
            push(self.out, replacement);
            self.done = tag.end;
        } else if !edits.changes.is_empty() {
            let self_closing = tag.self_closing && !edits.fills;
            let bytes = input.get(tag.start..tag.end).unwrap_or_default();
            if let Some(changed) =
                attributes::change(bytes, tag.name_end - tag.start, attributes, edits, self_closing)
            {
                push(self.out, &changed);
                self.done = tag.end;
            }
        }
        push(self.out, input.get(self.done..tag.end).unwrap_or_default());
        self.done = tag.end;
        push(self.out, start);
        if !has_content {
            push(self.out, after);
        } else if edits.removes_tags || edits.removes_content || !end.is_empty() || !after.is_empty() {
            *removing += u32::from(edits.removes_content);
            let mut content = end.clone();
            let end = content.len();
            content.extend_from_slice(after);
            unfinished.push(Unfinished {
                depth: open.depth(),
                content,
                end,
                removes_tag: edits.removes_tags,
                removes_content: edits.removes_content,
            });
        }
    }
}

fn push(out: &mut dyn Output, bytes: &[u8]) {
    if !bytes.is_empty() {
        out.push(bytes);
    }
}

impl<H: Handler> Session<'_, H> {
    /// What a start tag means that has to be looked at: a selector may match it, or namespaces depend on it, or the
    /// page's encoding.
    #[inline(never)]
    fn start_watched(&mut self, input: &[u8], tag: &Tag, kind: Kind) -> Content {
        let is_html = kind != Kind::Foreign && self.editor.foreign.is_empty();
        let in_html = is_html || self.open_near_foreign(input, tag, tag.code) == Namespace::Html;
        let has_content = if in_html { kind != Kind::Void } else { !tag.self_closing };
        // What is removed declares nothing.
        if self.editor.encoding == Encoding::Unknown && self.editor.removing == 0 {
            self.editor.read_charset(input, tag, tag.code);
        }
        let matched = tag.wanted || Watchlist::may_want_type(self.watch.types, tag.code) && !tag.is_long;
        if matched {
            self.matched(input, tag, tag.code, in_html, has_content);
        }
        if has_content {
            if matched {
                self.editor.matcher.opened(self.editor.open.depth());
            }
            self.editor.open.open(tag.code);
        }
        self.watch = self.editor.watch(tag.end);
        if in_html { kind.content() } else { Content::Markup }
    }

    /// An end tag inside SVG or MathML, or one that ends something with edits or selector states.
    #[inline(never)]
    fn end_watched(&mut self, input: &[u8], tag: &Tag) {
        if matches!(tag.code, P | BR)
            && let Some(depth) = self.editor.foreign.leave()
        {
            self.close(input, tag.start, depth);
        }
        if let Some(depth) = self.editor.open.find(tag.code) {
            self.close(input, tag.start, depth + 1);
            if let Some(unfinished) = self.editor.unfinished.pop_if(|unfinished| unfinished.depth == depth) {
                self.finish(input, tag, &unfinished);
            }
            self.close(input, tag.start, depth);
        }
        self.watch = self.editor.watch(tag.end);
    }
}

impl<H: Handler> Sink for Session<'_, H> {
    #[inline(always)]
    fn start_tag(&mut self, input: &[u8], tag: &Tag) -> Content {
        let kind = kind_of(tag.code);
        let is_watched = tag.wanted || self.watch.every_tag;
        if is_watched || Watchlist::may_want_type(self.watch.types, tag.code) || kind == Kind::Foreign {
            return self.start_watched(input, tag, kind);
        }
        match kind {
            Kind::Void => Content::Markup,
            Kind::Ordinary => {
                self.editor.open.open(tag.code);
                Content::Markup
            }
            _ => {
                self.editor.open.open(tag.code);
                kind.content()
            }
        }
    }

    #[inline(always)]
    fn expected_end_tag(&mut self, bytes: &[u8; 16]) -> Option<usize> {
        let length = self.editor.open.innermost()?.length_at_end_of(bytes)?;
        self.editor.open.close_innermost_above(self.watch.depth).then_some(length)
    }

    #[inline]
    fn end_tag(&mut self, input: &[u8], tag: &Tag) {
        let is_innermost = self.editor.open.innermost() == Some(tag.code);
        if !(is_innermost && self.editor.open.close_innermost_above(self.watch.depth)) {
            self.end_watched(input, tag);
        }
    }

    fn allows_cdata(&self) -> bool {
        self.editor.foreign.allows_cdata(self.editor.open.depth())
    }

    #[inline(always)]
    fn filter(&self) -> AttributeFilter {
        self.watch.attributes
    }

    #[inline(never)]
    fn wants_attribute(&self, input: &[u8], name: &[u8], value: Range<usize>) -> bool {
        self.editor.matcher.wants_attribute(input, name, value)
    }

    fn pass(&mut self, input: &[u8], end: usize) {
        self.flush(input, end);
        self.editor.offset += end;
        self.done = 0;
    }

    #[inline(always)]
    fn is_done(&self) -> bool {
        self.watch.is_over
    }
}
