//! `footlight explain --html`: what changes in a shop's page.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::thread;

use serde_json::Value;

const PAGE: &str = "<!doctype html>\n<html>\n<body>\n<header>\n<div data-footlight-slot=\"hero\">\n<h1>Boots for everybody</h1>\n</div>\n<p>Free returns</p>\n<p>Footer</p>\n<p>End</p>\n</body>\n</html>\n";

fn explain(more: &[&str]) -> Output {
    let shop = Path::new(env!("CARGO_MANIFEST_DIR")).join("../compiler/tests/fixtures/shop");
    let arguments = ["explain", "/", "--rules", shop.to_str().unwrap(), "--at", "2026-11-20T00:00:00Z"];
    let visitor = ["--country", "CH", "--consent", "all", "--visits", "3", "--affinity", "boots=3"];
    Command::new(env!("CARGO_BIN_EXE_footlight")).args(arguments).args(visitor).args(more).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A file of this test's own, gone when it is over.
struct File(PathBuf);

impl File {
    fn new(name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = std::env::temp_dir().join(format!("footlight-explain-{}-{name}", std::process::id()));
        fs::write(&path, bytes).unwrap();
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// A shop that answers once; gives its address, and what it was asked.
fn shop(answer: Vec<u8>) -> (String, thread::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    let asked = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut asked = Vec::new();
        let mut byte = [0];
        while !asked.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap() == 1 {
            asked.extend(byte);
        }
        stream.write_all(&answer).unwrap();
        text(&asked)
    });
    (address, asked)
}

fn response(status: &str, kind: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

#[test]
fn the_difference_has_the_change_and_two_lines_around_it() {
    let page = File::new("page.html", PAGE);
    let output = explain(&["--html", page.path()]);
    let said = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(said.contains("--- origin\n+++ visitor\n@@ "), "{said}");
    assert!(said.contains("\n-<h1>Boots for everybody</h1>\n"), "{said}");
    assert!(said.contains("\n <p>Free returns</p>\n") && !said.contains("\n <p>End</p>\n"), "{said}");
    assert!(!said.contains('\u{1b}'), "no colours in a pipe");
    let spoken = text(&explain(&["--html", page.path(), "--plain"]).stdout);
    assert!(
        spoken.contains("\nLine 6 goes: <h1>Boots for everybody</h1>\n") && !spoken.contains("@@"),
        "{spoken}"
    );
    for sentence in
        ["The stage is homepage.", "The rule home-hero-hikers, for the slot hero: won.", " holds, with "]
    {
        assert!(spoken.contains(sentence), "{sentence}: {spoken}");
    }
}

#[test]
fn json_carries_the_reasons_and_the_page_before_and_after() {
    let page = File::new("json.html", PAGE);
    let output = explain(&["--html", page.path(), "--format", "json"]);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["page"]["before"], PAGE);
    assert!(!answer["page"]["after"].as_str().unwrap().contains("Boots for everybody"));
    assert!(answer["page"]["diff"].as_str().unwrap().starts_with("--- origin\n"));
    assert_eq!((&answer["stage"], &answer["slots"][0]["slot"]), (&"homepage".into(), &"hero".into()));
    assert!(answer["explanation"]["rules"].is_array());
    let without = text(&explain(&["--format", "json"]).stdout);
    assert!(!without.contains("\"page\":"), "{without}");
}

#[test]
fn a_page_of_one_line_is_cut_at_its_tags_and_one_without_the_slot_says_so() {
    let one_line = File::new("line.html", PAGE.replace('\n', "") + &"<p>more</p>".repeat(30));
    let said = text(&explain(&["--html", one_line.path()]).stdout);
    assert!(said.contains("\n-<h1>Boots for everybody</h1></div>\n"), "{said}");
    let without = File::new("without.html", "<p>Nothing here</p>\n");
    let said = text(&explain(&["--html", without.path()]).stdout);
    assert!(said.contains("none of the places is in this page: ") && said.contains("mark one up"), "{said}");
}

#[test]
fn a_page_comes_from_a_running_shop_with_the_visitors_headers() {
    let (address, asked) = shop(response("200 OK", "text/html; charset=utf-8", PAGE.as_bytes()));
    let output =
        explain(&["--html", &address, "--language", "de-CH", "--cookie", "cart=2", "--device", "phone"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("-<h1>Boots for everybody</h1>"), "{}", text(&output.stdout));
    let asked = asked.join().unwrap().to_lowercase();
    for header in ["accept-language: de-ch\r\n", "cookie: cart=2\r\n", "mobile"] {
        assert!(asked.contains(header), "{header}: {asked}");
    }
}

#[test]
fn what_is_no_page_is_an_error() {
    let empty = File::new("empty.html", "");
    let gone = shop(response("404 Not Found", "text/html", b"gone")).0;
    let picture = shop(response("200 OK", "image/png", b"png")).0;
    let nobody = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}/", listener.local_addr().unwrap())
    };
    for (name, expected) in [
        ("/nowhere/page.html", "cannot read"),
        (empty.path(), "it is empty; save the page"),
        (gone.as_str(), "the shop answers 404"),
        (picture.as_str(), "it is `image/png`, and only HTML is personalized"),
        (nobody.as_str(), "is the address right, and the shop running?"),
    ] {
        let output = explain(&["--html", name]);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{name}: {said}");
        assert!(said.contains(expected), "{name}: {said}");
    }
}
