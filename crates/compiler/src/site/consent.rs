//! Where the visitor's consent is kept.

use footlight_core::consent::{ConsentFormat, ConsentSource, Purpose, Purposes, TcfMapping};

use crate::diagnostic::shapes;
use crate::document::Item;
use crate::program::Program;
use crate::shape::Table;

/// The consent source; without one, only what is necessary holds.
pub(super) fn read(table: Table<'_>, program: &mut Program) -> ConsentSource {
    let Some(consent) = table.table("consent") else {
        let format = ConsentFormat::Value(Vec::new());
        return ConsentSource { cookie: String::new(), format, absent: Purposes::NECESSARY };
    };
    let kind = consent.text("kind").map_or("values", |kind| kind.text);
    let meanings: Vec<(String, Purposes)> = consent
        .entries("values")
        .iter()
        .map(|entry| (entry.key.clone(), purposes(entry.item.list())))
        .collect();
    if meanings.is_empty() && matches!(kind, "values" | "list" | "flags") {
        let example =
            "values = { all = [\"functional\", \"analytics\", \"personalization\", \"marketing\"] }";
        let diagnostic = shapes::missing_key(
            consent.at(),
            "consent source",
            "values",
            "purposes by what the cookie says",
            example,
        );
        program.report(diagnostic);
    }
    let format = match kind {
        "list" => ConsentFormat::List(meanings),
        "flags" => ConsentFormat::Flags(meanings),
        "tcf" => ConsentFormat::Tcf(TcfMapping::default()),
        _ => ConsentFormat::Value(meanings),
    };
    let default_cookie = match kind {
        "tcf" => "euconsent-v2",
        _ => "",
    };
    let cookie = consent.text("cookie").map_or(default_cookie, |cookie| cookie.text).to_owned();
    if cookie.is_empty() {
        let diagnostic = shapes::missing_key(
            consent.at(),
            "consent source",
            "cookie",
            "the cookie's name",
            "cookie = \"consent\"",
        );
        program.report(diagnostic);
    }
    let absent = purposes(consent.list("default"));
    ConsentSource { cookie, format, absent }
}

fn purposes(items: &[Item]) -> Purposes {
    let named = items.iter().filter_map(|item| purpose(item.excerpt()?.text));
    named.collect::<Purposes>().with(Purpose::Necessary)
}

/// The purpose of that name.
pub(super) fn purpose(name: &str) -> Option<Purpose> {
    Purpose::ALL.into_iter().find(|purpose| purpose.name() == name)
}
