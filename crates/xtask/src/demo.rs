//! The demo shop behind the edge, on this machine.

use std::fs;
use std::io::Read as _;

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
";

pub(crate) fn run() -> Result<()> {
    build::run()?;
    write_secrets()?;
    println!("{WHAT_TO_TRY}");
    step::run(&mut tool("wrangler", &["dev", "--port", "8787"]))
}

/// Makes secrets for this machine, once: without them there are neither profiles nor previews.
fn write_secrets() -> Result<()> {
    let path = root().join(".dev.vars");
    if path.exists() {
        return Ok(());
    }
    let vars = format!("FOOTLIGHT_COOKIE_KEYS={}\nFOOTLIGHT_PREVIEW_KEY={}\n", random_key()?, random_key()?);
    fs::write(&path, vars).with_context(|| path.display().to_string())
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
