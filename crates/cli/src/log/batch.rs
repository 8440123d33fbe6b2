//! Requests on their way from a parser to the evaluator of their visitors.

use std::sync::Arc;

use footlight_core::bundle::{Bundle, GeoFact, Origin};
use footlight_core::request::Request;

use super::fields::{FIELDS, Field, Line};
use super::replay::Ticket;
use super::visitor::Visitor;

/// The requests of one block that are one evaluator's, their texts in one piece.
#[derive(Default)]
pub(super) struct Batch {
    /// The block's number.
    pub(super) order: u64,
    /// Gives room for another block when the last of a block's batches is done.
    pub(super) ticket: Option<Arc<Ticket>>,
    texts: String,
    /// Where each text ends; each request has as many.
    ends: Vec<u32>,
    heads: Vec<Head>,
}

struct Head {
    at_ms: i64,
    key: u64,
    id: [u8; 16],
}

impl Batch {
    pub(super) fn clear(&mut self) {
        self.texts.clear();
        self.ends.clear();
        self.heads.clear();
        self.ticket = None;
    }

    /// Adds a request. A URL that is a path is of the line's host, or of `host`.
    pub(super) fn push(
        &mut self,
        line: &Line<'_>,
        at_ms: i64,
        visitor: &Visitor,
        key: u64,
        host: &str,
        headers: &[String],
    ) {
        self.heads.push(Head { at_ms, key, id: visitor.id });
        if line.get(Field::Url).starts_with('/') {
            self.texts.push_str(if line.host.is_empty() { host } else { &line.host });
        }
        for text in &line.fields {
            self.texts.push_str(text);
            self.end();
        }
        for wanted in headers {
            let found = line.headers.iter().find(|(name, _)| name == wanted);
            self.texts.push_str(found.map_or("", |(_, value)| value));
            self.end();
        }
    }

    fn end(&mut self) {
        // A block is far below 4 GiB.
        self.ends.push(u32::try_from(self.texts.len()).unwrap_or(u32::MAX));
    }

    /// The requests, of which each has `headers` headers.
    pub(super) fn entries(&self, headers: usize) -> impl Iterator<Item = Entry<'_>> {
        let width = FIELDS + headers;
        let mut start = 0;
        self.heads.iter().zip(self.ends.chunks_exact(width)).map(move |(head, ends)| {
            let entry =
                Entry { at_ms: head.at_ms, key: head.key, id: head.id, texts: &self.texts, start, ends };
            start = ends.last().map_or(start, |end| *end as usize);
            entry
        })
    }
}

/// One request of the log.
pub(crate) struct Entry<'b> {
    /// Milliseconds since 1970.
    pub(crate) at_ms: i64,
    /// Names the visitor; 0 for one who cannot be told from others.
    pub(crate) key: u64,
    /// The visitor's id.
    pub(crate) id: [u8; 16],
    texts: &'b str,
    start: usize,
    ends: &'b [u32],
}

impl<'b> Entry<'b> {
    fn text(&self, index: usize) -> &'b str {
        let end_of = |index: usize| self.ends.get(index).map_or(self.texts.len(), |end| *end as usize);
        let start = index.checked_sub(1).map_or(self.start, end_of);
        self.texts.get(start..end_of(index)).unwrap_or("")
    }

    fn field(&self, field: Field) -> &'b str {
        self.text(field as usize)
    }

    /// The request as a bundle's site reads it.
    pub(crate) fn request(&self, layout: &Layout) -> Request<'b> {
        let geo = |fact| self.field(Field::of_geo(fact));
        Request {
            now_ms: self.at_ms,
            entropy: self.id,
            url: self.field(Field::Url),
            cookie: self.field(Field::Cookie),
            referrer: self.field(Field::Referrer),
            user_agent: self.field(Field::UserAgent),
            accept_language: self.field(Field::Language),
            brands: self.field(Field::Brands),
            mobile: self.field(Field::Mobile),
            platform: self.field(Field::Platform),
            gpc: self.field(Field::Gpc),
            save_data: self.field(Field::SaveData),
            fetch_purpose: self.field(Field::FetchPurpose),
            geo: [
                geo(GeoFact::Country),
                geo(GeoFact::Region),
                geo(GeoFact::City),
                geo(GeoFact::PostalCode),
                geo(GeoFact::TimeZone),
                geo(GeoFact::Eu),
            ],
            headers: layout.headers.iter().map(|place| self.text(FIELDS + place)).collect(),
            page: layout.page.iter().map(|field| field.map_or("", |field| self.field(field))).collect(),
        }
    }
}

/// Where a site's own facts are in an entry.
#[derive(Debug)]
pub(crate) struct Layout {
    /// For each of the site's headers its place among those that are read.
    headers: Vec<usize>,
    /// For each of the site's page attributes the field that says it.
    page: Vec<Option<Field>>,
}

impl Layout {
    /// The layout of a bundle's site where `headers` are read.
    pub(crate) fn new(bundle: &Bundle, headers: &[String]) -> Self {
        let site = &bundle.site;
        let place = |wanted: &String| headers.iter().position(|name| name == wanted);
        let sources = [
            (&site.page.category, Field::Category),
            (&site.page.product, Field::Product),
            (&site.page.price, Field::Price),
            (&site.page.stock, Field::Stock),
        ];
        let field = |number: usize| {
            let is_it =
                |origin: &Origin| matches!(origin, Origin::Page(page) if usize::from(*page) == number);
            sources.iter().find(|(origins, _)| origins.iter().any(is_it)).map(|(_, field)| *field)
        };
        Self {
            // INVARIANT: what a site reads is read.
            headers: site.headers.iter().map(|name| place(name).unwrap_or(usize::MAX - FIELDS)).collect(),
            page: (0..site.page_attributes.len()).map(field).collect(),
        }
    }
}
