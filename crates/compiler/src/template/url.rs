//! Placeholders in URLs: what stands before the first one must say where the link leads.

use super::placeholders::Part;
use crate::diagnostic::templates::{self, UnsafePlace};
use crate::document::Excerpt;
use crate::program::Program;

/// Attributes whose values are URLs, or lists of them (HTML Standard, "Attributes").
pub(crate) fn is_url_attribute(name: &str) -> bool {
    matches!(
        name,
        "href"
            | "src"
            | "srcset"
            | "imagesrcset"
            | "action"
            | "formaction"
            | "poster"
            | "cite"
            | "data"
            | "background"
            | "longdesc"
            | "manifest"
            | "ping"
            | "xlink:href"
            | "itemid"
            | "itemtype"
            | "usemap"
    )
}

/// Of a list of image candidates, the part that belongs to the last one.
pub(super) fn last_candidate<'t>(attribute: &str, prefix: &'t str) -> &'t str {
    match attribute {
        "srcset" | "imagesrcset" => {
            let candidate = prefix.rfind(", ").map_or(prefix, |comma| prefix.get(comma + 1..).unwrap_or(""));
            candidate.trim_start()
        }
        _ => prefix,
    }
}

/// Whether a URL that begins with `prefix` leads to the same origin whatever follows in percent-encoded form: a path
/// (but not `//host`), a query or fragment of this page, or an origin up to its path.
pub(super) fn fixes_destination(prefix: &str) -> bool {
    // Browsers drop tabs and line breaks, and read `\` as `/`: nothing of the kind may hide the beginning.
    if prefix.contains(['\t', '\n', '\r', '\\', '&']) && !prefix.contains('?') {
        return false;
    }
    if let Some(path) = prefix.strip_prefix('/') {
        return !path.starts_with(['/', '\\']);
    }
    if prefix.starts_with(['?', '#']) {
        return true;
    }
    let authority = prefix.strip_prefix("https://").or_else(|| prefix.strip_prefix("http://"));
    if let Some(rest) = authority {
        return rest.find(['/', '?', '#']).is_some_and(|end| end > 0);
    }
    prefix.starts_with("mailto:") || prefix.starts_with("tel:")
}

/// Whether the value of a URL attribute runs when it is followed.
pub(super) fn is_code(value: &str) -> bool {
    let bare: String = value.chars().filter(|c| !c.is_ascii_control() && *c != ' ').take(16).collect();
    let bare = bare.to_ascii_lowercase();
    ["javascript:", "vbscript:", "data:text/htm"].iter().any(|scheme| bare.starts_with(scheme))
}

/// Reports what is wrong with a template that is a URL as a whole.
pub(super) fn check(source: Excerpt<'_>, parts: &[Part], program: &mut Program) {
    if is_code(source.text) {
        program.report(crate::diagnostic::contents::code_url(source.all()));
    }
    let first = parts.iter().find_map(|part| match part {
        Part::Placeholder { whole, .. } => Some(whole.clone()),
        Part::Literal(_) => None,
    });
    if let Some(whole) = first
        && !fixes_destination(source.text.get(..whole.start).unwrap_or(""))
    {
        program.report(templates::unsafe_place(source.at(whole), UnsafePlace::UrlStart));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_path_or_a_whole_origin_fixes_where_a_link_leads() {
        for (prefix, expected) in [
            ("/c/", true),
            ("/", true),
            ("/search?q=", true),
            ("/search?a=1&q=", true),
            ("#", true),
            ("?q=", true),
            ("https://shop.example/", true),
            ("https://shop.example?x=", true),
            ("mailto:a@shop.example?subject=", true),
            ("", false),
            ("//", false),
            ("/\\", false),
            ("/\t/", false),
            ("https://", false),
            ("https:///", false),
            ("https://shop.", false),
            ("https:", false),
            ("javascript:", false),
            ("&#47;", false),
            ("page/", false),
        ] {
            assert_eq!(fixes_destination(prefix), expected, "{prefix:?}");
        }
    }
}
