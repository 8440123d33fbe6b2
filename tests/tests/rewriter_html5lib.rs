//! The tokenizer against the tests of html5lib.
//!
//! It tells tags, text, comments and doctypes apart and reads attributes; it does not resolve character references in
//! text, since a rewriter passes text on as it is, nor read what is inside a doctype.

use std::collections::BTreeMap;
use std::sync::Arc;

use footlight_html::tokenizer::{Content, Piece, Sink, Tag, Tokenizer};
use footlight_html::{Edits, Element, Occurrence, Plan, Rewriter, Selector, Selectors};
use footlight_tests::material;
use serde_json::Value;

struct Case {
    name: String,
    input: String,
    output: Vec<Token>,
    content: Content,
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Start(String, BTreeMap<String, String>, bool),
    End(String),
    Comment(String),
    Text(String),
    Doctype,
}

/// The files of the suite with the tests in scope, and the names of those that are not, by reason.
fn cases() -> (Vec<Case>, BTreeMap<&'static str, Vec<String>>) {
    let (mut cases, mut skipped) = (Vec::new(), BTreeMap::<_, Vec<_>>::new());
    let Some(folder) = material::find("01-html/html5lib-tests/tokenizer") else { return (cases, skipped) };
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "test"));
    files.sort();
    for path in files {
        let suite: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        for test in suite["tests"].as_array().unwrap() {
            let name = format!("{file}: {}", test["description"].as_str().unwrap());
            match out_of_scope(test) {
                Some(reason) => skipped.entry(reason).or_default().push(name),
                None => cases.extend(read_case(&name, test)),
            }
        }
    }
    (cases, skipped)
}

fn out_of_scope(test: &Value) -> Option<&'static str> {
    let input = test["input"].as_str().unwrap();
    let escaped = test["doubleEscaped"].as_bool() == Some(true);
    if escaped && unescape(input).is_none() {
        Some("lone surrogates do not exist in a byte stream")
    } else if input.to_lowercase().contains("&amp")
        || input.contains("&#x0026")
        || input.matches('&').count() != test["output"].to_string().matches('&').count()
    {
        Some("character references are not resolved in text; see the tests below for attributes")
    } else {
        None
    }
}

fn read_case(name: &str, test: &Value) -> Vec<Case> {
    let text = |value: &Value| {
        let text = value.as_str().unwrap();
        if test["doubleEscaped"].as_bool() == Some(true) { unescape(text).unwrap() } else { text.to_owned() }
    };
    let last_start_tag: &'static [u8] = match test["lastStartTag"].as_str() {
        Some(name) => Box::leak(name.to_owned().into_boxed_str()).as_bytes(),
        None => b"\x01 no end tag has this name",
    };
    let default = vec![Value::from("Data state")];
    let states = test["initialStates"].as_array().unwrap_or(&default);
    let contents = states.iter().map(|state| match state.as_str().unwrap() {
        "Data state" => Content::Markup,
        "PLAINTEXT state" => Content::PlainText,
        "RCDATA state" | "RAWTEXT state" => Content::Text(last_start_tag),
        "Script data state" => Content::Script,
        "CDATA section state" => Content::Cdata,
        other => panic!("unknown state {other}"),
    });
    let output = test["output"].as_array().unwrap();
    let token = |token: &Value| match token[0].as_str().unwrap() {
        "DOCTYPE" => Token::Doctype,
        "StartTag" => {
            let attributes = token[2].as_object().unwrap().iter();
            let attributes =
                attributes.map(|(name, value)| (text(&Value::from(&name[..])), text(value))).collect();
            Token::Start(text(&token[1]), attributes, token[3].as_bool() == Some(true))
        }
        "EndTag" => Token::End(text(&token[1])),
        "Comment" => Token::Comment(text(&token[1])),
        "Character" => Token::Text(text(&token[1])),
        other => panic!("unknown token {other}"),
    };
    contents
        .map(|content| Case {
            name: name.to_owned(),
            input: text(&test["input"]),
            output: output.iter().map(token).collect(),
            content,
        })
        .collect()
}

