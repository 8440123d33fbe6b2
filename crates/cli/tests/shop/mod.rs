//! A shop with rules, a key and a target, in a folder of its own that is gone when the test is over.

// Each test file uses another part of it.
#![allow(dead_code)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

pub(crate) const AT: &str = "2026-11-20T00:00:00Z";

pub(crate) struct Shop {
    pub(crate) folder: PathBuf,
    /// The target that commands without another one go to.
    pub(crate) target: String,
    /// What its commands find in the environment.
    pub(crate) variables: Vec<(&'static str, String)>,
}

/// How a command ended, and what it said on both streams.
#[derive(Debug)]
pub(crate) struct Said {
    /// None for one that was killed.
    pub(crate) code: Option<i32>,
    pub(crate) text: String,
}

impl Said {
    pub(crate) fn of(output: &Output) -> Self {
        let text = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
        Self { code: output.status.code(), text: String::from_utf8(text).unwrap() }
    }

    /// It ended like this, and said all of that.
    #[track_caller]
    pub(crate) fn ended(&self, code: i32, said: &[&str]) -> &Self {
        assert_eq!(self.code, Some(code), "{}", self.text);
        for expected in said {
            assert!(self.text.contains(expected), "`{expected}` is not in:\n{}", self.text);
        }
        self
    }
}

impl Shop {
    /// The compiler's example shop, with a fresh key and an empty directory as target.
    pub(crate) fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("footlight-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        copy(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("../compiler/tests/fixtures/shop"),
            &folder.join("rules"),
        );
        let target = folder.join("store").to_str().unwrap().to_owned();
        let shop = Self { folder, target, variables: Vec::new() };
        shop.run(&["keygen", "key.pem"]).ended(0, &[]);
        shop
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_footlight"));
        command.args(arguments).current_dir(&self.folder).stdin(Stdio::null());
        for variable in ["FOOTLIGHT_KEY", "FOOTLIGHT_PUBLIC_KEYS", "FOOTLIGHT_DIE_AT", "FOOTLIGHT_HOLD_AT"] {
            command.env_remove(variable);
        }
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Its commands reach an S3-compatible server at this port.
    pub(crate) fn reach(&mut self, port: u16) {
        self.variables = vec![
            ("AWS_ENDPOINT_URL", format!("http://127.0.0.1:{port}")),
            ("AWS_REGION", "us-east-1".to_owned()),
            ("AWS_ACCESS_KEY_ID", "tester".to_owned()),
            ("AWS_SECRET_ACCESS_KEY", "tester-secret".to_owned()),
        ];
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Said {
        Said::of(&self.command(arguments).output().unwrap())
    }

    /// A command about the target, with the key.
    pub(crate) fn at(&self, command: &str, more: &[&str]) -> Said {
        Said::of(&self.at_command(command, more).output().unwrap())
    }

    pub(crate) fn at_command(&self, command: &str, more: &[&str]) -> Command {
        self.command(&[&[command, &self.target, "--key", "key.pem"], more].concat())
    }

    pub(crate) fn push(&self, more: &[&str]) -> Said {
        Said::of(&self.push_command(more).output().unwrap())
    }

    pub(crate) fn push_command(&self, more: &[&str]) -> Command {
        self.at_command("push", &[&["--at", AT], more].concat())
    }

    /// Starts a push that holds at a step, and waits until it is there; it goes on when its input is closed.
    pub(crate) fn push_held_at(&self, step: &str, more: &[&str]) -> Child {
        use std::io::{BufRead as _, BufReader};
        let mut command = self.push_command(more);
        command
            .env("FOOTLIGHT_HOLD_AT", step)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::with_capacity(1, child.stderr.as_mut().unwrap()).read_line(&mut line).unwrap();
        assert_eq!(line.trim(), format!("held at {step}"));
        child
    }

    /// Other rules than before: the same number makes the same ones.
    pub(crate) fn edit(&self, number: u32) {
        let path = self.folder.join("rules/homepage.toml");
        let text = fs::read_to_string(&path).unwrap();
        let lines = text.lines().map(|line| match line.starts_with("headline = ") {
            true => format!("headline = {{ en = \"Winter {number}\", de = \"Der Winter ist da\" }}\n"),
            false => format!("{line}\n"),
        });
        fs::write(&path, lines.collect::<String>()).unwrap();
    }

    /// What `status` says, as JSON.
    pub(crate) fn status(&self) -> serde_json::Value {
        let output = self.at_command("status", &["--format", "json"]).output().unwrap();
        assert!(output.status.success(), "{}", Said::of(&output).text);
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// The live release's sequence and bundle, once everything at the target is known to be right.
    #[track_caller]
    pub(crate) fn live(&self) -> (u64, String) {
        self.at("verify", &[]).ended(0, &[]);
        let release = &self.status()["release"];
        (release["sequence"].as_u64().unwrap(), release["bundle"].as_str().unwrap().to_owned())
    }

    /// A file of a directory target.
    pub(crate) fn file(&self, key: &str) -> PathBuf {
        Path::new(&self.target).join(key)
    }

    pub(crate) fn public_key(&self, pem: &str) -> String {
        use ed25519_dalek::pkcs8::DecodePrivateKey as _;
        let pem = fs::read_to_string(self.folder.join(pem)).unwrap();
        let key = ed25519_dalek::SigningKey::from_pkcs8_pem(&pem).unwrap();
        <base64ct::Base64UrlUnpadded as base64ct::Encoding>::encode_string(key.verifying_key().as_bytes())
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

pub(crate) fn finish(mut child: Child) -> Said {
    drop(child.stdin.take());
    Said::of(&child.wait_with_output().unwrap())
}

pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let place = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy(&entry.path(), &place),
            false => _ = fs::copy(entry.path(), place).unwrap(),
        }
    }
}
