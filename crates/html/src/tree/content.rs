//! What an HTML element may contain.

use crate::name::*;
use crate::tokenizer::Content;

/// How the content of an HTML element is tokenized, with scripting enabled.
#[inline]
pub(crate) fn content_of(name: Name) -> Content {
    match name {
        SCRIPT => Content::Script,
        TEXTAREA => Content::Text(b"textarea"),
        TITLE => Content::Text(b"title"),
        STYLE => Content::Text(b"style"),
        IFRAME => Content::Text(b"iframe"),
        XMP => Content::Text(b"xmp"),
        NOEMBED => Content::Text(b"noembed"),
        NOFRAMES => Content::Text(b"noframes"),
        NOSCRIPT => Content::Text(b"noscript"),
        PLAINTEXT => Content::PlainText,
        _ => Content::Markup,
    }
}

/// Elements without content and without an end tag, obsolete ones included.
#[inline]
pub(crate) fn is_void(name: Name) -> bool {
    matches!(
        name,
        AREA | BASE
            | BASEFONT
            | BGSOUND
            | BR
            | COL
            | EMBED
            | HR
            | IMG
            | INPUT
            | KEYGEN
            | LINK
            | META
            | PARAM
            | SOURCE
            | TRACK
            | WBR
    )
}
