//! `footlight new`: what it writes compiles without a warning, and its tests pass.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn footlight(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_footlight")).args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A folder of this test's own, gone when it is over.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("footlight-new-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        fs::write(self.0.join(name), bytes).unwrap();
        self.path(name)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

/// Checks and tests a site without a warning.
#[track_caller]
fn is_sound(site: &str) {
    let check = footlight(&["check", "--rules", site]);
    assert_eq!((check.status.code(), text(&check.stderr).as_str()), (Some(0), ""), "{site}");
    let test = footlight(&["test", "--rules", site]);
    assert_eq!(test.status.code(), Some(0), "{}", text(&test.stdout));
    assert!(text(&test.stdout).ends_with("3 cases passed, 0 failed\n"), "{}", text(&test.stdout));
}

/// What a list of addresses proposes, as JSON; the site is sound.
#[track_caller]
fn proposed(scratch: &Scratch, list: &str) -> (Value, String) {
    let site = scratch.path("site");
    let _ = fs::remove_dir_all(&site);
    let output = footlight(&["new", &site, "--from-url-list", list, "--format", "json"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    is_sound(&site);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    (answer["proposal"].clone(), fs::read_to_string(Path::new(&site).join("site.toml")).unwrap())
}

fn routes(proposal: &Value) -> Vec<(String, String, u64)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let route =
        |route: &Value| (text(&route["path"]), text(&route["stage"]), route["urls"].as_u64().unwrap());
    proposal["routes"].as_array().unwrap().iter().map(route).collect()
}

fn has(routes: &[(String, String, u64)], path: &str, stage: &str, urls: u64) -> bool {
    routes.iter().any(|route| (route.0.as_str(), route.1.as_str(), route.2) == (path, stage, urls))
}

#[test]
fn a_new_site_is_sound_and_says_what_to_do_next() {
    let scratch = Scratch::new("sound");
    let site = scratch.path("deep/down/site");
    let new = footlight(&["new", &site]);
    assert_eq!(new.status.code(), Some(0), "{}", text(&new.stderr));
    assert!(text(&new.stdout).contains("footlight check --rules"), "{}", text(&new.stdout));
    is_sound(&site);
    // Every file has a comment that says what it is, but those whose every byte goes into a page.
    for name in ["site.toml", "segments.toml", "homepage.toml", "tests/homepage.toml"] {
        let file = fs::read_to_string(Path::new(&site).join(name)).unwrap();
        assert!(file.starts_with("#:schema ") && file.lines().nth(1).unwrap().starts_with("# "), "{name}");
        assert!(!file.contains("@site@") && !file.contains("@host@") && !file.contains("@review@"), "{name}");
        let schema = file.lines().next().unwrap().strip_prefix("#:schema ").unwrap();
        assert!(Path::new(&site).join(name).parent().unwrap().join(schema).is_file(), "{name}: {schema}");
    }
}

#[test]
fn nothing_is_written_over() {
    let scratch = Scratch::new("over");
    let file = scratch.write("a.txt", "mine");
    for taken in [scratch.path(""), file] {
        let new = footlight(&["new", &taken]);
        assert_eq!(new.status.code(), Some(2), "{taken}");
        assert!(text(&new.stderr).contains("not an empty folder"), "{}", text(&new.stderr));
    }
    assert_eq!(fs::read_dir(&scratch.0).unwrap().count(), 1);
    assert_eq!(fs::read_to_string(scratch.path("a.txt")).unwrap(), "mine");
    // An empty folder is free.
    fs::create_dir(scratch.path("empty")).unwrap();
    assert_eq!(footlight(&["new", &scratch.path("empty")]).status.code(), Some(0));
}

#[test]
fn a_german_shops_addresses_become_routes() {
    let scratch = Scratch::new("german");
    let mut list = String::from("\u{feff}# exported today\r\n\r\nhttps://www.alpin-laden.de/\r\n");
    for number in 0..40 {
        list.push_str(&format!("https://www.alpin-laden.de/produkt/schuh-{number}.html?farbe=rot\r\n"));
        list.push_str(&format!("https://www.alpin-laden.de/kategorie/k{}\r\n", number % 7));
        list.push_str(&format!("https://www.alpin-laden.de/magazin/beitrag-{number}\r\n"));
    }
    list.push_str(
        "https://www.alpin-laden.de/warenkorb\r\n/kasse\r\nhttps://www.alpin-laden.de/kasse/danke\r\n",
    );
    list.push_str("ftp://files.example/a\r\nnot an address\r\n");
    let (proposal, site) = proposed(&scratch, &scratch.write("list.txt", list));
    let routes = routes(&proposal);
    for (path, stage, urls) in [
        ("/", "homepage", 1),
        ("/produkt/:sku.html", "product", 40),
        ("/kategorie/:category", "category", 7),
        ("/warenkorb", "cart", 1),
        ("/kasse", "checkout", 1),
        ("/kasse/danke", "thank-you", 1),
    ] {
        assert!(has(&routes, path, stage, urls), "{path}: {routes:?}");
    }
    assert_eq!(proposal["hosts"], serde_json::json!(["www.alpin-laden.de"]));
    assert_eq!(proposal["locales"], serde_json::json!(["de"]));
    assert_eq!((&proposal["left_urls"], &proposal["unusable"]), (&40.into(), &2.into()));
    assert_eq!(proposal["left"][0]["path"], "/magazin/:page");
    assert!(proposal["first_unusable"][0].as_str().unwrap().ends_with("`ftp://files.example/a`"));
    assert!(site.contains("# 40 addresses, such as /produkt/schuh-0.html"), "{site}");
    assert!(site.contains("# path = \"/magazin/:page\""), "{site}");
    assert!(
        site.contains("# path = \"/orders/:order\""),
        "what was not found stands there as a comment: {site}"
    );
    assert!(site.contains("site = \"alpin-laden\""), "{site}");
}

#[test]
fn a_sitemap_index_with_packed_parts_and_languages_becomes_routes() {
    let scratch = Scratch::new("index");
    let url = |path: &str| format!("<url><loc>https://shop.example{path}</loc></url>");
    let mut products = String::new();
    for number in 0..30 {
        for (language, word) in [("en", "products"), ("fr", "produits"), ("es", "productos")] {
            products.push_str(&url(&format!("/{language}/{word}/item-{number}")));
        }
        products.push_str(&url(&format!("/en/collections/c{}/products/item-{number}", number % 3)));
    }
    let urlset = |urls: &str| {
        format!(
            "<?xml version=\"1.0\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">{urls}</urlset>"
        )
    };
    scratch.write("products.xml.gz", gzip(&urlset(&products)));
    let pages = format!(
        "<url><loc>\n <![CDATA[https://shop.example/en]]> </loc><xhtml:link rel=\"alternate\" hreflang=\"de-AT\" href=\"https://shop.example/de\"/></url>{}{}",
        url("/en/collections/c1"),
        url("/en/search?q=a&amp;b=c")
    );
    scratch.write(
        "pages.xml",
        urlset(&pages).replace("<urlset ", "<urlset xmlns:xhtml=\"http://www.w3.org/1999/xhtml\" "),
    );
    let index = scratch.write(
        "sitemap.xml",
        "<sitemapindex><sitemap><loc>https://shop.example/products.xml.gz</loc></sitemap><sitemap><loc>https://shop.example/pages.xml</loc></sitemap>
         <sitemap><loc>https://shop.example/elsewhere.xml</loc></sitemap><sitemap><loc>https://shop.example/sitemap.xml</loc></sitemap></sitemapindex>",
    );
    let (proposal, site) = proposed(&scratch, &index);
    let routes = routes(&proposal);
    for (path, stage, urls) in [
        ("/en", "homepage", 1),
        ("/de", "homepage", 1),
        ("/en/products/:sku", "product", 30),
        ("/fr/produits/:sku", "product", 30),
        ("/es/productos/:sku", "product", 30),
        ("/en/collections/:category/products/:sku", "product", 30),
        ("/en/collections/:category", "category", 1),
    ] {
        assert!(has(&routes, path, stage, urls), "{path}: {routes:?}");
    }
    assert_eq!(proposal["locales"], serde_json::json!(["en", "es", "fr", "de"]));
    assert_eq!(proposal["missing_sitemaps"], serde_json::json!(["https://shop.example/elsewhere.xml"]));
    assert_eq!(proposal["left_urls"], 1, "{}", proposal["left"]);
    assert!(site.contains("hosts = [\"shop.example\"]"), "{site}");
}

#[test]
fn one_word_in_all_languages_captures_the_language() {
    let scratch = Scratch::new("locale");
    let mut list = String::new();
    for language in ["de", "fr-ch", "it"] {
        for number in 0..5 {
            list.push_str(&format!(
                "https://shop.example/{language}/p/{number}\nhttps://shop.example/{language}/cart\n"
            ));
        }
        list.push_str(&format!("https://shop.example/{language}/impressum\n"));
    }
    let (proposal, _) = proposed(&scratch, &scratch.write("list.txt", list));
    let routes = routes(&proposal);
    assert!(has(&routes, "/:locale/p/:sku", "product", 15), "{routes:?}");
    assert!(has(&routes, "/:locale/cart", "cart", 3), "{routes:?}");
    assert_eq!(proposal["left"][0]["path"], "/:locale/:page");
}

#[test]
fn a_list_comes_through_standard_input_too() {
    let scratch = Scratch::new("stdin");
    let mut child = Command::new(env!("CARGO_BIN_EXE_footlight"))
        .args(["new", &scratch.path("site"), "--from-url-list", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(&gzip("https://shop.example/p/1\nhttps://shop.example/p/2\n"))
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let said = text(&output.stdout);
    assert!(said.contains("2  /p/:sku") && said.contains("2 addresses of shop.example"), "{said}");
    is_sound(&scratch.path("site"));
}

#[test]
fn a_list_that_gives_nothing_is_an_error_and_nothing_is_written() {
    let scratch = Scratch::new("nothing");
    let cases: &[(&str, &[u8], &str)] = &[
        ("empty.txt", b"", "there are no addresses in it; write one a line"),
        ("words.txt", b"hello\nworld\n", "2 lines that are none"),
        (
            "page.html",
            b"<html><body></body></html>",
            "it begins with `<html>`, and a sitemap with `<urlset>`",
        ),
        ("broken.xml", b"<urlset>\n<url><loc>https://a.example/</url></urlset>", "line 2, column"),
        ("latin.txt", b"https://a.example/\nhttps://a.example/caf\xE9\n", "line 2 is not UTF-8"),
        ("cut.gz", &[0x1F, 0x8B, 8, 0, 0, 0], "cannot be unpacked"),
        ("folder", b"", "cannot read"),
    ];
    for (name, bytes, expected) in cases {
        let list = if *name == "folder" { scratch.path("") } else { scratch.write(name, bytes) };
        let site = scratch.path("site");
        let output = footlight(&["new", &site, "--from-url-list", &list]);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{name}: {said}");
        assert!(said.contains(expected), "{name}: {said}");
        assert!(!Path::new(&site).exists(), "{name}");
    }
    let absent = footlight(&["new", &scratch.path("site"), "--from-url-list", &scratch.path("absent.xml")]);
    assert_eq!(absent.status.code(), Some(2));
}

/// What stands in foreign addresses stays what it is: text in comments, and parts of paths.
#[test]
fn hostile_addresses_cannot_change_what_the_file_says() {
    let scratch = Scratch::new("hostile");
    let list = "https://shop.example/c/a\"b\nhttps://shop.example/c/%22%0Asite%20=%20%22x\nhttps://shop.example/a:b/cart\n\
                https://shop.example/*/warenkorb\nhttps://shop.example/\"\"\"/cart\nhttps://shop.example/c/\u{7}bell\nhttps://x\"y/cart\n\
                https://user:secret@shop.example:8443/p/1\n";
    let (proposal, site) = proposed(&scratch, &scratch.write("list.txt", list));
    assert!(!site.contains("secret"), "{site}");
    assert_eq!(proposal["unusable"], 2, "{proposal}");
    assert_eq!(proposal["hosts"], serde_json::json!(["shop.example"]));
}

#[test]
fn a_large_list_takes_a_moment() {
    let scratch = Scratch::new("large");
    let mut list = String::new();
    for number in 0..200_000 {
        list.push_str(&format!("https://shop.example/c/k{}/p/{number}\n", number % 500));
    }
    let list = scratch.write("list.txt", list);
    let begin = std::time::Instant::now();
    let (proposal, _) = proposed(&scratch, &list);
    assert!(begin.elapsed().as_secs() < 20, "{:?}", begin.elapsed());
    assert!(has(&routes(&proposal), "/c/:category/p/:sku", "product", 200_000), "{:?}", routes(&proposal));
}
