//! The address of a shop, and what becomes of it where the shop's own answers name it.

use base64ct::{Base64, Encoding as _};
use hyper::header::HeaderValue;
use percent_encoding::percent_decode_str;
use url::Url;

use crate::failure::Failure;

/// A shop's scheme, host and port.
pub(crate) struct Address {
    url: Url,
    /// Without a `/` at the end.
    base: String,
    /// Of a shop that not everybody may see, as test shops often are.
    authorization: Option<HeaderValue>,
}

impl Address {
    pub(super) fn parse(written: &str) -> Result<Self, Failure> {
        let bad = || Failure::BadArgument {
            name: "--origin",
            value: shown(written),
            expected: "an address without a path, such as https://www.shop.example, or a folder",
        };
        let mut url = Url::parse(written).map_err(|_| bad())?;
        if url.path() != "/" || url.query().is_some() || url.fragment().is_some() || !url.has_host() {
            return Err(bad());
        }
        let mut authorization = None;
        if !url.username().is_empty() {
            let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
            let pair = format!("{}:{}", decoded(url.username()), decoded(url.password().unwrap_or_default()));
            let value = format!("Basic {}", Base64::encode_string(pair.as_bytes()));
            let mut value = HeaderValue::from_str(&value).map_err(|_| bad())?;
            value.set_sensitive(true);
            authorization = Some(value);
            url.set_username("").ok();
            url.set_password(None).ok();
        }
        let base = url.as_str().trim_end_matches('/').to_owned();
        Ok(Self { url, base, authorization })
    }

    /// `https://www.shop.example`
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// The host without the port.
    pub(crate) fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    pub(super) fn is_https(&self) -> bool {
        self.url.scheme() == "https"
    }

    pub(super) fn authorization(&self) -> Option<&HeaderValue> {
        self.authorization.as_ref()
    }

    /// A URL of the shop as it is `here`; others stay as they are.
    pub(super) fn ours(&self, url: &str, here: &str) -> Option<String> {
        let parsed = Url::parse(url).ok()?;
        // A shop that sends from one scheme to the other would send its visitors out of the preview.
        let same_port = parsed.port() == self.url.port();
        if parsed.host() != self.url.host() || !same_port || !matches!(parsed.scheme(), "http" | "https") {
            return None;
        }
        // A shop that only wants https, and was asked over http, would be asked for ever.
        if parsed.scheme() == "https" && !self.is_https() {
            return None;
        }
        Some(format!("{here}{}", &parsed[url::Position::BeforePath..]))
    }

    /// A URL `here` as the shop knows it.
    pub(super) fn theirs(&self, url: &str, here: &str) -> Option<String> {
        let rest = url.strip_prefix(here)?;
        (rest.is_empty() || rest.starts_with('/')).then(|| format!("{}{rest}", self.base))
    }
}

/// What was written, without a password.
fn shown(written: &str) -> String {
    match (written.find("://"), written.rfind('@')) {
        (Some(scheme), Some(at)) if scheme + 3 <= at => {
            format!("{}…{}", &written[..scheme + 3], &written[at..])
        }
        _ => written.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: &str = "http://localhost:8790";

    #[test]
    fn the_shops_urls_lead_here_and_others_where_they_lead() {
        let shop = Address::parse("https://www.shop.example").unwrap();
        let table = [
            ("https://www.shop.example/c/boots?page=2#top", Some("http://localhost:8790/c/boots?page=2#top")),
            ("http://www.shop.example/", Some("http://localhost:8790/")),
            ("https://WWW.shop.example:443/", Some("http://localhost:8790/")),
            ("https://www.shop.example:8443/", None),
            ("https://www.shop.example.evil/", None),
            ("/cart", None),
            ("ftp://www.shop.example/", None),
        ];
        for (url, expected) in table {
            assert_eq!(shop.ours(url, HERE).as_deref(), expected, "{url}");
        }
        let open = Address::parse("http://shop.example:3000/").unwrap();
        assert_eq!(open.ours("https://shop.example:3000/", HERE), None);
        assert_eq!(
            open.theirs("http://localhost:8790/a", HERE).as_deref(),
            Some("http://shop.example:3000/a")
        );
        assert_eq!(open.theirs("http://localhost:87901/a", HERE), None);
    }

    #[test]
    fn a_password_is_sent_and_never_shown() {
        let shop = Address::parse("https://team:s%40cret@test.shop.example").unwrap();
        assert_eq!(shop.base(), "https://test.shop.example");
        assert_eq!(shop.authorization().unwrap(), "Basic dGVhbTpzQGNyZXQ=");
        let error = Address::parse("https://team:secret@test.shop.example/path").err().unwrap();
        assert!(!error.to_string().contains("secret"), "{error}");
    }
}
