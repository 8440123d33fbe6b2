//! The encoding that a page declares itself.

use super::{Editor, attributes};
use crate::encoding::Encoding;
use crate::name::{CHARSET, CONTENT, HTTP_EQUIV, META, Name};
use crate::tokenizer::Tag;

/// How far into the page a declaration counts.
pub(super) const PRESCAN: usize = 1024;

impl<H> Editor<H> {
    /// A byte order mark beats every other declaration.
    pub(crate) fn read_byte_order_mark(&mut self, chunk: &[u8]) {
        let missing = 3 - self.start.len().min(3);
        if missing > 0 {
            self.start.extend_from_slice(chunk.get(..missing).unwrap_or(chunk));
            if let Some(encoding) = Encoding::of_byte_order_mark(&self.start) {
                self.encoding = encoding;
            }
        }
    }

    /// Reads `<meta charset>` and `<meta http-equiv=content-type>` near the start of the page.
    pub(super) fn read_charset(&mut self, input: &[u8], tag: &Tag, name: Name) {
        if name != META || self.offset + tag.start >= PRESCAN {
            return;
        }
        let attribute = |name: Name| attributes::find(input, tag, name);
        if let Some(label) = attribute(CHARSET) {
            self.encoding = Encoding::of_meta(label);
        } else if attribute(HTTP_EQUIV)
            .is_some_and(|value| value.trim_ascii().eq_ignore_ascii_case(b"content-type"))
        {
            let content = attribute(CONTENT).unwrap_or_default();
            self.encoding = Encoding::label_in(content).map_or(Encoding::Unknown, Encoding::of_meta);
        }
    }
}
