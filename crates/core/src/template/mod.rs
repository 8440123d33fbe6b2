//! Templates, cut into literal and placeholder pieces by the compiler, and their rendering.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::condition::{Evaluation, NodeId};
use crate::texts::{TextId, Texts};
use crate::value::{Unknown, Value};
use crate::wire;
use crate::write;

/// A template.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// Its pieces in order.
    pub pieces: Vec<Piece>,
}

/// A piece of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Piece {
    /// Text that stands as it is.
    Literal(TextId),
    /// The value of an expression, escaped for the place where it stands.
    Placeholder {
        /// The expression.
        value: NodeId,
        /// The place.
        escape: Escape,
    },
}

/// The place where a placeholder stands, decided at compile time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Escape {
    /// Between tags: `&`, `<`, `>` become character references.
    Text,
    /// In a quoted attribute value: `&`, `<`, `>`, `"`, `'` become character references.
    Attribute,
    /// In the path, query or fragment of a URL in an attribute: all but unreserved characters (RFC 3986, section 2.3)
    /// are percent-encoded.
    UrlPart,
    /// In plain text that somebody else escapes.
    Plain,
}

impl Template {
    /// Appends the rendered template.
    ///
    /// # Errors
    /// The placeholder whose value is unknown, and why: what cannot be filled in is not shown at all.
    pub fn render(
        &self,
        texts: &Texts,
        evaluation: &mut Evaluation<'_>,
        out: &mut String,
    ) -> Result<(), (NodeId, Unknown)> {
        for piece in &self.pieces {
            match *piece {
                Piece::Literal(id) => out.push_str(texts.get(id)),
                Piece::Placeholder { value, escape } => match evaluation.value(value) {
                    Value::Text(text) => escape.write(text, out),
                    Value::Int(number) => write::int(number, out),
                    Value::Unknown(reason) => return Err((value, reason)),
                    // INVARIANT: the compiler lets only text and whole numbers into placeholders.
                    _ => return Err((value, Unknown::Malformed)),
                },
            }
        }
        Ok(())
    }
}

impl Escape {
    /// Appends `text`, escaped.
    pub fn write(self, text: &str, out: &mut String) {
        const HEX: [char; 16] =
            ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
        match self {
            Self::Plain => out.push_str(text),
            Self::Text | Self::Attribute => {
                for character in text.chars() {
                    match character {
                        '&' => out.push_str("&amp;"),
                        '<' => out.push_str("&lt;"),
                        '>' => out.push_str("&gt;"),
                        '"' if self == Self::Attribute => out.push_str("&quot;"),
                        '\'' if self == Self::Attribute => out.push_str("&#39;"),
                        _ => out.push(character),
                    }
                }
            }
            Self::UrlPart => {
                for byte in text.bytes() {
                    if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
                        out.push(char::from(byte));
                    } else {
                        out.push('%');
                        for digit in [byte >> 4, byte & 15] {
                            out.extend(HEX.get(usize::from(digit)));
                        }
                    }
                }
            }
        }
    }
}

wire::structs! {
    Template { pieces }
}

wire::enums! {
    Piece: 2 {
        0 => Literal { 0 },
        1 => Placeholder { value, escape },
    }
    Escape: 4 {
        0 => Text {},
        1 => Attribute {},
        2 => UrlPart {},
        3 => Plain {},
    }
}
