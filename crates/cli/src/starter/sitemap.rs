//! Sitemaps (<https://www.sitemaps.org/protocol.html>) and what they say of languages.

use std::collections::BTreeSet;

use roxmltree::{Document, Node, ParsingOptions};

use super::url_list::UrlListProblem;

/// What a sitemap's file has.
pub(super) enum Sitemap {
    /// Addresses of pages, and the languages of their alternates.
    Urls { urls: Vec<String>, languages: BTreeSet<String> },
    /// Addresses of further sitemaps.
    Index(Vec<String>),
}

pub(super) fn read(text: &str) -> Result<Sitemap, UrlListProblem> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|error| {
        let at = error.pos();
        UrlListProblem::Xml { line: at.row, column: at.col, message: error.to_string() }
    })?;
    let root = document.root_element();
    // Namespaces are left aside: many sitemaps have none, or the one of an older version.
    match root.tag_name().name() {
        "urlset" => {
            let mut languages = BTreeSet::new();
            let mut urls = Vec::new();
            for url in children(root, "url") {
                urls.extend(children(url, "loc").filter_map(address));
                for link in children(url, "link") {
                    urls.extend(link.attribute("href").map(|href| href.trim().to_owned()));
                    languages.extend(link.attribute("hreflang").map(str::to_owned));
                }
            }
            Ok(Sitemap::Urls { urls, languages })
        }
        "sitemapindex" => Ok(Sitemap::Index(
            children(root, "sitemap")
                .flat_map(|sitemap| children(sitemap, "loc").filter_map(address))
                .collect(),
        )),
        element => Err(UrlListProblem::NoSitemap { element: element.to_owned() }),
    }
}

fn children<'a, 'i: 'a>(of: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    of.children().filter(move |child| child.tag_name().name() == name)
}

/// The text of an element, with all its sections and entities.
fn address(element: Node<'_, '_>) -> Option<String> {
    let text: String = element.children().filter_map(|child| child.text()).collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
