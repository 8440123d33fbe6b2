//! The demo shop behind the edge, on this machine.

use std::fs;
use std::io::{ErrorKind, Read as _};
use std::process::Stdio;

use anyhow::{Context as _, Result};

use crate::node::tool;
use crate::root::root;
use crate::{build, step};

const WHAT_TO_TRY: &str = "
The shop opens on http://localhost:8787 (Ctrl-C stops it). To try:

  http://localhost:8787/?from=CH          visit from Switzerland: francs, delivery, customs; also DE AT FR GB US JP
  http://localhost:8787/l/winter-hiking   arrive from a campaign
  accept the cookies, look at some boots, come back to the home page: it remembers
  put something into the cart: what is missing for free delivery
  curl -s -A Firefox/144.0 -H 'Cookie: demo_from=JP' 'http://localhost:8787/.footlight/decide?url=/'   a decision as JSON
  curl -sI -A 'Googlebot/2.1' http://localhost:8787/ | grep -i footlight             bots get the default page
  change a rule in rules/, then: cargo run -q -p footlight -- push kv:FOOTLIGHT --key demo-key.local -m 'a try'
";

pub(crate) fn run() -> Result<()> {
    build::run()?;
    write_secrets()?;
    println!("{WHAT_TO_TRY}");
    step::run(&mut tool("wrangler", &["dev", "--port", "8787"]))
}

/// The private key that the demo's releases are signed with.
const KEY: &str = "demo-key.local";

/// Makes secrets for this machine, once: without them there are neither profiles nor previews, and no release is taken.
fn write_secrets() -> Result<()> {
    let path = root().join(".dev.vars");
    let mut vars = match fs::read_to_string(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        read => read.with_context(|| path.display().to_string())?,
    };
    for (name, make) in [
        ("FOOTLIGHT_COOKIE_KEYS", random_key as fn() -> Result<String>),
        ("FOOTLIGHT_PREVIEW_KEY", random_key),
        ("FOOTLIGHT_PUBLIC_KEYS", signing_key),
    ] {
        let is_there = vars.lines().any(|line| line.split('=').next() == Some(name));
        if !is_there {
            vars.push_str(&format!("{name}={}\n", make()?));
        }
    }
    fs::write(&path, vars).with_context(|| path.display().to_string())
}

/// Makes a pair of keys and returns the public one.
fn signing_key() -> Result<String> {
    let output =
        build::footlight(&["keygen", KEY]).stderr(Stdio::inherit()).output().context("footlight keygen")?;
    let said = String::from_utf8_lossy(&output.stdout);
    let public = said.lines().find_map(|line| line.strip_prefix("public key:"));
    let public = public.with_context(|| format!("no new pair of keys; is {KEY} there already?"))?;
    Ok(public.trim().to_owned())
}

/// 32 random bytes in base64url.
fn random_key() -> Result<String> {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut bytes = [0; 32];
    fs::File::open("/dev/urandom")
        .and_then(|mut file| file.read_exact(&mut bytes))
        .context("random bytes")?;
    let digits = bytes.chunks(3).flat_map(|group| {
        let bits =
            group.iter().fold(0_u32, |bits, &byte| bits << 8 | u32::from(byte)) << (8 * (3 - group.len()));
        (0..=group.len()).map(move |digit| DIGITS[(bits >> (18 - 6 * digit) & 63) as usize])
    });
    Ok(digits.map(char::from).collect())
}
