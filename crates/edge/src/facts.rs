//! The packed facts of a request: which ones, by the names that the worker knows, and back into a [`Request`].

use alloc::string::String;
use alloc::vec::Vec;

use footlight_core::bundle::{Bundle, GeoFact};
use footlight_core::fact::Fact;
use footlight_core::request::Request;

/// Between the packed values. Neither header values nor URLs can contain it, and the worker sees to the rest.
const SEPARATOR: char = '\n';

/// The facts that a bundle needs, in the order in which they are packed.
pub(crate) struct Facts {
    facts: Vec<Fact>,
}

impl Facts {
    pub(crate) fn needed(bundle: &Bundle) -> Self {
        Self { facts: Fact::needed(bundle) }
    }

    /// The names for the worker, one a line: `url`, `header:NAME` or `cf:NAME`.
    pub(crate) fn names(&self, bundle: &Bundle) -> String {
        let mut names = String::new();
        for &fact in &self.facts {
            if !names.is_empty() {
                names.push(SEPARATOR);
            }
            match source(fact, bundle) {
                Source::Url => names.push_str("url"),
                Source::Header(name) => {
                    names.push_str("header:");
                    names.push_str(name);
                }
                Source::Runtime(name) => {
                    names.push_str("cf:");
                    names.push_str(name);
                }
            }
        }
        names
    }

    /// The request that the packed values describe.
    pub(crate) fn unpack<'a>(&self, packed: &'a str) -> Request<'a> {
        let mut request = Request::default();
        for (&fact, value) in self.facts.iter().zip(packed.split(SEPARATOR)) {
            fact.set(&mut request, value);
        }
        request
    }
}

enum Source<'a> {
    Url,
    Header(&'a str),
    /// A property of the runtime's own geo data, `request.cf`.
    Runtime(&'static str),
}

fn source(fact: Fact, bundle: &Bundle) -> Source<'_> {
    Source::Header(match fact {
        Fact::Url => return Source::Url,
        Fact::Cookie => "cookie",
        Fact::UserAgent => "user-agent",
        Fact::Brands => "sec-ch-ua",
        Fact::Mobile => "sec-ch-ua-mobile",
        Fact::Platform => "sec-ch-ua-platform",
        Fact::Gpc => "sec-gpc",
        Fact::FetchPurpose => "sec-purpose",
        Fact::Referrer => "referer",
        Fact::AcceptLanguage => "accept-language",
        Fact::SaveData => "save-data",
        Fact::Header(index) => bundle.site.headers.get(usize::from(index)).map_or("", String::as_str),
        Fact::Geo(fact) => match bundle.site.geo_headers.iter().find(|(known, _)| *known == fact) {
            Some((_, header)) => header,
            None => return Source::Runtime(runtime_property(fact)),
        },
    })
}

/// <https://developers.cloudflare.com/workers/runtime-apis/request/#incomingrequestcfproperties>
fn runtime_property(fact: GeoFact) -> &'static str {
    match fact {
        GeoFact::Country => "country",
        GeoFact::Region => "regionCode",
        GeoFact::City => "city",
        GeoFact::PostalCode => "postalCode",
        GeoFact::TimeZone => "timezone",
        GeoFact::Eu => "isEUCountry",
    }
}
