//! The combined log format of Apache and nginx, with or without a virtual host before it and with whatever behind it.
//!
//! `ADDRESS IDENTITY USER [TIME] "METHOD TARGET PROTOCOL" STATUS BYTES "REFERRER" "USER AGENT" …`

use std::borrow::Cow;

use memchr::{memchr, memchr2};

use super::error::Fault;
use super::fields::{Field, Line};
use super::{moment, ndjson};

/// Reads a line.
pub(super) fn parse(text: &str) -> Result<Line<'_>, Fault> {
    let (before, rest) = text.split_once(" [").ok_or(Fault::Combined)?;
    let (time, rest) = rest.split_once("] ").ok_or(Fault::Combined)?;
    let (request, rest) = quoted(rest).ok_or(Fault::Combined)?;
    let mut rest = rest.trim_start().splitn(3, ' ');
    let (status, _bytes) = (rest.next().unwrap_or(""), rest.next().unwrap_or(""));
    let rest = rest.next().unwrap_or("");
    let (host, address) = client(before);
    let mut words = request.split(' ');
    let (method, target) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let is_request = !method.is_empty() && (target.starts_with('/') || target.contains("://"));
    if !is_request {
        return Err(Fault::NoUrl);
    }
    let mut line = Line {
        at_ms: moment::of_common_log(time)?,
        method: Cow::Borrowed(method),
        status: ndjson::status(status)?,
        host: host.map_or(Cow::Borrowed(""), |host| Cow::Owned(format!("https://{host}"))),
        address: Cow::Borrowed(address),
        ..Line::default()
    };
    line.set(Field::Url, unescaped(target));
    let (referrer, rest) = quoted(rest.trim_start()).unwrap_or_default();
    let (agent, _) = quoted(rest.trim_start()).unwrap_or_default();
    for (field, text) in [(Field::Referrer, referrer), (Field::UserAgent, agent)] {
        if text != "-" {
            line.set(field, unescaped(text));
        }
    }
    Ok(line)
}

/// What stands before the time: a virtual host, if there are four words; and the client's address.
fn client(before: &str) -> (Option<&str>, &str) {
    let mut words = before.split(' ');
    match [words.next(), words.next(), words.next(), words.next()] {
        [Some(host), Some(address), Some(_), Some(_)] if is_host(host) => {
            (Some(host.split(':').next().unwrap_or(host)), address)
        }
        [Some(address), ..] => (None, address),
        _ => (None, ""),
    }
}

/// Whether a word is a name and no address.
fn is_host(word: &str) -> bool {
    let name = word.split(':').next().unwrap_or(word);
    name.contains('.')
        && name.bytes().any(|byte| byte.is_ascii_alphabetic())
        && word.parse::<std::net::IpAddr>().is_err()
}

/// What stands in quotes, and what comes after them. A quote after a backslash is none.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('"')?;
    let mut from = 0;
    loop {
        let found = from + memchr2(b'"', b'\\', inner.as_bytes().get(from..)?)?;
        if inner.as_bytes().get(found) == Some(&b'"') {
            return Some((inner.get(..found)?, inner.get(found + 1..)?));
        }
        from = found + 2;
    }
}

/// Undoes `\"`, `\\` and `\xHH`.
fn unescaped(text: &str) -> Cow<'_, str> {
    if memchr(b'\\', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [byte, after @ ..] = rest {
        rest = after;
        match (byte, after) {
            (b'\\', [b'x', high, low, after @ ..]) => {
                match (char::from(*high).to_digit(16), char::from(*low).to_digit(16)) {
                    (Some(high), Some(low)) => bytes.push((high * 16 + low) as u8),
                    _ => bytes.extend_from_slice(&[b'\\', b'x', *high, *low]),
                }
                rest = after;
            }
            (b'\\', [escaped, after @ ..]) => {
                bytes.push(*escaped);
                rest = after;
            }
            _ => bytes.push(*byte),
        }
    }
    Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_apache_and_one_of_nginx_are_read() {
        let line = parse(
            r#"192.0.2.7 - frank [20/Nov/2026:11:00:00 +0100] "GET /c/boots?a=1 HTTP/1.1" 200 2326 "https://search.example/?q=\x22boots\x22" "Mozilla/5.0 \"x\"" "-" 0.003"#,
        )
        .unwrap();
        assert_eq!((line.at_ms, line.status, &*line.address), (1_795_168_800_000, 200, "192.0.2.7"));
        assert_eq!((line.get(Field::Url), &*line.method), ("/c/boots?a=1", "GET"));
        assert_eq!(line.get(Field::Referrer), "https://search.example/?q=\"boots\"");
        assert_eq!(line.get(Field::UserAgent), "Mozilla/5.0 \"x\"");
        let line = parse(
            r#"www.shop.example:443 2001:db8::1 - - [20/Nov/2026:10:00:00 +0000] "GET / HTTP/2.0" 304 0 "-" "-""#,
        );
        let line = line.unwrap();
        assert_eq!((&*line.host, &*line.address), ("https://www.shop.example", "2001:db8::1"));
        assert_eq!((line.get(Field::Referrer), line.get(Field::UserAgent)), ("", ""));
        // The common log format, which has neither.
        assert_eq!(
            parse(r#"2001:db8::1 - - [20/Nov/2026:10:00:00 +0000] "GET / HTTP/2.0" 200 -"#).unwrap().address,
            "2001:db8::1"
        );
    }

    #[test]
    fn what_is_wrong_with_a_line_has_a_name() {
        for (text, expected) in [
            ("", Fault::Combined),
            ("hello", Fault::Combined),
            (r#"192.0.2.7 - - [20/Nov/2026:11:00:00 +0100] "GET / HTTP/1.1"#, Fault::Combined),
            (r#"192.0.2.7 - - [20/Nov/2026:11:00:00 +0100] "\x16\x03\x01" 400 0 "-" "-""#, Fault::NoUrl),
            (r#"192.0.2.7 - - [20/Nov/2026:11:00:00 +0100] "" 400 0 "-" "-""#, Fault::NoUrl),
            (r#"192.0.2.7 - - [20/Nov/2026] "GET / HTTP/1.1" 200 0 "-" "-""#, Fault::BadTime),
            (
                r#"192.0.2.7 - - [20/Nov/1926:11:00:00 +0100] "GET / HTTP/1.1" 200 0 "-" "-""#,
                Fault::NegativeTime,
            ),
            (r#"192.0.2.7 - - [20/Nov/2026:11:00:00 +0100] "GET / HTTP/1.1" ok 0 "-" "-""#, Fault::Field),
        ] {
            assert_eq!(parse(text).map(|_| ()), Err(expected), "{text}");
        }
    }
}
