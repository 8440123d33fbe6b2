//! Where tags, text, comments and the rest begin and end: the tokenization stage of the [HTML standard], as far as
//! a rewriter needs it. Bytes in, any number at a time.
//!
//! [HTML standard]: https://html.spec.whatwg.org/multipage/parsing.html#tokenization

mod comment;
mod data;
mod filter;
mod partial;
mod raw_text;
mod script;
mod tag;

use alloc::vec::Vec;
use core::mem;
use core::ops::Range;

use self::comment::CommentState;
use self::partial::PartialTag;
use self::script::ScriptState;
use crate::block::find_far;

pub use self::filter::AttributeFilter;
pub use self::tag::Tag;
pub(crate) use self::tag::next_attribute;

/// Takes what a [`Tokenizer`] finds.
///
/// `input` is the buffer that positions refer to; it is valid during the call only.
pub trait Sink {
    /// A start tag. Answers how what follows is to be read.
    fn start_tag(&mut self, input: &[u8], tag: &Tag) -> Content;

    /// Takes the end tag that `bytes` begin with without further ado, if it is the one that is expected next and nothing
    /// depends on it: answers its length. Most end tags are such.
    #[inline(always)]
    fn expected_end_tag(&mut self, _bytes: &[u8; 16]) -> Option<usize> {
        None
    }

    /// Any other end tag.
    fn end_tag(&mut self, input: &[u8], tag: &Tag);

    /// Whether `<![CDATA[` begins a section here: the current node is an SVG or MathML element.
    fn allows_cdata(&self) -> bool;

    /// The attributes that [`wants_attribute`](Self::wants_attribute) is asked about.
    #[inline]
    fn filter(&self) -> AttributeFilter {
        AttributeFilter::NOTHING
    }

    /// Whether a start tag with this attribute is wanted, see [`Tag::wanted`]. `value` is where the value lies in
    /// `input`.
    #[inline]
    fn wants_attribute(&self, _input: &[u8], _name: &[u8], _value: Range<usize>) -> bool {
        false
    }

    /// Everything in `input` before `end` has been read.
    fn pass(&mut self, _input: &[u8], _end: usize) {}

    /// Nothing more is wanted.
    #[inline]
    fn is_done(&self) -> bool {
        false
    }

    /// A piece of something that is not a tag, markup included. Pieces of one kind that follow each other are one
    /// until `ends` is true.
    #[inline]
    fn piece(&mut self, _kind: Piece, _bytes: &[u8], _ends: bool) {}
}

/// How the content of an element is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Tags, comments and text.
    Markup,
    /// Text up to the end tag of this (lower-case) name: RCDATA and RAWTEXT.
    Text(&'static [u8]),
    /// A script, up to `</script>`.
    Script,
    /// Text to the end of the page.
    PlainText,
    /// A CDATA section, up to `]]>`.
    Cdata,
}

/// What is not a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text, with unresolved character references.
    Text,
    /// `<!--…-->`.
    Comment,
    /// `<!…>` (also doctypes), `<?…>`, `</ …>`.
    Declaration,
    /// `<![CDATA[…]]>`.
    Cdata,
    /// `</>`, which is nothing, and what follows the reported part of a long tag.
    Nothing,
}

/// An end tag, or a start tag's name, is longer than any tag may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TagTooLong;

/// The tokenizer of one page.
///
/// It keeps no more than a tag that is not complete yet.
#[derive(Debug)]
pub struct Tokenizer {
    mode: Mode,
    /// What has been read but not understood yet: an unfinished tag, or the few bytes that may begin something.
    pending: Vec<u8>,
    /// Set while `pending` is an unfinished tag.
    partial: Option<PartialTag>,
    longest_tag: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Data,
    Text(&'static [u8]),
    Script(ScriptState),
    PlainText,
    Comment(CommentState),
    Declaration,
    /// The number of `]` just read, up to two.
    Cdata(u8),
    /// The remainder of a start tag that was reported before its end, and what follows it.
    LongTag(PartialTag, Content),
}

/// How far one buffer was read.
struct Ran {
    /// Bytes that are done with.
    consumed: usize,
    /// What the bytes after them are.
    rest: Rest,
}

enum Rest {
    /// Nothing, or nothing that is of interest any more.
    Nothing,
    /// Too few bytes to tell.
    Undecided,
    /// An unfinished tag.
    Tag,
    TooLong,
}

/// What comes next in a buffer.
enum Next {
    Start(usize),
    End(usize),
    /// From this position on there are too few bytes to tell.
    Undecided(usize),
    Nothing,
}

impl Tokenizer {
    /// A tokenizer that begins with `content` and holds back tags of at most `longest_tag` bytes. Start tags that are
    /// longer are reported without their attributes, see [`Tag::is_long`].
    #[must_use]
    pub fn new(content: Content, longest_tag: usize) -> Self {
        Self { mode: Mode::from(content), pending: Vec::new(), partial: None, longest_tag }
    }