/// `\uHHHH`, also in pairs. `None` for half a pair.
fn unescape(text: &str) -> Option<String> {
    let mut units = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("\\u") {
        units.extend(rest[..at].encode_utf16());
        units.push(u16::from_str_radix(&rest[at + 2..at + 6], 16).unwrap());
        rest = &rest[at + 6..];
    }
    units.extend(rest.encode_utf16());
    String::from_utf16(&units).ok()
}

/// Builds the suite's tokens from what the tokenizer tells.
#[derive(Default)]
struct Tokens {
    tokens: Vec<Token>,
    open: Option<(Piece, Vec<u8>)>,
    /// In plain text, scripts and the like NUL is replaced, in markup it is left to the tree.
    keeps_nul: bool,
}

impl Tokens {
    fn close(&mut self, ended: bool) {
        let Some((piece, bytes)) = self.open.take() else { return };
        let raw = normalized(&bytes);
        match piece {
            Piece::Nothing => {}
            Piece::Text | Piece::Cdata => {
                // A section's own marks are not there when it is what the test begins in.
                let text = raw.strip_prefix("<![CDATA[").unwrap_or(&raw);
                let text = if piece == Piece::Cdata && ended { &text[..text.len() - 3] } else { text };
                let text =
                    if self.keeps_nul || piece == Piece::Cdata { text.into() } else { without_nul(text) };
                match self.tokens.last_mut() {
                    Some(Token::Text(before)) => before.push_str(&text),
                    _ if text.is_empty() => {}
                    _ => self.tokens.push(Token::Text(text)),
                }
            }
            Piece::Comment => self.tokens.push(Token::Comment(without_nul(comment_text(&raw[4..], ended)))),
            Piece::Declaration if raw.to_ascii_lowercase().starts_with("<!doctype") => {
                self.tokens.push(Token::Doctype)
            }
            Piece::Declaration => {
                let start = if raw.starts_with("<?") { 1 } else { 2 };
                let end = raw.len() - usize::from(ended && raw.ends_with('>'));
                self.tokens.push(Token::Comment(without_nul(&raw[start..end])));
            }
        }
    }
}

fn comment_text(text: &str, ended: bool) -> &str {
    let endings: &[&str] = if ended { &["--!>", "-->", "->", ">"] } else { &["--!", "--", "-", ""] };
    endings.iter().find_map(|ending| text.strip_suffix(ending)).unwrap()
}

impl Sink for Tokens {
    fn start_tag(&mut self, input: &[u8], tag: &Tag) -> Content {
        self.close(false);
        self.keeps_nul = true;
        let mut attributes = BTreeMap::new();
        tag.attributes(input, |name, value| {
            let name = without_nul(&normalized(name)).to_ascii_lowercase();
            attributes.entry(name).or_insert_with(|| without_nul(&normalized(value)));
        });
        let name = without_nul(&normalized(&input[tag.name..tag.name_end])).to_ascii_lowercase();
        self.tokens.push(Token::Start(name, attributes, tag.self_closing));
        Content::Markup
    }

    fn end_tag(&mut self, input: &[u8], tag: &Tag) {
        self.close(false);
        self.keeps_nul = true;
        let name = without_nul(&normalized(&input[tag.name..tag.name_end])).to_ascii_lowercase();
        self.tokens.push(Token::End(name));
    }

    fn allows_cdata(&self) -> bool {
        false
    }

    fn piece(&mut self, kind: Piece, bytes: &[u8], ends: bool) {
        if self.open.as_ref().is_some_and(|(open, _)| *open != kind) {
            self.close(false);
        }
        self.open.get_or_insert((kind, Vec::new())).1.extend_from_slice(bytes);
        if ends {
            self.close(bytes.ends_with(b">"));
        }
    }
}

fn normalized(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap().replace("\r\n", "\n").replace('\r', "\n")
}

