//! One job, done by this project's rewriter and by lol_html, the rewriter of Cloudflare Workers.
#![allow(dead_code, unreachable_pub, reason = "each test uses its part")]

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

use footlight_html::{Edit, Encoding, Occurrence, Plan, Rewriter, Selector, Selectors};
use lol_html::html_content::{ContentType, Element};
use lol_html::{AsciiCompatibleEncoding, HtmlRewriter, Settings};

pub mod corpus;
pub mod differences;
pub mod generate;
pub mod listing;
pub mod random;

/// Selectors, each with the edits of every element that it matches.
pub type Job = Vec<(String, Vec<Edit>)>;

/// Where a page is cut: the positions, in order.
pub type Cuts = Vec<usize>;

/// This project's rewriter. Panics when a selector is not supported.
pub fn ours(page: &[u8], job: &Job, cuts: &Cuts) -> Vec<u8> {
    let mut selectors = Selectors::builder();
    let mut edits = Vec::new();
    for ((selector, list), id) in job.iter().zip(0..) {
        let selector = Selector::parse(selector).unwrap_or_else(|error| panic!("{selector}: {error}"));
        selectors = selectors.add(id, &selector, Occurrence::Repeated);
        edits.extend(list.iter().map(|edit| (id, edit.clone())));
    }
    // lol_html holds back tags of any length.
    let plan = Plan::new(Arc::new(selectors.build())).encoding(Encoding::Utf8).longest_tag_bytes(1 << 30);
    let mut rewriter = Rewriter::new(plan, edits);
    let mut out = Vec::new();
    for chunk in chunks(page, cuts) {
        rewriter.write(chunk, &mut out);
    }
    rewriter.end(&mut out);
    out
}

/// What lol_html makes of it, and whether it is to be trusted.
pub struct Theirs {
    pub page: Vec<u8>,
    /// An edited element ended without an end tag of its own. There lol_html applies what belongs to that element's
    /// end to the end tag of something around it, or to none at all.
    pub implied_end: bool,
}

pub fn theirs(page: &[u8], job: &Job, cuts: &Cuts) -> Theirs {
    let mut out = Vec::new();
    let implied = Rc::new(Cell::new(false));
    let open = Rc::new(Cell::new(0));
    let mut handlers = Vec::new();
    for (selector, edits) in job {
        let (implied, open) = (Rc::clone(&implied), Rc::clone(&open));
        handlers.push(lol_html::element!(selector, move |element: &mut Element<'_, '_>| {
            edits.iter().for_each(|edit| apply(edit, element));
            watch_end(element, &implied, &open);
            Ok(())
        }));
    }
    let mut settings = Settings::new();
    for handler in handlers {
        settings = settings.append_element_content_handler(handler);
    }
    let settings = settings.with_strict(false).with_encoding(AsciiCompatibleEncoding::utf_8());
    let mut rewriter = HtmlRewriter::new(settings, |bytes: &[u8]| out.extend_from_slice(bytes));
    for chunk in chunks(page, cuts) {
        rewriter.write(chunk).expect("lol_html fails on no page that is not strict");
    }
    rewriter.end().expect("lol_html fails on no page that is not strict");
    Theirs { page: out, implied_end: implied.get() || open.get() > 0 }
}

fn watch_end(element: &mut Element<'_, '_>, implied: &Rc<Cell<bool>>, open: &Rc<Cell<usize>>) {
    let name = element.tag_name();
    let (implied, open) = (Rc::clone(implied), Rc::clone(open));
    if let Some(handlers) = element.end_tag_handlers() {
        open.set(open.get() + 1);
        handlers.push(Box::new(move |end| {
            open.set(open.get() - 1);
            implied.set(implied.get() || end.name() != name);
            Ok(())
        }));
    }
}

fn apply(edit: &Edit, element: &mut Element<'_, '_>) {
    match edit {
        Edit::SetInner(html) => element.set_inner_content(html, ContentType::Html),
        Edit::Replace(html) => element.replace(html, ContentType::Html),
        Edit::Remove => element.remove(),
        Edit::Unwrap => element.remove_and_keep_content(),
        Edit::Before(html) => element.before(html, ContentType::Html),
        Edit::After(html) => element.after(html, ContentType::Html),
        Edit::Prepend(html) => element.prepend(html, ContentType::Html),
        Edit::Append(html) => element.append(html, ContentType::Html),
        Edit::SetAttribute(name, value) => {
            element.set_attribute(name, &value.replace('&', "&amp;")).expect("a good attribute name");
        }
        Edit::RemoveAttribute(name) => element.remove_attribute(name),
    }
}

pub fn chunks<'a>(page: &'a [u8], cuts: &Cuts) -> Vec<&'a [u8]> {
    let mut start = 0;
    let mut chunks = Vec::new();
    for &cut in cuts.iter().chain([&page.len()]) {
        chunks.push(&page[start..cut]);
        start = cut;
    }
    chunks
}

/// Fails with the first difference in its surroundings.
pub fn assert_same(ours: &[u8], theirs: &[u8], context: &str) {
    if ours == theirs {
        return;
    }
    let at = ours.iter().zip(theirs).take_while(|(ours, theirs)| ours == theirs).count();
    let around = |bytes: &[u8]| {
        String::from_utf8_lossy(&bytes[at.saturating_sub(120)..(at + 120).min(bytes.len())]).into_owned()
    };
    panic!("{context}: different at byte {at}\n--- ours\n{}\n--- theirs\n{}", around(ours), around(theirs));
}
