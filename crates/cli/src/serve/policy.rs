//! The page's Content Security Policy, so that it holds for the shop's page on this machine and lets the panel in.

use hyper::HeaderMap;
use hyper::header::{CONTENT_SECURITY_POLICY, HeaderValue};

use super::origin::Address;

/// Directives of scripts, the most special first; the first that is there counts.
const OF_SCRIPTS: [&str; 3] = ["script-src-elem", "script-src", "default-src"];
const OF_CONNECTIONS: [&str; 2] = ["connect-src", "default-src"];

/// Changes a page's policies. The nonce that the panel's script needs, if scripts need one.
pub(super) fn adapt(headers: &mut HeaderMap, shop: Option<&Address>) -> Option<String> {
    let policies: Vec<HeaderValue> = headers.get_all(CONTENT_SECURITY_POLICY).iter().cloned().collect();
    headers.remove(CONTENT_SECURITY_POLICY);
    let mut nonce = None;
    for policy in policies {
        let (adapted, its_nonce) = policy.to_str().map_or((None, None), |policy| {
            let (adapted, nonce) = one(policy, shop);
            (HeaderValue::from_str(&adapted).ok(), nonce)
        });
        headers.append(CONTENT_SECURITY_POLICY, adapted.unwrap_or(policy));
        nonce = nonce.or(its_nonce);
    }
    nonce
}

fn one(policy: &str, shop: Option<&Address>) -> (String, Option<String>) {
    let directives =
        policy.split(';').map(|directive| directive.split_ascii_whitespace().collect::<Vec<_>>());
    let mut directives: Vec<Vec<&str>> = directives.filter(|words| !words.is_empty()).collect();
    // On this machine there is nobody who speaks TLS.
    directives
        .retain(|words| !is(words, "upgrade-insecure-requests") && !is(words, "block-all-mixed-content"));
    for words in &mut directives {
        let names_shop = |word: &&str| shop.is_some_and(|shop| names(shop, word));
        if words.iter().skip(1).any(names_shop) {
            words.push("'self'");
        }
    }
    let mut nonce = None;
    for list in [&OF_SCRIPTS[..], &OF_CONNECTIONS] {
        let place = list.iter().find_map(|name| directives.iter().position(|words| is(words, name)));
        let Some(words) = place.and_then(|place| directives.get_mut(place)) else { continue };
        if nonce.is_none() {
            nonce = words
                .iter()
                .find_map(|word| word.strip_prefix("'nonce-")?.strip_suffix('\''))
                .map(str::to_owned);
        }
        // Next to another source, `'none'` means nothing.
        words.retain(|word| *word != "'none'");
        words.push("'self'");
    }
    let directives: Vec<String> = directives.iter().map(|words| words.join(" ")).collect();
    (directives.join("; "), nonce)
}

fn is(words: &[&str], name: &str) -> bool {
    words.first().is_some_and(|first| first.eq_ignore_ascii_case(name))
}

/// Whether a source is the shop's own host.
fn names(shop: &Address, source: &str) -> bool {
    let host = source.split_once("://").map_or(source, |(_, rest)| rest);
    let host = host.split(['/', ':']).next().unwrap_or_default();
    host.eq_ignore_ascii_case(shop.host())
        || host.strip_prefix("*.").is_some_and(|domain| shop.host().ends_with(&format!(".{domain}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_panel_may_run_and_listen_whatever_the_shop_allows() {
        let table = [
            ("default-src 'none'", "default-src 'self' 'self'", None),
            (
                "script-src 'nonce-a1' 'strict-dynamic'; img-src *",
                "script-src 'nonce-a1' 'strict-dynamic' 'self'; img-src *",
                Some("a1"),
            ),
            ("upgrade-insecure-requests; img-src https:", "img-src https:", None),
            (
                "connect-src api.example; script-src x",
                "connect-src api.example 'self'; script-src x 'self'",
                None,
            ),
        ];
        for (policy, expected, nonce) in table {
            assert_eq!(one(policy, None), (expected.to_owned(), nonce.map(str::to_owned)), "{policy}");
        }
    }
}
