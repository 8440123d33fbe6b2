//! `footlight preview-token`: lets somebody see a page with its explanation, or as another visitor, for a while.

use base64ct::{Base64UrlUnpadded, Encoding as _};
use clap::Args;
use footlight_core::time::Span;
use hmac_sha256::HMAC;
use serde::Serialize;

use crate::arguments::Format;
use crate::clock;
use crate::failure::Failure;
use crate::output::{self, Outcome};

/// Where the secret is looked for: never on the command line, where others could see it.
const KEY_VARIABLE: &str = "FOOTLIGHT_PREVIEW_KEY";

/// Make a preview token, which is the value of the query parameter or header that the edge asks for.
///
/// The secret key is read from the environment variable FOOTLIGHT_PREVIEW_KEY, base64url, as the worker reads it.
#[derive(Debug, Args)]
pub(crate) struct PreviewToken {
    /// The site's name in site.toml.
    #[arg(long, value_name = "NAME")]
    site: String,
    /// For how long, such as 1h or 30m.
    #[arg(long = "for", value_name = "DURATION", default_value = "1h")]
    duration: String,
}

#[derive(Serialize)]
struct Answer {
    token: String,
    expires_s: i64,
}

impl PreviewToken {
    pub(crate) fn run(&self, format: Format) -> Result<Outcome, Failure> {
        let bad_duration = || Failure::BadArgument {
            name: "--for",
            value: self.duration.clone(),
            expected: "a duration from 1s to 168h, such as 1h",
        };
        let seconds =
            Span::parse(&self.duration).map(Span::seconds).filter(|seconds| (1..=604_800).contains(seconds));
        let expires_s = clock::now_ms(None)? / 1000 + seconds.ok_or_else(bad_duration)?;
        let secret =
            std::env::var(KEY_VARIABLE).ok().and_then(|text| Base64UrlUnpadded::decode_vec(text.trim()).ok());
        let secret = secret.filter(|secret| secret.len() >= 16).ok_or_else(|| Failure::BadArgument {
            name: KEY_VARIABLE,
            // Never shown, whatever it is.
            value: "…".to_owned(),
            expected: "at least 16 secret bytes in base64url into the environment variable",
        })?;
        let token = token(&self.site, expires_s, &secret);
        match format {
            Format::Json => output::json(&Answer { token, expires_s }),
            Format::Text => anstream::println!("{token}"),
        }
        Ok(Outcome::Fine)
    }
}

/// `SITE.EXPIRES.MAC`, the MAC over both.
fn token(site: &str, expires_s: i64, secret: &[u8]) -> String {
    let mac = HMAC::mac(format!("footlight preview\n{site}\n{expires_s}"), secret);
    format!("{site}.{expires_s}.{}", Base64UrlUnpadded::encode_string(&mac))
}

#[cfg(test)]
mod tests {
    use super::token;

    #[test]
    fn the_token_is_what_the_edge_verifies() {
        assert_eq!(
            token("northpine", 1_795_132_800, &[7; 32]),
            // openssl dgst -sha256 -mac HMAC over "footlight preview\nnorthpine\n1795132800"
            "northpine.1795132800.EKwADd75HJ9nQA3ScjegnTvVrOwgxzBmCzFr-QIoiEY"
        );
    }
}
