//! Tables by locale, and their inheritance (TR35 part 1, "Locale Inheritance and Matching").

use std::collections::HashMap;
use std::sync::LazyLock;

/// The lines of a generated table.
pub(super) struct Table {
    /// `currency` lines: code to decimals and cash step.
    pub(super) currencies: Vec<(&'static str, u8, u32)>,
    aliases: HashMap<&'static str, &'static str>,
    locales: HashMap<&'static str, Locale>,
}

struct Locale {
    parent: &'static str,
    fields: HashMap<&'static str, &'static str>,
}

/// Number patterns and currencies.
pub(super) static NUMBERS: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("numbers.tsv")));

/// Date patterns and names.
pub(super) static DATES: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("dates.tsv")));

/// The locales with data of their own, sorted. Regional forms without differences, such as `de-DE`, are known too.
#[must_use]
pub fn locales() -> Vec<&'static str> {
    let mut names: Vec<_> = NUMBERS.locales.keys().copied().filter(|name| *name != "und").collect();
    names.sort_unstable();
    names
}

/// One locale's view of a table: its own fields, then its ancestors'.
#[derive(Clone, Copy)]
pub(super) struct View {
    table: &'static Table,
    name: &'static str,
}

impl View {
    /// The view of `locale`, a BCP 47 tag of language, script and region, in `table`; `None` for a language without data.
    pub(super) fn new(table: &'static Table, locale: &str) -> Option<Self> {
        // All tables have the same locales; the aliases are in this one.
        Some(Self { table, name: NUMBERS.resolve(locale)? })
    }

    /// The value of `key`; `None` where no ancestor has one, or a descendant of it took it away.
    pub(super) fn get(&self, key: &str) -> Option<&'static str> {
        let mut name = self.name;
        while let Some(locale) = self.table.locales.get(name) {
            if let Some(value) = locale.fields.get(key) {
                return Some(*value).filter(|value| !value.is_empty());
            }
            name = locale.parent;
        }
        None
    }

    /// The value of a key that the table's root has.
    pub(super) fn text(&self, key: &str) -> &'static str {
        self.get(key).unwrap_or_default()
    }
}

impl Table {
    fn read(text: &'static str) -> Self {
        let mut table = Self { currencies: Vec::new(), aliases: HashMap::new(), locales: HashMap::new() };
        for line in text.lines() {
            let mut columns = line.split('\t');
            match (columns.next(), columns.next(), columns.next()) {
                (Some("currency"), Some(code), Some(digits)) => {
                    let cash_step = columns.next().and_then(|step| step.parse().ok()).unwrap_or(1);
                    table.currencies.push((code, digits.parse().unwrap_or(2), cash_step));
                }
                (Some("alias"), Some(alias), Some(target)) => {
                    table.aliases.insert(alias, target);
                }
                (Some("locale"), Some(name), Some(parent)) => {
                    let fields = columns.filter_map(|field| field.split_once('=')).collect();
                    table.locales.insert(name, Locale { parent, fields });
                }
                _ => {}
            }
        }
        table
    }

    /// The name of the nearest ancestor of `locale`, or itself, that has a line.
    fn resolve(&self, locale: &str) -> Option<&'static str> {
        let mut name = normalize(locale)?;
        loop {
            if let Some((known, _)) = self.locales.get_key_value(name.as_str()) {
                return Some(*known).filter(|known| *known != "und");
            }
            match self.aliases.get(name.as_str()) {
                Some(target) => name = (*target).to_owned(),
                None => name.truncate(name.rfind('-')?),
            }
        }
    }
}

/// `DE_at` as `de-AT`; `None` when it is not language, then script, then region.
fn normalize(locale: &str) -> Option<String> {
    let mut name = String::new();
    let mut earlier = 0;
    for (index, subtag) in locale.split(['-', '_']).enumerate() {
        let letters = subtag.bytes().all(|byte| byte.is_ascii_alphabetic());
        let digits = subtag.bytes().all(|byte| byte.is_ascii_digit());
        // 1 language, 2 script, 3 region: each at most once, in this order.
        let kind = match subtag.len() {
            2 | 3 if index == 0 && letters => 1,
            4 if letters => 2,
            2 if letters => 3,
            3 if digits => 3,
            _ => return None,
        };
        if kind <= earlier || (index == 0 && kind != 1) {
            return None;
        }
        earlier = kind;
        if index > 0 {
            name.push('-');
        }
        match kind {
            1 => name.push_str(&subtag.to_ascii_lowercase()),
            2 => {
                name.push_str(&subtag[..1].to_ascii_uppercase());
                name.push_str(&subtag[1..].to_ascii_lowercase());
            }
            _ => name.push_str(&subtag.to_ascii_uppercase()),
        }
    }
    Some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(locale: &str) -> Option<&'static str> {
        NUMBERS.resolve(locale)
    }

    #[test]
    fn a_locale_is_found_by_its_nearest_ancestor() {
        for (asked, found) in [
            ("de", "de"),
            ("de-DE", "de"),
            ("DE_at", "de-AT"),
            ("en-US", "en"),
            ("en-Latn-US", "en"),
            ("pt-BR", "pt"),
            ("zh-CN", "zh"),
            ("zh-TW", "zh-Hant"),
            ("zh-HK", "zh-Hant-HK"),
            ("zh-SG", "zh-Hans-SG"),
            ("sr-ME", "sr-Latn-ME"),
            ("iw-IL", "he"),
            ("es-419", "es-419"),
        ] {
            assert_eq!(resolved(asked), Some(found), "{asked}");
        }
    }

    #[test]
    fn unknown_languages_and_malformed_tags_have_no_data() {
        for asked in
            ["", "xx", "xx-DE", "und", "d", "de-", "-de", "de-DE-AT", "de-1", "Latn", "de-u-nu-arab", "dé"]
        {
            assert_eq!(resolved(asked), None, "{asked}");
        }
    }
}
