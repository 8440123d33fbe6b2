//! Any text whatever: the compiler never panics, and what it lets through is safe.

use footlight_compiler::expression::{Folding, Value, evaluate};
use footlight_compiler::file::encode;
use footlight_compiler::{Compilation, Options, Sources, cases, compile};
use footlight_core::decide::{Change, Context, Engine, Scratch};
use footlight_core::profile::Keys;
use footlight_core::request::Request;
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};
use proptest::prelude::*;

/// 2026-11-20T00:00:00Z
const NOW_MS: i64 = 1_795_132_800_000;

const FILES: [(&str, &str); 6] = [
    ("site.toml", include_str!("fixtures/shop/site.toml")),
    ("segments.toml", include_str!("fixtures/shop/segments.toml")),
    ("homepage.toml", include_str!("fixtures/shop/homepage.toml")),
    ("everywhere.toml", include_str!("fixtures/shop/everywhere.toml")),
    ("prices/switzerland.toml", include_str!("fixtures/shop/prices/switzerland.toml")),
    ("content/hero/returning-hikers.html", include_str!("fixtures/shop/content/hero/returning-hikers.html")),
];

/// Compiles, and checks what must hold of every compilation.
fn compiled(sources: &Sources) -> Compilation {
    let compilation = compile(sources, Options { now_ms: NOW_MS });
    assert_eq!(compilation.bundle.is_none(), compilation.has_errors(), "{:?}", compilation.diagnostics);
    let mut all = compilation.diagnostics.clone();
    all.extend(cases::check(sources, compilation.bundle.as_ref(), &compilation.notes));
    for diagnostic in &all {
        for at in diagnostic.labels.iter().map(|label| label.at).chain([diagnostic.at]) {
            let text = sources.text(at.file);
            assert!(text.get(at.span()).is_some(), "{diagnostic:?} is not in the text");
        }
        let _ = diagnostic.report(sources);
    }
    if let Some(bundle) = &compilation.bundle {
        encode(bundle, &compilation.notes, 0).expect("what has no errors is a sound bundle");
    }
    compilation
}

fn shop(changed: usize, text: &str) -> Sources {
    let mut sources = Sources::new();
    for (index, (path, original)) in FILES.iter().enumerate() {
        sources.add(*path, if index == changed { text } else { original });
    }
    sources
}

/// Pieces that mean something to some part of the compiler.
const PIECES: &[&str] = &[
    "[[rule]]\n",
    "[[market]]\n",
    "[slots.x]\n",
    "id = ",
    "\"",
    "'",
    "'''",
    "\"\"\"",
    "\n",
    "=",
    "[",
    "]",
    "{",
    "}",
    "{{",
    "}}",
    "<",
    ">",
    "</",
    "<!--",
    "-->",
    "&&",
    "||",
    "==",
    "!",
    "-",
    "(",
    ")",
    ".",
    ",",
    "?",
    ":",
    "in",
    "has(",
    "geo.country",
    "visitor.affinity.",
    "custom.",
    "timestamp('",
    "duration('",
    "money('",
    "9223372036854775807",
    "-9223372036854775808",
    "1e999",
    "0x",
    "\\u{d800}",
    "\\",
    "é",
    "😀",
    "\0",
    "\u{feff}",
    "2026-02-30",
    "\r\n",
    "#",
    "<script>",
    "<p ",
    " onclick=\"",
    "href=\"",
    "javascript:",
    "/>",
    "true",
    "false",
    ".exists(x, ",
    "size(",
];

fn soup(most: usize) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => proptest::sample::select(PIECES).prop_map(str::to_owned),
        1 => "\\PC{0,3}",
        1 => "[ a-z0-9'\"=.]{0,6}",
    ];
    proptest::collection::vec(piece, 0..most).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_file_makes_it_panic(changed in 0..FILES.len(), text in soup(40)) {
        compiled(&shop(changed, &text));
    }

    #[test]
    fn no_change_of_a_file_makes_it_panic(
        changed in 0..FILES.len(),
        from in any::<prop::sample::Index>(),
        length in 0..12_usize,
        inserted in soup(4),
    ) {
        let original: Vec<char> = FILES[changed].1.chars().collect();
        let from = from.index(original.len());
        let to = (from + length).min(original.len());
        let text: String = original[..from].iter().copied().chain(inserted.chars()).chain(original[to..].iter().copied()).collect();
        compiled(&shop(changed, &text));
    }

    #[test]
    fn no_expression_makes_it_panic_and_folding_changes_nothing(text in soup(12)) {
        let bindings = [("n", Value::Int(7)), ("t", Value::Text("a".to_owned()))];
        let [folded, evaluated] = [Folding::Folded, Folding::Evaluated].map(|folding| evaluate(&text, &bindings, folding));
        if let (Ok(folded), Ok(evaluated)) = (folded, evaluated) {
            prop_assert_eq!(folded, evaluated, "{}", text);
        }
    }

    #[test]
    fn what_a_visitor_sends_never_changes_the_structure_of_a_content(
        pieces in proptest::collection::vec(proptest::sample::select(HTML), 1..12),
        hostile in proptest::sample::select(HOSTILE),
    ) {
        let content = pieces.concat();
        let mut sources = Sources::new();
        for (path, text) in FILES {
            sources.add(path, text);
        }
        sources.add("content/hero/returning-hikers.html", content.as_str());
        sources.add("segments.toml", "[[segment]]\nid = 'returning-hikers'\nkind = 'need'\ncondition = 'true'\n[[segment]]\nid = 'everybody'\nkind = 'need'\ncondition = 'true'\n[[segment]]\nid = 'abroad'\nkind = 'need'\ncondition = 'true'\n");
        if let Some(bundle) = compiled(&sources).bundle {
            let engine = Engine::new(bundle);
            prop_assert_eq!(structure(&shown(&engine, "harmless")), structure(&shown(&engine, hostile)), "{}", content);
        }
    }
}

