//! `footlight check` on files as they come: from Windows, from old editors, in large numbers, and while they change.

use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

const AT: &str = "2026-11-20T00:00:00Z";

fn footlight(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_footlight")).args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A copy of a small site that is sound, gone when the test is over.
struct Site(PathBuf);

impl Site {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("footlight-check-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../compiler/tests/fixtures/shop"), &path);
        Self(path)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.0.join(name), bytes).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap()
    }

    fn check(&self, more: &[&str]) -> (Option<i32>, String, String) {
        let arguments = [&["check", "--rules", self.0.to_str().unwrap(), "--at", AT], more].concat();
        let output = footlight(&arguments);
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_change_neither_the_outcome_nor_the_places() {
    let site = Site::new("windows");
    let wrong = site.read("homepage.toml").replacen("slot = \"hero\"", "slot = \"heroo\"", 1);
    site.write("homepage.toml", &wrong);
    let (_, _, unix) = site.check(&[]);
    site.write("homepage.toml", format!("\u{feff}{}", wrong.replace('\n', "\r\n")));
    let (code, _, windows) = site.check(&[]);
    assert_eq!((code, windows.replace('\r', "")), (Some(1), unix));
    assert!(windows.contains("there is no slot `heroo`"), "{windows}");
}

#[test]
fn latin_1_is_an_error_at_its_first_byte_and_says_how_to_convert() {
    let site = Site::new("latin");
    let right = site.read("homepage.toml");
    let mut bytes = right.clone().into_bytes();
    bytes.extend(b"# caf\xE9\n");
    let line = bytes.iter().filter(|byte| **byte == b'\n').count();
    site.write("homepage.toml", &bytes);
    let (code, _, said) = site.check(&[]);
    assert_eq!(code, Some(1));
    let place = format!("homepage.toml:{line}:6");
    for part in ["error[not-utf8]", &place, "it is `é`", "iconv -f WINDOWS-1252 -t UTF-8 homepage.toml"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(said.ends_with("\n1 error, 0 warnings\n"), "nothing follows from it: {said}");
    // As PowerShell writes them.
    let utf16: Vec<u8> =
        format!("\u{feff}{}", site.read("segments.toml")).encode_utf16().flat_map(u16::to_le_bytes).collect();
    site.write("segments.toml", utf16);
    site.write("homepage.toml", right);
    let (code, _, said) = site.check(&[]);
    assert_eq!(code, Some(1));
    assert!(said.contains("the file is UTF-16") && said.contains("iconv -f UTF-16"), "{said}");
    assert!(said.ends_with("\n1 error, 0 warnings\n"), "nothing follows from it: {said}");
}

#[test]
fn a_folder_with_the_name_of_a_file_is_an_error() {
    let site = Site::new("folder");
    fs::create_dir(site.0.join("cart.toml")).unwrap();
    let (code, _, said) = site.check(&[]);
    assert_eq!(code, Some(2));
    assert!(
        said.contains("cart.toml` is a folder and has the name of a rule source; give it another name"),
        "{said}"
    );
}

#[cfg(unix)]
#[test]
fn links_that_lead_back_or_nowhere_and_files_that_cannot_be_read_are_errors() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let site = Site::new("links");
    symlink(&site.0, site.0.join("content/loop")).unwrap();
    let (code, _, said) = site.check(&[]);
    assert_eq!(code, Some(2));
    assert!(said.contains("content/loop` leads back to") && said.contains("remove the link"), "{said}");
    fs::remove_file(site.0.join("content/loop")).unwrap();

    symlink("nowhere.toml", site.0.join("cart.toml")).unwrap();
    let (code, _, said) = site.check(&[]);
    assert_eq!(code, Some(2));
    assert!(said.contains("cart.toml` leads to nothing"), "{said}");
    fs::remove_file(site.0.join("cart.toml")).unwrap();

    // Whoever reads a pipe that nobody writes to waits for ever.
    assert!(Command::new("mkfifo").arg(site.0.join("cart.toml")).status().unwrap().success());
    let (code, _, said) = site.check(&[]);
    assert_eq!(code, Some(2));
    assert!(said.contains("cart.toml` is no regular file"), "{said}");
    fs::remove_file(site.0.join("cart.toml")).unwrap();

    // A link to a folder elsewhere is fine.
    let shared = Site::new("links-shared");
    fs::rename(site.0.join("content"), shared.0.join("shared")).unwrap();
    symlink(shared.0.join("shared"), site.0.join("content")).unwrap();
    assert_eq!(site.check(&[]).0, Some(0));

    let file = site.0.join("homepage.toml");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
    // Nothing is unreadable to root.
    if fs::read(&file).is_err() {
        let (code, _, said) = site.check(&[]);
        assert_eq!(code, Some(2));
        assert!(said.contains("homepage.toml`") && said.contains("ask its owner"), "{said}");
    }
}

#[test]
fn plain_text_is_one_sentence_a_line_without_drawing() {
    let site = Site::new("plain");
    site.write(
        "homepage.toml",
        site.read("homepage.toml").replacen("slot = \"hero\"", "slot = \"heroo\"", 1),
    );
    let (code, _, said) = site.check(&["--plain"]);
    assert_eq!(code, Some(1));
    let lines: Vec<&str> = said.lines().collect();
    let first = lines.iter().position(|line| line.starts_with("Error unknown-slot in ")).expect(&said);
    assert!(lines[first].contains("homepage.toml, line "), "{said}");
    assert_eq!(lines[first + 1], "There is no slot `heroo`.");
    assert_eq!(lines[first + 2], "Why: What goes into a slot that no page has is never seen.");
    assert_eq!(lines[first + 3], "Help: Did you mean `hero`?");
    assert!(!said.contains(['|', '^', '=', '\u{1b}']), "{said}");
}

#[test]
fn ten_thousand_files_are_checked_in_time() {
    let site = Site::new("many");
    for number in 0..10_000 {
        let mut rules = String::new();
        writeln!(
            rules,
            "[[rule]]\nid = \"r{number}\"\nstages = [\"homepage\"]\nsegment = \"abroad\"\nwhen = \"url.query.v == '{number}'\"\nslot = \"hero\"\n\
             kind = \"welcome\"\ntext = \"Number {number}\"\nhypothesis = \"h\"\nkpi = \"conversion-rate\"\nguardrail = \"return-rate must not rise\"\n\
             owner = \"o\"\nreview = 2027-02-01"
        )
        .unwrap();
        site.write(&format!("rules-{number}.toml"), rules);
    }
    let begin = Instant::now();
    let (code, said, wrong) = site.check(&[]);
    println!("10,000 files: {:.1} s", begin.elapsed().as_secs_f64());
    assert_eq!(code, Some(0), "{}", wrong.get(..2000).unwrap_or(&wrong));
    assert!(said.contains("10005 rules"), "{said}");
    assert!(begin.elapsed() < Duration::from_secs(20), "{:?}", begin.elapsed());
}

/// `footlight check --watch`, and what it says.
struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn new(site: &Site) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_footlight"))
            .args(["check", "--watch", "--plain", "--at", AT, "--rules", site.0.to_str().unwrap()])
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let (sender, lines) = channel();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        std::thread::spawn(move || {
            stderr.lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
        });
        Self { child, lines }
    }

    /// What is said up to the next time that it waits.
    #[track_caller]
    fn round(&self) -> String {
        let mut said = String::new();
        loop {
            let line = self.lines.recv_timeout(Duration::from_secs(30)).expect(&said);
            if line.starts_with("watching ") {
                return said;
            }
            said.push_str(&line);
            said.push('\n');
        }
    }

    /// Rounds until one says this: editors save in steps.
    #[track_caller]
    fn until(&self, is_said: impl Fn(&str) -> bool) {
        for _ in 0..10 {
            let said = self.round();
            if is_said(&said) {
                return;
            }
        }
        panic!("it is never said");
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn watching_survives_half_written_deleted_and_remade_files() {
    let site = Site::new("watch");
    let right = site.read("homepage.toml");
    let watching = Watching::new(&site);
    assert_eq!(watching.round(), "");
    // Half written, and then whole.
    site.write("homepage.toml", &right[..right.len() / 2 + 3]);
    watching.until(|said| said.contains("homepage.toml"));
    site.write("homepage.toml", &right);
    watching.until(str::is_empty);
    // As editors do it: a new file in the place of the old one.
    site.write("homepage.toml.swp", right.replacen("slot = \"hero\"", "slot = \"heroo\"", 1));
    fs::rename(site.0.join("homepage.toml.swp"), site.0.join("homepage.toml")).unwrap();
    watching.until(|said| said.contains("no slot `heroo`"));
    site.write("homepage.toml", &right);
    watching.until(str::is_empty);
    // The site's own file away, and back.
    let own = site.read("site.toml");
    fs::remove_file(site.0.join("site.toml")).unwrap();
    watching.until(|said| said.contains("it has no `site.toml`"));
    site.write("site.toml", own);
    watching.until(str::is_empty);
    // All of it away, as when another branch is checked out.
    let elsewhere = site.0.with_extension("away");
    fs::rename(&site.0, &elsewhere).unwrap();
    watching.until(|said| said.contains("cannot read"));
    std::thread::sleep(Duration::from_millis(1500));
    fs::rename(&elsewhere, &site.0).unwrap();
    watching.until(str::is_empty);
    site.write("homepage.toml", right.replacen("slot = \"hero\"", "slot = \"heroo\"", 1));
    watching.until(|said| said.contains("no slot `heroo`"));
}

#[test]
fn watching_nothing_is_an_error() {
    let output = footlight(&["check", "--watch", "--rules", "/nowhere/at/all"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("there are no rules in"), "{}", text(&output.stderr));
}
