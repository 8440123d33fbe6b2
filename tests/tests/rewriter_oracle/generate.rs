//! Random pages, selectors and edits, made of few words so that they meet often.
//!
//! What the [differences](super::differences) say is left out, because there lol_html is no oracle.

use footlight_html::Edit;

use super::Job;
use super::random::Random;

const NAMES: &[&str] =
    &["div", "p", "a", "b", "li", "ul", "span", "x-y", "section", "table", "td", "h1", "select", "template"];
const VOID: &[&str] = &["img", "br", "input", "link", "meta", "hr", "wbr"];
const TEXT: &[&str] =
    &["script", "style", "title", "textarea", "noscript", "iframe", "xmp", "noembed", "noframes"];
const FOREIGN: &[&str] = &["g", "path", "script", "style", "a", "linearGradient", "textarea"];
const SVG_POINTS: &[&str] = &["foreignObject", "desc", "title"];
const MATH_POINTS: &[&str] = &["mi", "mo", "mn", "ms", "mtext", "annotation-xml encoding=text/html"];
const ATTRIBUTES: &[&str] = &["id", "class", "data-x", "rel", "type", "title", "DATA-X", "Class"];
const WORDS: &[&str] = &["a", "b", "ab", "A", "b-c", "c", "", "a b", "b  a c", "x/y", "\u{e9}"];
const LOOSE: &[&str] = &[
    "text",
    " ",
    "\n",
    "a < b",
    "<",
    ">",
    "\"",
    "'",
    "&amp;",
    "&",
    "<>",
    "</>",
    "</ x>",
    "<!x>",
    "<!DOCTYPE html>",
    "<?x?>",
    "<!>",
    "<!-->",
    "<!--->",
    "<!-- c -->",
    "<!-- <div id=a> -->",
    "<!--a--!>",
    "<!--a--b-->",
    "<!--<!-->",
    "<!-- -- -->",
    "<!--a->b-->",
    "<![CDATA[ <b> ]]>",
    "\u{20ac}",
    "\0",
    "\r\n",
    "\t",
    "]]>",
    "-->",
    "<a b='",
    "</",
    "<1>",
    "<!",
    "--",
    "=",
];
const IN_TEXT: &[&str] = &[
    "text",
    "<",
    "</",
    "</x>",
    "<div id=a>",
    "</scrip",
    "</scriptx>",
    "<!--",
    "-->",
    "--",
    "-",
    ">",
    "<script",
    "<script>",
    "</script",
    "<!-",
    "<!--<script>",
    "</title ",
    "<b>",
    "&lt;",
    "<SCRIPT ",
    "</",
    "->",
    "<!-->",
];

/// A page of about `length` pieces.
pub fn page(random: &mut Random, length: usize) -> Vec<u8> {
    let mut page = String::new();
    let mut open = Vec::new();
    for _ in 0..length {
        match random.below(20) {
            0..6 => {
                let name = random.word(NAMES);
                start_tag(random, name, &mut page);
                open.push(name);
            }
            6..9 => {
                // Mostly what was opened last.
                let name = if random.chance(4) { Some(random.word(NAMES)) } else { open.pop() };
                end_tag(random, name.unwrap_or("div"), &mut page);
            }
            9..11 => {
                let name = random.word(VOID);
                start_tag(random, name, &mut page);
            }
            11..13 => text_element(random, &mut page),
            13 => foreign(random, &mut page),
            _ => page.push_str(random.word(LOOSE)),
        }
    }
    while let Some(name) = open.pop() {
        if !random.chance(8) {
            end_tag(random, name, &mut page);
        }
    }
    if random.chance(60) {
        page.push_str("<plaintext></plaintext><div id=a>");
    }
    page.into_bytes()
}

/// A part of a real page, from anywhere in it, without SVG, MathML and references: there are
/// [differences](super::differences).
pub fn excerpt(random: &mut Random, pages: &[Vec<u8>]) -> Vec<u8> {
    let page = random.pick(pages);
    let start = random.below(page.len().max(1));
    let length = random.below(3000);
    let mut part = page[start..(start + length).min(page.len())].to_vec();
    part.iter_mut().filter(|byte| **byte == b'&').for_each(|byte| *byte = b'+');
    let foreign = |at: &[u8]| at.eq_ignore_ascii_case(b"<svg") || at.eq_ignore_ascii_case(b"<mat");
    if let Some(at) = part.windows(4).position(foreign) {
        part.truncate(at);
    }
    part
}

/// Replaces, inserts and removes a few bytes.
pub fn mutate(random: &mut Random, page: &mut Vec<u8>) {
    for _ in 0..1 + random.below(8) {
        if page.is_empty() {
            return;
        }
        let at = random.below(page.len());
        match random.below(4) {
            0 => page[at] = *random.pick(b"<>/\"'=!- \n\0aA]&"),
            1 => page.insert(at, *random.pick(b"<>/\"'=!- \n\0aA]&")),
            2 => drop(page.remove(at)),
            _ => {
                let end = (at + random.below(40)).min(page.len());
                drop(page.drain(at..end));
            }
        }
    }
}