    /// Reads the next bytes of the page.
    ///
    /// # Errors
    /// When an end tag, or the name of a start tag, is longer than allowed: everything up to that tag has been passed
    /// to the sink, the tag and all that follows is in [`pending`](Self::pending). The tokenizer cannot go on.
    pub fn feed<S: Sink>(&mut self, chunk: &[u8], sink: &mut S) -> Result<(), TagTooLong> {
        let rest = if self.pending.is_empty() { chunk } else { self.bridge(chunk, sink)? };
        if sink.is_done() {
            sink.pass(rest, rest.len());
            return Ok(());
        }
        let ran = self.run(rest, sink);
        sink.pass(rest, ran.consumed);
        let rest = rest.get(ran.consumed..).unwrap_or_default();
        self.pending.extend_from_slice(rest);
        self.hold(&ran.rest)
    }

    /// What has been read but not passed to the sink.
    #[must_use]
    pub fn pending(&self) -> &[u8] {
        &self.pending
    }

    /// The page is over: what is pending counts as what it is without an end.
    pub fn end<S: Sink>(&mut self, sink: &mut S) {
        let pending = mem::take(&mut self.pending);
        if self.partial.take().is_none() && !pending.is_empty() {
            let declaration = self.mode == Mode::Data && pending.starts_with(b"<!");
            sink.piece(if declaration { Piece::Declaration } else { Piece::Text }, &pending, true);
        }
        sink.pass(&pending, pending.len());
    }

