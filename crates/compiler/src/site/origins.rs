//! Where the shop keeps what rules read: cookies, headers, query, route, the page itself.

use footlight_core::bundle::Origin;

use super::slots::checked;
use crate::diagnostic::{At, names, site};
use crate::document::Excerpt;
use crate::program::Program;
use crate::shape::Table;

/// Headers that are no facts about a visit, or would hand credentials to rules.
const PRIVATE_HEADERS: &[&str] = &["cookie", "authorization", "proxy-authorization", "set-cookie"];

/// What is collected while origins are read.
#[derive(Debug, Default)]
pub(super) struct Collected {
    pub(super) headers: Vec<String>,
    /// Selectors and names.
    pub(super) page_attributes: Vec<(String, String)>,
}

impl Collected {
    /// The origins at `key`: one, or several tried in order.
    pub(super) fn origins(
        &mut self,
        table: Option<Table<'_>>,
        key: &str,
        program: &mut Program,
    ) -> Vec<Origin> {
        let Some(table) = table else { return Vec::new() };
        let single =
            table.table(key).filter(|_| table.item(key).is_some_and(|item| !item.entries().is_empty()));
        let tables: Vec<Table<'_>> = match single {
            Some(single) => vec![single],
            None => table.tables(key).collect(),
        };
        tables.into_iter().filter_map(|origin| self.origin(origin, &key.replace('_', " "), program)).collect()
    }

    /// The one origin that a table names.
    pub(super) fn origin(&mut self, table: Table<'_>, what: &str, program: &mut Program) -> Option<Origin> {
        let named: Vec<(&str, Excerpt<'_>)> = ["cookie", "header", "query", "route", "select"]
            .into_iter()
            .filter_map(|key| Some((key, table.text(key)?)))
            .collect();
        if let [(first, _), (second, _), ..] = named.as_slice() {
            program.report(site::two_sources(table.key_at(second), table.key_at(first)));
            return None;
        }
        let Some((kind, name)) = named.first().copied() else {
            match table.text("attribute") {
                Some(_) => program.report(site::attribute_without_select(table.key_at("attribute"))),
                None => program.report(site::no_source(table.at(), what)),
            }
            return None;
        };
        if kind != "select" && table.text("attribute").is_some() {
            program.report(site::attribute_without_select(table.key_at("attribute")));
        }
        match kind {
            "cookie" => is_token(name, kind, program).then(|| Origin::Cookie(name.text.to_owned())),
            "header" => self.header(name, program).map(Origin::Header),
            "query" => Some(Origin::Query(name.text.to_owned())),
            "route" => captured(name, program).then(|| Origin::Route(name.text.to_owned())),
            _ => {
                let Some(attribute) = table.text("attribute") else {
                    program.report(site::attribute_without_select(name.whole));
                    return None;
                };
                self.page(name, attribute, program).map(Origin::Page)
            }
        }
    }

    /// The header's place among the site's.
    fn header(&mut self, name: Excerpt<'_>, program: &mut Program) -> Option<u16> {
        let lower = header_name(name, program)?;
        place(&mut self.headers, lower)
    }

    fn page(&mut self, select: Excerpt<'_>, attribute: Excerpt<'_>, program: &mut Program) -> Option<u16> {
        let is_name = is_token(attribute, "attribute", program);
        let selector = checked(select, program)?;
        let page_attribute = (selector, attribute.text.to_lowercase());
        is_name.then_some(())?;
        place(&mut self.page_attributes, page_attribute)
    }
}

/// A header's name in lower case.
pub(super) fn header_name(name: Excerpt<'_>, program: &mut Program) -> Option<String> {
    if !is_token(name, "header", program) {
        return None;
    }
    let lower = name.text.to_ascii_lowercase();
    if PRIVATE_HEADERS.contains(&lower.as_str()) {
        program.report(site::private_header(name.whole, &lower));
        return None;
    }
    Some(lower)
}

fn place<T: PartialEq>(all: &mut Vec<T>, one: T) -> Option<u16> {
    let index = all.iter().position(|known| *known == one).unwrap_or_else(|| {
        all.push(one);
        all.len() - 1
    });
    u16::try_from(index).ok()
}

/// Whether the text is a token (RFC 9110, section 5.6.2), as the names of cookies, headers and attributes are.
fn is_token(name: Excerpt<'_>, kind: &str, program: &mut Program) -> bool {
    let is_token = !name.text.is_empty()
        && name.text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~:".contains(&byte));
    if !is_token {
        program.report(site::bad_source_name(name.whole, kind, name.text));
    }
    is_token
}

fn captured(name: Excerpt<'_>, program: &mut Program) -> bool {
    let captures = program.scope.captures.iter().map(String::as_str);
    if captures.clone().any(|known| known == name.text) {
        return true;
    }
    let declare = format!("let a route capture it: `path = \"/…/:{}\"`", name.text);
    let at: At = name.whole;
    let diagnostic = names::unknown_member(at, "route", "route capture", name.text, captures, &declare);
    program.report(diagnostic);
    false
}