fn start_tag(random: &mut Random, name: &str, page: &mut String) {
    page.push('<');
    push_in_some_case(random, name, page);
    for _ in 0..random.below(4) {
        page.push_str(random.word(&[" ", " ", " ", "\n", "  ", "/", " / "]));
        attribute(random, page);
    }
    page.push_str(random.word(&["", "", "", " ", "/", " /"]));
    // After an unquoted value, `=` or nothing at all this may well belong to the value: that is a page, too.
    page.push('>');
}

fn attribute(random: &mut Random, page: &mut String) {
    page.push_str(random.word(ATTRIBUTES));
    let value = random.word(WORDS);
    match random.below(8) {
        0 => {}
        1 => {
            page.push_str(" = ");
            page.push_str(&format!("\"{value}\""));
        }
        2 => page.push_str(&format!("='{value}'")),
        3 => page.push_str(&format!("={}", value.replace(' ', "-"))),
        4 => page.push_str(&format!("=\"{value}<div id=a>\"")),
        5 => page.push_str(&format!("='{value}\">'")),
        _ => page.push_str(&format!("=\"{value}\"")),
    }
}

fn end_tag(random: &mut Random, name: &str, page: &mut String) {
    page.push_str("</");
    push_in_some_case(random, name, page);
    page.push_str(random.word(&["", "", "", "", " ", "\n", " x", " x=\">\"", "/"]));
    page.push('>');
}

fn text_element(random: &mut Random, page: &mut String) {
    let name = random.word(TEXT);
    start_tag(random, name, page);
    for _ in 0..random.below(5) {
        page.push_str(random.word(IN_TEXT));
    }
    end_tag(random, name, page);
}

/// SVG or MathML that is closed as it was opened.
fn foreign(random: &mut Random, page: &mut String) {
    let (root, points) = if random.chance(2) { ("svg", SVG_POINTS) } else { ("math", MATH_POINTS) };
    page.push_str(&format!("<{root} class=a>"));
    for _ in 0..random.below(4) {
        match random.below(4) {
            0 => {
                let point = random.word(points);
                page.push_str(&format!(
                    "<{point}><div id=b>x<title><b></title></div></{}>",
                    point.split(' ').next().unwrap()
                ));
            }
            1 => page.push_str(&format!("<{}/>", random.word(FOREIGN))),
            2 => page.push_str("<![CDATA[ <b> ]] ]>]]>"),
            _ => {
                let name = random.word(FOREIGN);
                page.push_str(&format!("<{name} id=a>x<g data-x='b'></g></{name}>"));
            }
        }
    }
    page.push_str(&format!("</{root}>"));
}

fn push_in_some_case(random: &mut Random, name: &str, page: &mut String) {
    if random.chance(10) { page.push_str(&name.to_uppercase()) } else { page.push_str(name) }
}

/// One to four selectors with one to three edits each.
pub fn job(random: &mut Random) -> Job {
    (0..1 + random.below(4)).map(|_| (selector(random), edits(random))).collect()
}

fn selector(random: &mut Random) -> String {
    let mut selector = compound(random);
    while random.chance(3) {
        selector = format!("{}{}{selector}", compound(random), random.word(&[" ", " > "]));
    }
    if random.chance(5) {
        selector = format!("{selector}, {}", compound(random));
    }
    selector
}

fn compound(random: &mut Random) -> String {
    let mut compound = match random.below(6) {
        0 => random.word(VOID).to_owned(),
        1 => random.word(TEXT).to_owned(),
        2 => random.word(&["g", "svg", "math", "path", "mi", "foreignObject", "*"]).to_owned(),
        3 => String::new(),
        _ => random.word(NAMES).to_owned(),
    };
    if compound.is_empty() || random.chance(2) {
        let value = random.word(&["a", "b", "ab", "c", "b-c", "A"]);
        let attribute = random.word(&["id", "class", "data-x", "rel", "type", "title"]);
        compound += &match random.below(6) {
            0 => format!("#{value}"),
            1 => format!(".{value}"),
            2 => format!("[{attribute}]"),
            3 => format!("[{attribute}='{value}' {}]", random.word(&["i", "s"])),
            _ => format!("[{attribute}{}=\"{value}\"]", random.word(&["", "~", "|", "^", "$", "*"])),
        };
    }
    compound
}

fn edits(random: &mut Random) -> Vec<Edit> {
    (0..1 + random.below(3)).map(|_| edit(random)).collect()
}

fn edit(random: &mut Random) -> Edit {
    let html = random.word(&["<i>1</i>", "2", "", "<!--3-->", "\u{20ac}"]).to_owned();
    let attribute = random.word(&["id", "class", "data-x", "data-new"]).to_owned();
    match random.below(10) {
        0 => Edit::SetInner(html),
        1 => Edit::Replace(html),
        2 => Edit::Remove,
        3 => Edit::Unwrap,
        4 => Edit::Before(html),
        5 => Edit::After(html),
        6 => Edit::Prepend(html),
        7 => Edit::Append(html),
        8 => Edit::SetAttribute(attribute, random.word(&["a", "", "\"&<>", "b c"]).to_owned()),
        _ => Edit::RemoveAttribute(attribute),
    }
}