fn without_nul(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

fn tokenize(case: &Case, cuts: &[usize]) -> Vec<Token> {
    let keeps_nul = matches!(case.content, Content::Markup | Content::Cdata);
    let mut tokens = Tokens { keeps_nul, ..Tokens::default() };
    let mut tokenizer = Tokenizer::new(case.content, 1 << 16);
    let mut start = 0;
    for &cut in cuts.iter().chain([&case.input.len()]) {
        tokenizer.feed(&case.input.as_bytes()[start..cut], &mut tokens).unwrap();
        start = cut;
    }
    tokenizer.end(&mut tokens);
    tokens.close(false);
    tokens.tokens
}

#[test]
fn html5lib_tests_pass_cut_anywhere() {
    let (cases, skipped) = cases();
    let mut failures = Vec::new();
    for case in &cases {
        let every: Vec<usize> = (0..=case.input.len()).collect();
        let single = every.iter().map(|&cut| vec![cut]);
        if let Some(cuts) =
            single.chain([vec![], every.clone()]).find(|cuts| tokenize(case, cuts) != case.output)
        {
            let found = tokenize(case, &cuts);
            failures.push(format!("{} {:?}\n  {:?}\n  {found:?}", case.name, case.input, case.output));
        }
    }
    println!("{} of {} tests pass", cases.len() - failures.len(), cases.len());
    for (reason, names) in skipped {
        println!("{} out of scope, {reason}", names.len());
        // Most are tests of single references, which the reason says all about.
        names
            .iter()
            .filter(|name| !name.to_lowercase().contains("entit"))
            .for_each(|name| println!("  {name}"));
    }
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n"));
}

/// The value that a handler reads from `<a title="…">`.
fn attribute_value(raw: &str) -> String {
    let selector = Selector::parse("a").unwrap();
    let selectors = Arc::new(Selectors::builder().add(0, &selector, Occurrence::Once).build());
    let mut value = String::new();
    let read = |_: u32, element: &Element<'_>, _: &mut Edits| {
        value = element.attribute("title").unwrap().into_owned();
    };
    Rewriter::new(Plan::new(selectors), read)
        .write(format!("<a title=\"{raw}\">").as_bytes(), &mut Vec::new());
    value
}

#[test]
fn numeric_references_resolve_in_attributes_as_html5lib_says() {
    let Some(path) = material::find("01-html/html5lib-tests/tokenizer/numericEntities.test") else { return };
    let suite: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let mut count = 0;
    for test in suite["tests"].as_array().unwrap() {
        let expected = test["output"][0][1].as_str().unwrap();
        let input = test["input"].as_str().unwrap();
        assert_eq!(attribute_value(input), expected, "{}", test["description"]);
        count += 1;
    }
    println!("{count} tests pass");
}

#[test]
fn named_references_resolve_in_attributes_or_stay_as_written() {
    let Some(path) = material::find("01-html/html5lib-tests/tokenizer/namedEntities.test") else { return };
    let suite: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let (mut resolved, mut kept) = (0, 0);
    for test in suite["tests"].as_array().unwrap() {
        let (input, expected) = (test["input"].as_str().unwrap(), test["output"][0][1].as_str().unwrap());
        let value = attribute_value(input);
        resolved += usize::from(value == expected && value != input);
        kept += usize::from(value == input);
        assert!(value == expected || value == input, "{input} became {value:?}");
    }
    println!("{resolved} resolved, {kept} left as written");
}

#[test]
fn pages_of_the_tree_construction_tests_pass_through_cut_anywhere() {
    let Some(folder) = material::find("01-html/html5lib-tests/tree-construction") else { return };
    let mut pages = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "dat") {
            continue;
        }
        let suite = String::from_utf8(std::fs::read(path).unwrap()).unwrap();
        for test in suite.split("#data\n").skip(1) {
            let page = &test[..test.find("\n#").unwrap()];
            pages += 1;
            for cut in 0..=page.len() {
                assert_eq!(untouched(page, cut), page, "cut at {cut}");
            }
        }
    }
    println!("{pages} pages");
}

/// What comes out when everything is looked at and nothing edited.
fn untouched(page: &str, cut: usize) -> String {
    let selector = Selector::parse("* > *, [a], *").unwrap();
    let selectors = Arc::new(Selectors::builder().add(0, &selector, Occurrence::Repeated).build());
    let mut rewriter = Rewriter::new(Plan::new(selectors), |_: u32, _: &Element<'_>, _: &mut Edits| {});
    let mut out = Vec::new();
    rewriter.write(&page.as_bytes()[..cut], &mut out);
    rewriter.write(&page.as_bytes()[cut..], &mut out);
    rewriter.end(&mut out);
    String::from_utf8(out).unwrap()
}