    /// Reads on where the last chunk stopped in the middle of something, and returns what is left of this one.
    fn bridge<'a, S: Sink>(&mut self, chunk: &'a [u8], sink: &mut S) -> Result<&'a [u8], TagTooLong> {
        let mut held = self.pending.len();
        let mut taken = 0;
        loop {
            let more = chunk.get(taken..).unwrap_or_default();
            if more.is_empty() {
                return Ok(&[]);
            }
            let step = match &mut self.partial {
                None => 1,
                Some(partial) => partial.find_end(more).unwrap_or(more.len()),
            };
            self.pending.extend_from_slice(more.get(..step).unwrap_or_default());
            taken += step;
            let is_cut = self.partial.is_some_and(|partial| !partial.is_complete());
            if is_cut && self.pending.len() <= self.longest_tag {
                return Ok(&[]);
            }
            self.partial = None;
            let mut buffer = mem::take(&mut self.pending);
            let ran = self.run(&buffer, sink);
            if ran.consumed > 0 {
                sink.pass(&buffer, ran.consumed);
            }
            if ran.consumed >= held && ran.consumed > 0 {
                // What follows lies in the chunk as a whole: no need to copy it.
                let from = ran.consumed - held;
                buffer.clear();
                self.pending = buffer;
                return Ok(chunk.get(from..).unwrap_or_default());
            }
            buffer.drain(..ran.consumed);
            held -= ran.consumed;
            self.pending = buffer;
            if let Err(error) = self.hold(&ran.rest) {
                self.pending.extend_from_slice(chunk.get(taken..).unwrap_or_default());
                return Err(error);
            }
        }
    }

    /// Takes note of what `pending` is.
    fn hold(&mut self, rest: &Rest) -> Result<(), TagTooLong> {
        match rest {
            Rest::TooLong => return Err(TagTooLong),
            Rest::Tag => self.partial = Some(PartialTag::new(&self.pending)),
            _ => {}
        }
        Ok(())
    }

    fn run<S: Sink>(&mut self, input: &[u8], sink: &mut S) -> Ran {
        let mut position = 0;
        loop {
            let (start, is_start) = match self.next(input, position, sink) {
                Next::Start(start) => (start, true),
                Next::End(start) => (start, false),
                Next::Undecided(from) => return Ran { consumed: from, rest: Rest::Undecided },
                Next::Nothing => return Ran { consumed: input.len(), rest: Rest::Nothing },
            };
            let (tag, cut) = match Tag::read(input, start, is_start, sink) {
                Some(tag) if tag.end - start <= self.longest_tag => (tag, None),
                read => match self.long_tag(input, start, read.map(|tag| tag.end)) {
                    Ok(found) => found,
                    Err(rest) => return Ran { consumed: start, rest },
                },
            };
            if is_start {
                let content = sink.start_tag(input, &tag);
                if let Some(partial) = cut {
                    self.mode = Mode::LongTag(partial, content);
                } else if content != Content::Markup {
                    self.mode = content.into();
                }
            } else {
                sink.end_tag(input, &tag);
            }
            if sink.is_done() {
                return Ran { consumed: input.len(), rest: Rest::Nothing };
            }
            position = tag.end;
        }
    }

    /// A tag that is too long to be held back, and how far it was read when it does not end in this buffer.
    #[cold]
    fn long_tag(
        &self,
        input: &[u8],
        start: usize,
        end: Option<usize>,
    ) -> Result<(Tag, Option<PartialTag>), Rest> {
        let bytes = input.get(start..end.unwrap_or(input.len())).unwrap_or_default();
        if bytes.len() <= self.longest_tag {
            return Err(Rest::Tag);
        }
        let tag = Tag::long(bytes, start, self.longest_tag).ok_or(Rest::TooLong)?;
        Ok((tag, if end.is_none() { Some(PartialTag::new(bytes)) } else { None }))
    }

    /// The next tag at or after `position`.
    #[inline]
    fn next<S: Sink>(&mut self, input: &[u8], position: usize, sink: &mut S) -> Next {
        let mut position = position;
        loop {
            let next = match &mut self.mode {
                Mode::Data => self.data(input, &mut position, sink),
                Mode::Text(name) => Some(raw_text::next(name, input, position, sink)),
                Mode::Script(state) => Some(script::next(state, input, position, sink)),
                _ => self.skip(input, &mut position, sink),
            };
            if let Some(next) = next {
                if matches!(next, Next::End(_)) {
                    // The end of raw text; of no effect in the data state.
                    self.mode = Mode::Data;
                }
                return next;
            }
        }
    }

    /// Skips what contains no tags. `None` when it ends in this buffer.
    #[cold]
    fn skip<S: Sink>(&mut self, input: &[u8], position: &mut usize, sink: &mut S) -> Option<Next> {
        let rest = input.get(*position..).unwrap_or_default();
        let (piece, end) = match &mut self.mode {
            Mode::Comment(state) => (Piece::Comment, state.find_end(rest)),
            Mode::Declaration => (Piece::Declaration, find_far(b'>', rest, 0).map(|at| at + 1)),
            Mode::Cdata(brackets) => (Piece::Cdata, comment::find_cdata_end(brackets, rest)),
            Mode::LongTag(partial, _) => (Piece::Nothing, partial.find_end(rest)),
            _ => (Piece::Text, None),
        };
        match end {
            Some(length) => {
                sink.piece(piece, rest.get(..length).unwrap_or_default(), true);
                *position += length;
                self.mode =
                    if let Mode::LongTag(_, content) = self.mode { content.into() } else { Mode::Data };
                None
            }
            None => {
                sink.piece(piece, rest, false);
                Some(Next::Nothing)
            }
        }
    }
}

impl From<Content> for Mode {
    #[inline]
    fn from(content: Content) -> Self {
        match content {
            Content::Markup => Self::Data,
            Content::Text(name) => Self::Text(name),
            Content::Script => Self::Script(ScriptState::Plain),
            Content::PlainText => Self::PlainText,
            Content::Cdata => Self::Cdata(0),
        }
    }
}
