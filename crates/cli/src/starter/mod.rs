//! A site to begin with: few files that compile without a warning, and say what they are.

mod languages;
mod route_text;
mod routes;
mod sitemap;
mod url_list;
mod words;

use std::path::Path;

use footlight_core::time::Date;

use crate::failure::Failure;
pub(crate) use route_text::addresses;
pub(crate) use routes::Proposal;
pub(crate) use url_list::UrlListProblem;

/// Days until somebody looks at the first rules again.
const REVIEW_DAYS: i32 = 90;

/// The files, by path; what stands between `@` is filled in.
const FILES: &[(&str, &str)] = &[
    ("site.toml", include_str!("files/site.toml")),
    ("segments.toml", include_str!("files/segments.toml")),
    ("homepage.toml", include_str!("files/homepage.toml")),
    ("content/greeting/returning.html", include_str!("files/returning.html")),
    ("tests/homepage.toml", include_str!("files/tests.toml")),
];

/// What the addresses of a sitemap or a list say of the shop.
pub(crate) fn proposal(list: &Path) -> Result<Proposal, Failure> {
    Ok(routes::propose(url_list::UrlList::read(list)?))
}

/// The files of a new site, by path.
pub(crate) fn files(proposal: Option<&Proposal>, now_ms: i64) -> Vec<(String, String)> {
    let none = Proposal::default();
    let known = proposal.unwrap_or(&none);
    let host = known.hosts.first().map_or("shop.example", String::as_str);
    let hosts = if known.hosts.is_empty() { vec![host.to_owned()] } else { known.hosts.clone() };
    let locales = if known.locales.is_empty() { vec!["en".to_owned()] } else { known.locales.clone() };
    let today = Date::from_unix_days(now_ms.div_euclid(86_400_000));
    let filled = [
        ("@site@", site_name(host)),
        ("@hosts@", quoted(&hosts)),
        ("@locales@", quoted(&locales)),
        ("@routes@", route_text::text(proposal)),
        ("@review@", iso(today.plus_days(REVIEW_DAYS))),
        ("@today@", iso(today)),
        ("@host@", host.to_owned()),
    ];
    let fill =
        |text: &str| filled.iter().fold(text.to_owned(), |text, (mark, value)| text.replace(mark, value));
    let own = FILES.iter().map(|(path, text)| ((*path).to_owned(), fill(text)));
    let schemas = footlight_compiler::schemas();
    own.chain(schemas.into_iter().map(|(name, text)| (format!("schema/{name}"), text))).collect()
}

fn quoted(names: &[String]) -> String {
    names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ")
}

fn iso(date: Date) -> String {
    let mut out = String::new();
    date.write_iso(&mut out);
    out
}

/// `north-pine` of `www.north-pine.co.uk`.
fn site_name(host: &str) -> String {
    let labels: Vec<&str> = host.split('.').collect();
    let is_second_level = |label: &&&str| ["co", "com", "org", "net", "ac"].contains(*label);
    let behind = match labels.as_slice() {
        [.., second, _] if labels.len() > 2 && is_second_level(&second) => 3,
        _ => 2,
    };
    let label = labels.len().checked_sub(behind).and_then(|place| labels.get(place)).unwrap_or(&host);
    let slug: String = label
        .to_ascii_lowercase()
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || ['-', '_'].contains(c))
        .collect();
    if slug.is_empty() { "shop".to_owned() } else { slug }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_called_as_its_host() {
        for (host, expected) in [
            ("www.north-pine.co.uk", "north-pine"),
            ("shop.firnwald.de", "firnwald"),
            ("shop.example", "shop"),
            ("localhost", "localhost"),
            ("127.0.0.1", "0"),
        ] {
            assert_eq!(site_name(host), expected, "{host}");
        }
    }
}
