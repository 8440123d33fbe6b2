//! What an HTML element may contain.

use crate::name::*;
use crate::tokenizer::Content;

/// What has to be known of an element from its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Contains markup.
    Ordinary,
    /// Has neither content nor an end tag; obsolete elements included.
    Void,
    /// Contains something else than markup, with scripting enabled.
    Holds(Content),
    /// The root of an SVG or MathML part.
    Foreign,
}

/// Elements that are not ordinary.
const SPECIAL: [(Name, Kind); 29] = [
    (AREA, Kind::Void),
    (BASE, Kind::Void),
    (BASEFONT, Kind::Void),
    (BGSOUND, Kind::Void),
    (BR, Kind::Void),
    (COL, Kind::Void),
    (EMBED, Kind::Void),
    (HR, Kind::Void),
    (IMG, Kind::Void),
    (INPUT, Kind::Void),
    (KEYGEN, Kind::Void),
    (LINK, Kind::Void),
    (META, Kind::Void),
    (PARAM, Kind::Void),
    (SOURCE, Kind::Void),
    (TRACK, Kind::Void),
    (WBR, Kind::Void),
    (SCRIPT, Kind::Holds(Content::Script)),
    (TEXTAREA, Kind::Holds(Content::Text(b"textarea"))),
    (TITLE, Kind::Holds(Content::Text(b"title"))),
    (STYLE, Kind::Holds(Content::Text(b"style"))),
    (IFRAME, Kind::Holds(Content::Text(b"iframe"))),
    (XMP, Kind::Holds(Content::Text(b"xmp"))),
    (NOEMBED, Kind::Holds(Content::Text(b"noembed"))),
    (NOFRAMES, Kind::Holds(Content::Text(b"noframes"))),
    (NOSCRIPT, Kind::Holds(Content::Text(b"noscript"))),
    (PLAINTEXT, Kind::Holds(Content::PlainText)),
    (SVG, Kind::Foreign),
    (MATH, Kind::Foreign),
];

/// The special elements, each at the place that its name hashes to. That no two share one is checked when compiled.
#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler, and the place is below 64")]
static PLACES: [(Name, Kind); 64] = {
    let mut places = [(Name(0), Kind::Ordinary); 64];
    let mut rest: &[(Name, Kind)] = &SPECIAL;
    while let Some((element, tail)) = rest.split_first() {
        let place = &mut places[element.0.place()];
        assert!(place.0.0 == 0, "two names share a place: choose another factor");
        *place = *element;
        rest = tail;
    }
    places
};

#[inline(always)]
pub(crate) fn kind_of(name: Name) -> Kind {
    match PLACES.get(name.place()) {
        Some(&(special, kind)) if special == name => kind,
        _ => Kind::Ordinary,
    }
}
