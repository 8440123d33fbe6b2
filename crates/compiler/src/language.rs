//! The subset of CEL that rules are written in, as a list for the reference. What conditions can ask for is in
//! [`footlight_core::signal::catalogue`].

pub use crate::cel::OUTSIDE;

/// Something that can be written.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// How it is written.
    pub written: &'static str,
    /// What comes of it.
    pub meaning: &'static str,
    /// A condition with it, or for `money` a placeholder.
    pub example: &'static str,
}

const fn form(written: &'static str, meaning: &'static str, example: &'static str) -> Form {
    Form { written, meaning, example }
}

/// Values that are written out.
pub const LITERALS: &[Form] = &[
    form("'text'", "a text, in single or double quotes", "geo.country == 'DE'"),
    form("2", "a whole number", "visitor.visits == 2"),
    form("2.0", "a number with a point", "visitor.affinity.boots > 2.0"),
    form("true", "yes, and `false`: no", "geo.eu == true"),
    form("['a', 'b']", "a list", "geo.country in ['DE', 'AT']"),
];

/// Operators, those that bind most tightly first.
pub const OPERATORS: &[Form] = &[
    form("a.b", "the signal `b` of the group `a`", "visitor.returning"),
    form(
        "a['b']",
        "the same, for names with other characters than letters, digits and `_`",
        "url.query['utm_id'] == '7'",
    ),
    form("!a", "not; unknown stays unknown", "!visitor.returning"),
    form("-a", "the number below zero", "visitor.visits > -1"),
    form("a * b", "product of numbers of one type", "visitor.visits * 2 > 6"),
    form(
        "a / b",
        "quotient; of whole numbers without its rest; unknown when `b` is zero",
        "visitor.visits / 2 == 1",
    ),
    form("a % b", "rest of a division of whole numbers", "visitor.visits % 2 == 0"),
    form(
        "a + b",
        "sum; texts one after the other; a time and a duration",
        "visitor.visits + visitor.orders > 3",
    ),
    form(
        "a - b",
        "difference; of two times a duration",
        "time.now - timestamp('2026-11-20T00:00:00Z') < duration('36h')",
    ),
    form("a == b", "equal", "device.class == 'phone'"),
    form("a != b", "not equal; unknown when one of them is", "device.class != 'phone'"),
    form("a < b", "less; texts by their characters' numbers, times by the calendar", "visitor.visits < 3"),
    form("a <= b", "less or equal", "visitor.visits <= 3"),
    form("a > b", "greater", "visitor.visits > 3"),
    form("a >= b", "greater or equal", "visitor.visits >= 3"),
    form("a in b", "whether the list `b` has `a`", "'boots' in visitor.recently_viewed"),
    form(
        "a && b",
        "both; no when one does not hold, even when the other is unknown",
        "geo.eu && visitor.returning",
    ),
    form(
        "a || b",
        "one of them; yes when one holds, even when the other is unknown",
        "geo.eu || visitor.returning",
    ),
    form(
        "a ? b : c",
        "`b` where `a` holds, else `c`; unknown where `a` is",
        "(geo.eu ? 'eu' : 'far') == 'eu'",
    ),
];

/// Functions.
pub const FUNCTIONS: &[Form] = &[
    form("has(signal)", "whether the signal is known", "has(market.id)"),
    form(
        "size(value)",
        "how many characters a text has, or elements a list; also `value.size()`",
        "size(visitor.recently_viewed) >= 3",
    ),
    form(
        "text.startsWith('part')",
        "whether a text begins with another",
        "traffic.campaign.startsWith('winter')",
    ),
    form("text.endsWith('part')", "whether it ends with it", "url.path.endsWith('.html')"),
    form("text.contains('part')", "whether it is in it", "traffic.campaign.contains('winter')"),
    form(
        "list.exists(x, condition)",
        "whether it holds for one of them",
        "visitor.recently_viewed.exists(x, x.startsWith('boot'))",
    ),
    form(
        "list.all(x, condition)",
        "whether it holds for all of them",
        "visitor.recently_viewed.all(x, x != 'gift-card')",
    ),
    form(
        "timestamp('…')",
        "a point in time, with its offset",
        "time.now < timestamp('2026-12-24T12:00:00+01:00')",
    ),
    form(
        "duration('…')",
        "a length of time: `h`, `m`, `s`",
        "time.now - timestamp('2026-11-20T00:00:00Z') > duration('1h30m')",
    ),
    form(
        "money('49.90')",
        "in texts alone: an amount of the base currency, as written in the visitor's market",
        "money('49.90')",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Options, Sources, compile, examples};

    fn complaints(example: &str, is_condition: bool) -> Vec<String> {
        let mut sources: Sources = examples::base();
        let rule = sources.text(sources.find("homepage.toml").unwrap()).to_owned();
        let with = if is_condition {
            rule.replace("when = \"device.class == 'phone'\"", &format!("when = '''{example}'''"))
        } else {
            rule.replace("content = \"hero/boots\"", &format!("text = '''{{{{ {example} }}}}'''"))
        };
        assert_ne!(with, rule);
        sources.add("homepage.toml", with);
        let compilation = compile(&sources, Options { now_ms: examples::NOW_MS });
        compilation
            .diagnostics
            .into_iter()
            .filter(|found| found.is_error())
            .map(|found| found.message)
            .collect()
    }

    #[test]
    fn every_example_compiles() {
        for form in LITERALS.iter().chain(OPERATORS).chain(FUNCTIONS) {
            let is_condition = !form.example.starts_with("money");
            assert_eq!(complaints(form.example, is_condition), Vec::<String>::new(), "{}", form.example);
        }
    }

    #[test]
    fn every_function_and_operator_is_listed() {
        for name in crate::cel::function_names() {
            let is_listed = FUNCTIONS.iter().any(|form| form.written.contains(&format!("{name}(")));
            assert!(is_listed, "`{name}` is not in the list");
        }
        for operator in crate::cel::binary_operators() {
            let is_listed = OPERATORS.iter().any(|form| form.written.split(' ').nth(1) == Some(operator));
            assert!(is_listed, "`{operator}` is not in the list");
        }
    }
}
