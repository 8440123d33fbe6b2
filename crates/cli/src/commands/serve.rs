//! `footlight serve`: the shop on this machine, personalized by the rules as they are being written.

use std::net::IpAddr;

use base64ct::{Base64UrlUnpadded, Encoding as _};
use clap::Args;
use footlight_core::profile::Keys;

use crate::arguments::{Format, Rules};
use crate::failure::Failure;
use crate::output::Outcome;
use crate::serve::{self, Place, Settings};

/// Show a shop on this machine as the rules make it: its pages change as soon as a rule is saved, and say why.
///
/// Decisions, cookies and edits are those of the edge. Ctrl-C stops it.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// The shop: the address of a running one, such as https://www.shop.example, or a folder of HTML files.
    #[arg(long, value_name = "URL|DIR")]
    origin: String,
    #[command(flatten)]
    rules: Rules,
    /// The port to listen on; 0 for any that is free.
    #[arg(long, short = 'p', value_name = "NUMBER", default_value = "8790")]
    port: u16,
    /// The address to listen on. Whoever can reach it sees the shop, the rules' names and their reasons.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    listen: IpAddr,
    /// The country that visitors come from, such as DE; on this machine nobody else knows.
    #[arg(long, value_name = "CODE")]
    country: Option<String>,
    /// The region, ISO 3166-2 without the country.
    #[arg(long, value_name = "CODE")]
    region: Option<String>,
    /// The city.
    #[arg(long, value_name = "NAME")]
    city: Option<String>,
    /// The postal code.
    #[arg(long, value_name = "CODE")]
    postal_code: Option<String>,
    /// The visitors' time zone, such as Europe/Berlin.
    #[arg(long, value_name = "NAME")]
    time_zone: Option<String>,
}

/// Profiles are kept in cookies that this key signs, unless the environment has the worker's own: on this machine nobody
/// has to be kept from forging one, and a profile should outlive a restart.
const LOCAL_KEY: &[u8; 32] = b"profiles of previews on loopback";

/// Keys as the worker takes them: base64url, separated by commas, the current one first.
const KEYS_VARIABLE: &str = "FOOTLIGHT_COOKIE_KEYS";

impl Serve {
    pub(crate) fn run(&self, format: Format) -> Result<Outcome, Failure> {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let place = Place {
            country: text(&self.country),
            region: text(&self.region),
            city: text(&self.city),
            postal_code: text(&self.postal_code),
            time_zone: text(&self.time_zone),
        };
        serve::run(Settings {
            origin: &self.origin,
            rules: self.rules.clone(),
            listen: self.listen,
            port: self.port,
            place,
            keys: keys()?,
            format,
        })
    }
}

fn keys() -> Result<Keys, Failure> {
    let Ok(written) = std::env::var(KEYS_VARIABLE) else { return Ok(Keys::new([&LOCAL_KEY[..]])) };
    let words = written.split(',').map(str::trim).filter(|word| !word.is_empty());
    let keys: Vec<Vec<u8>> = words
        .map(|word| Base64UrlUnpadded::decode_vec(word).ok().filter(|key| key.len() == LOCAL_KEY.len()))
        .collect::<Option<_>>()
        .ok_or_else(|| Failure::BadArgument {
            name: KEYS_VARIABLE,
            // Never shown, whatever it is.
            value: "…".to_owned(),
            expected: "keys of 32 bytes in base64url, separated by commas, into the environment variable",
        })?;
    Ok(Keys::new(keys.iter().map(Vec::as_slice)))
}
