//! Where this project's rewriter and lol_html differ on purpose. Everything else is a bug.

use footlight_html::Edit;

/// What becomes of a page when one edit is made to what a selector matches.
pub struct Difference {
    pub reason: &'static str,
    pub page: &'static str,
    pub selector: &'static str,
    pub edit: fn() -> Edit,
    pub ours: &'static str,
    pub theirs: &'static str,
}

fn append() -> Edit {
    Edit::Append("|".into())
}

fn after() -> Edit {
    Edit::After("|".into())
}

fn before() -> Edit {
    Edit::Before("|".into())
}

pub const DIFFERENCES: &[Difference] = &[
    Difference {
        reason: "an element that its parent's end tag ends: the edit belongs before that end tag",
        page: "<div><p>a</div>b",
        selector: "p",
        edit: after,
        ours: "<div><p>a|</div>b",
        theirs: "<div><p>a</div>|b",
    },
    Difference {
        reason: "removing such an element must not remove its parent's end tag",
        page: "<div><p>a</div>b",
        selector: "p",
        edit: || Edit::Remove,
        ours: "<div></div>b",
        theirs: "<div>b",
    },
    Difference {
        reason: "an element that is never closed ends with the page",
        page: "<div>a",
        selector: "div",
        edit: append,
        ours: "<div>a|",
        theirs: "<div>a",
    },
    Difference {
        reason: "the content of an element is text even if its last attribute lacks its value",
        page: "<iframe x=><script </iframe><math>",
        selector: "math",
        edit: before,
        ours: "<iframe x=><script </iframe>|<math>",
        theirs: "<iframe x=><script </iframe><math>",
    },
    Difference {
        reason: "a self-closed <svg/> has no content",
        page: "<svg/><title><b></title>",
        selector: "b",
        edit: before,
        ours: "<svg/><title><b></title>",
        theirs: "<svg/><title>|<b></title>",
    },
    Difference {
        reason: "inside SVG, <math> is an SVG element of that name",
        page: "<svg><math><mi><title><b></title></mi></math></svg>",
        selector: "b",
        edit: before,
        ours: "<svg><math><mi><title>|<b></title></mi></math></svg>",
        theirs: "<svg><math><mi><title><b></title></mi></math></svg>",
    },
    Difference {
        reason: "a tag that SVG cannot contain ends all of the SVG that is open",
        page: "<svg><svg><p><title><b></title>",
        selector: "b",
        edit: before,
        ours: "<svg><svg><p><title><b></title>",
        theirs: "<svg><svg><p><title>|<b></title>",
    },
    Difference {
        reason: "the end tag of what is around an SVG ends it",
        page: "<div><svg><g></div><title><b></title>",
        selector: "b",
        edit: before,
        ours: "<div><svg><g></div><title><b></title>",
        theirs: "<div><svg><g></div><title>|<b></title>",
    },
    Difference {
        reason: "an integration point is itself an SVG element, in which CDATA sections may stand",
        page: "<svg><title><![CDATA[><b>]]></title></svg>",
        selector: "b",
        edit: before,
        ours: "<svg><title><![CDATA[><b>]]></title></svg>",
        theirs: "<svg><title><![CDATA[>|<b>]]></title></svg>",
    },
    Difference {
        reason: "attribute values are compared with their character references resolved",
        page: "<a title=\"b&amp;c\">",
        selector: "[title=\"b&c\"]",
        edit: before,
        ours: "|<a title=\"b&amp;c\">",
        theirs: "<a title=\"b&amp;c\">",
    },
];

/// Whether a page has an attribute that lacks its value at the end of a tag, which random pages often have.
pub fn has_missing_value(page: &[u8]) -> bool {
    let mut last = 0;
    page.iter().any(|&byte| {
        let missing = byte == b'>' && last == b'=';
        if !byte.is_ascii_whitespace() {
            last = byte;
        }
        missing
    })
}
