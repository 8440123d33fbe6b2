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
    /// The root of an SVG or MathML part.
    Foreign,
    // What follows contains something else than markup, with scripting enabled.
    Script,
    PlainText,
    Textarea,
    Title,
    Style,
    Iframe,
    Xmp,
    Noembed,
    Noframes,
    Noscript,
}

impl Kind {
    /// How an element's content is read in HTML.
    pub(crate) fn content(self) -> Content {
        static CONTENTS: [Content; 13] = [
            Content::Markup,
            Content::Markup,
            Content::Markup,
            Content::Script,
            Content::PlainText,
            Content::Text(b"textarea"),
            Content::Text(b"title"),
            Content::Text(b"style"),
            Content::Text(b"iframe"),
            Content::Text(b"xmp"),
            Content::Text(b"noembed"),
            Content::Text(b"noframes"),
            Content::Text(b"noscript"),
        ];
        CONTENTS.get(self as usize).copied().unwrap_or(Content::Markup)
    }
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
    (SCRIPT, Kind::Script),
    (TEXTAREA, Kind::Textarea),
    (TITLE, Kind::Title),
    (STYLE, Kind::Style),
    (IFRAME, Kind::Iframe),
    (XMP, Kind::Xmp),
    (NOEMBED, Kind::Noembed),
    (NOFRAMES, Kind::Noframes),
    (NOSCRIPT, Kind::Noscript),
    (PLAINTEXT, Kind::PlainText),
    (SVG, Kind::Foreign),
    (MATH, Kind::Foreign),
];

/// The special elements, each at the place that its name hashes to. That no two share one is checked when compiled.
#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler, and the place is below 64")]
static PLACES: ([Name; 64], [Kind; 64]) = {
    let (mut names, mut kinds) = ([Name(0); 64], [Kind::Ordinary; 64]);
    let mut rest: &[(Name, Kind)] = &SPECIAL;
    while let Some((element, tail)) = rest.split_first() {
        let place = element.0.place();
        assert!(names[place].0 == 0, "two names share a place: choose another factor");
        (names[place], kinds[place]) = *element;
        rest = tail;
    }
    (names, kinds)
};

#[inline(always)]
pub(crate) fn kind_of(name: Name) -> Kind {
    let place = name.place();
    match (PLACES.0.get(place), PLACES.1.get(place)) {
        (Some(&special), Some(&kind)) if special == name => kind,
        _ => Kind::Ordinary,
    }
}