const HTML: &[&str] = &[
    "<p>{{ url.query.x }}</p>",
    "<a href=\"/c/{{ url.query.x }}\">a</a>",
    "<a title='{{ url.query.x }}'>a</a>",
    "<img alt=\"{{ url.query.x }}\" src=\"/i/{{ url.query.x }}.png\">",
    "<textarea>{{ url.query.x }}</textarea>",
    "<svg><text>{{ url.query.x }}</text></svg>",
    "<title>{{ url.query.x }}</title>",
    "<b data-x=\"{{ url.query.x }}\"></b>",
    "<iframe src=\"/f?{{ url.query.x }}\"></iframe>",
    "<select><option value=\"{{ url.query.x }}\">{{ url.query.x }}</option></select>",
    "<p>",
    "</p>",
    "<a href=\"/c/",
    "\">",
    "</a>",
    "<a href=\"",
    "<a title='",
    "'>",
    "{{ url.query.x }}",
    "text",
    " ",
    "<p title=",
    ">",
    "<!-- ",
    " -->",
    "<b ",
    "=\"",
    "\"",
    "<textarea>",
    "</textarea>",
    "<style>",
    "</style>",
    "<br>",
    "<svg>",
    "</svg>",
    "<path d=\"",
    "\"/>",
    "https://a.example/",
    "?q=",
    "<img alt=\"\" src=\"/i/",
    "&amp;",
    "<title>",
    "</title>",
];

const HOSTILE: &[&str] = &[
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E",
    "'%20onclick='alert(1)",
    "%22%20onclick=%22alert(1)",
    "javascript:alert(1)",
    "//evil.example/",
    "%5C%5Cevil.example",
    "--%3E%3Cb%3E",
    "%3C/textarea%3E%3Cscript%3E",
    "%3C/style%3E%3Cb%3E",
    "%09%0A",
    "&%2334;",
    "%C3%A9",
    "%3C!--",
    "]]%3E",
];

/// What goes into the hero for a visitor who sends `value`.
fn shown(engine: &Engine, value: &str) -> String {
    let url = format!("https://fjell.example/?x={value}");
    let mut request = Request {
        now_ms: NOW_MS,
        url: &url,
        user_agent: "Mozilla/5.0 (Windows NT 10.0)",
        ..Request::default()
    };
    request.geo[0] = "DE";
    let keys = Keys::default();
    let decision = engine.decide(&request, &Context { keys: &keys, preview: None }, &mut Scratch::default());
    let html = |change: &Change| match change {
        Change::Insert { html, .. } => html.clone(),
        _ => String::new(),
    };
    decision.edits.iter().map(|edit| html(&edit.change)).collect()
}

/// Tags, the names of their attributes, and where their URLs lead; not what texts and other values say.
fn structure(html: &str) -> Vec<String> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut structure = Vec::new();
    let mut emitter = DefaultEmitter::<()>::default();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(html, emitter).flatten() {
        match token {
            Token::StartTag(tag) => {
                structure.push(text(&tag.name));
                for (name, value) in &tag.attributes {
                    let value = text(value);
                    let is_url = matches!(name.as_slice(), b"href" | b"src");
                    let leads_to: String =
                        if is_url { value.chars().take(3).collect() } else { String::new() };
                    structure.push(format!("{}={leads_to}", text(name)));
                }
            }
            Token::EndTag(tag) => structure.push(format!("/{}", text(&tag.name))),
            Token::Comment(_) => structure.push("comment".to_owned()),
            Token::Doctype(_) => structure.push("doctype".to_owned()),
            Token::String(_) | Token::Error(_) => {}
        }
    }
    structure
}
