//! A line's facts, before anybody knows whose they are.

use std::borrow::Cow;

use footlight_core::bundle::GeoFact;

/// One fact of a request that a log can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Url,
    Cookie,
    Referrer,
    UserAgent,
    Language,
    Brands,
    Mobile,
    Platform,
    Gpc,
    SaveData,
    FetchPurpose,
    Country,
    Region,
    City,
    PostalCode,
    TimeZone,
    Eu,
    Category,
    Product,
    Price,
    Stock,
}

/// How many fields there are.
pub(super) const FIELDS: usize = Field::Stock as usize + 1;

impl Field {
    /// The place of geo facts, in the order of [`GeoFact`].
    pub(super) const fn of_geo(fact: GeoFact) -> Self {
        match fact {
            GeoFact::Country => Self::Country,
            GeoFact::Region => Self::Region,
            GeoFact::City => Self::City,
            GeoFact::PostalCode => Self::PostalCode,
            GeoFact::TimeZone => Self::TimeZone,
            GeoFact::Eu => Self::Eu,
        }
    }

    /// The field of a request header by lower-case name, if it has one.
    pub(super) fn of_header(name: &str) -> Option<Self> {
        Some(match name {
            "cookie" => Self::Cookie,
            "referer" => Self::Referrer,
            "user-agent" => Self::UserAgent,
            "accept-language" => Self::Language,
            "sec-ch-ua" => Self::Brands,
            "sec-ch-ua-mobile" => Self::Mobile,
            "sec-ch-ua-platform" => Self::Platform,
            "sec-gpc" => Self::Gpc,
            "save-data" => Self::SaveData,
            "sec-purpose" => Self::FetchPurpose,
            _ => return None,
        })
    }
}

/// One line.
#[derive(Debug, Default)]
pub(super) struct Line<'l> {
    /// Milliseconds since 1970.
    pub(super) at_ms: i64,
    /// Empty where the log does not tell.
    pub(super) method: Cow<'l, str>,
    /// 0 where the log does not tell.
    pub(super) status: u16,
    /// Empty where the log does not tell.
    pub(super) content_type: Cow<'l, str>,
    /// Scheme and host of a URL that is a path; empty for the site's own.
    pub(super) host: Cow<'l, str>,
    pub(super) visitor: Cow<'l, str>,
    pub(super) address: Cow<'l, str>,
    pub(super) fields: [Cow<'l, str>; FIELDS],
    /// Request headers by lower-case name that are no fields.
    pub(super) headers: Vec<(String, Cow<'l, str>)>,
}

impl<'l> Line<'l> {
    pub(super) fn get(&self, field: Field) -> &str {
        // INVARIANT: there are as many as fields.
        self.fields.get(field as usize).map_or("", |text| text)
    }

    pub(super) fn set(&mut self, field: Field, value: Cow<'l, str>) {
        if let Some(place) = self.fields.get_mut(field as usize) {
            *place = value;
        }
    }

    /// Takes a request header; what a field says already stays.
    pub(super) fn header(&mut self, name: &str, value: Cow<'l, str>) {
        let name = name.to_ascii_lowercase();
        match Field::of_header(&name) {
            Some(field) if self.get(field).is_empty() => self.set(field, value),
            Some(_) => {}
            None => self.headers.push((name, value)),
        }
    }
}

/// Why a request is no page view, though its line is sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Skipped {
    /// Another method than GET.
    Method,
    /// An answer that shows no page: not of the 200s, or a part of one.
    Status,
    /// An answer that is not HTML.
    ContentType,
}

impl Skipped {
    pub(crate) const ALL: [Self; 3] = [Self::Method, Self::Status, Self::ContentType];

    /// What they were, for people.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Method => "requests with another method than GET",
            Self::Status => "requests whose answer is no page: errors, redirects, what was not modified",
            Self::ContentType => "requests for something else than HTML",
        }
    }
}

impl Line<'_> {
    /// Why the line is no page view, if it is none.
    pub(super) fn skipped(&self) -> Option<Skipped> {
        if !self.method.is_empty() && self.method != "GET" {
            return Some(Skipped::Method);
        }
        let is_page = self.status == 0 || ((200..300).contains(&self.status) && self.status != 206);
        if !is_page {
            return Some(Skipped::Status);
        }
        let kind = self.content_type.split(';').next().unwrap_or("").trim();
        let is_html =
            ["", "text/html", "application/xhtml+xml"].iter().any(|html| kind.eq_ignore_ascii_case(html));
        (!is_html).then_some(Skipped::ContentType)
    }
}
