//! CLDR number patterns (TR35 part 3, "Number Format Patterns") with everything but the digits put in.

use footlight_core::money::format::{Affixes, NumberPattern};

/// What the pattern's place holders stand for.
pub(super) struct Symbols<'a> {
    pub(super) currency: &'a str,
    pub(super) decimal: &'a str,
    pub(super) group: &'a str,
    pub(super) minus: &'a str,
    pub(super) percent: &'a str,
    pub(super) minimum_grouping: u8,
    pub(super) zero: char,
}

/// Completes `pattern`, such as `#,##0.00 ¤;(#,##0.00 ¤)`.
pub(super) fn complete(pattern: &str, symbols: &Symbols<'_>) -> NumberPattern {
    let (positive, negative) = match pattern.split_once(';') {
        Some((positive, negative)) => (positive, Some(negative)),
        None => (pattern, None),
    };
    let (prefix, digits, suffix) = split(positive);
    let (negative_prefix, negative_suffix) = match negative.map(split) {
        Some((prefix, _, suffix)) => (prefix.to_owned(), suffix),
        None => (format!("-{prefix}"), suffix),
    };
    let whole = digits.split('.').next().unwrap_or_default();
    let mut groups = whole.rsplit(',').map(|group| u8::try_from(group.len()).unwrap_or(0));
    let (last, next, has_more) = (groups.next(), groups.next(), groups.next().is_some());
    let primary = if next.is_some() { last.unwrap_or(0) } else { 0 };
    let secondary = if has_more { next.unwrap_or(primary) } else { primary };
    NumberPattern {
        positive: symbols.affixes(prefix, suffix),
        negative: symbols.affixes(&negative_prefix, negative_suffix),
        decimal: symbols.decimal.to_owned(),
        group: symbols.group.to_owned(),
        primary_group: primary,
        secondary_group: secondary,
        minimum_grouping: symbols.minimum_grouping,
        zero: symbols.zero,
    }
}

/// Prefix, digit part, suffix.
fn split(pattern: &str) -> (&str, &str, &str) {
    let is_digit = |c| matches!(c, '#' | '0' | ',' | '.');
    let start = pattern.find(is_digit).unwrap_or(pattern.len());
    let (prefix, rest) = pattern.split_at(start);
    let end = rest.find(|c| !is_digit(c)).unwrap_or(rest.len());
    let (digits, suffix) = rest.split_at(end);
    (prefix, digits, suffix)
}

impl Symbols<'_> {
    fn affixes(&self, prefix: &str, suffix: &str) -> Affixes {
        let mut affixes = Affixes { prefix: self.affix(prefix), suffix: self.affix(suffix) };
        // TR35 part 3, "Currencies", currencySpacing: [[:^S:]&[:^Z:]] beside a digit gets U+00A0 between.
        if prefix.ends_with('¤') && self.currency.chars().next_back().is_some_and(needs_space) {
            affixes.prefix.push('\u{a0}');
        }
        if suffix.starts_with('¤') && self.currency.chars().next().is_some_and(needs_space) {
            affixes.suffix.insert(0, '\u{a0}');
        }
        affixes
    }

    fn affix(&self, pattern: &str) -> String {
        let mut out = String::new();
        for c in pattern.chars() {
            match c {
                '¤' => out.push_str(self.currency),
                '-' => out.push_str(self.minus),
                '%' => out.push_str(self.percent),
                // No CLDR pattern for plain numbers, percentages and prices quotes anything.
                _ => out.push(c),
            }
        }
        out
    }
}

/// Whether `c`, at the edge of a currency symbol, is neither a symbol nor a separator (Unicode categories S and Z). Of
/// the symbols only those that currencies end on are told: category Sc.
fn needs_space(c: char) -> bool {
    let is_currency_sign = matches!(c,
        '$' | '¢'..='¥' | '֏' | '؋' | '߾' | '߿' | '৲' | '৳' | '৻' | '૱' | '௹' | '฿' | '៛'
        | '\u{20a0}'..='\u{20cf}' | '꠸' | '﷼' | '﹩' | '＄' | '￠' | '￡' | '￥' | '￦');
    !is_currency_sign && !c.is_whitespace()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn symbols(currency: &str) -> Symbols<'_> {
        Symbols {
            currency,
            decimal: ".",
            group: ",",
            minus: "−",
            percent: "%",
            minimum_grouping: 1,
            zero: '0',
        }
    }

    #[test]
    fn groups_are_read_from_the_digit_part() {
        let groups = |pattern| {
            let complete = complete(pattern, &symbols("$"));
            (complete.primary_group, complete.secondary_group)
        };
        assert_eq!(groups("#,##0.00"), (3, 3));
        assert_eq!(groups("#,##,##0.00"), (3, 2));
        assert_eq!(groups("0.00\u{a0}¤"), (0, 0));
    }

    #[test]
    fn a_letter_beside_a_digit_gets_a_space() {
        for (pattern, currency, prefix, suffix) in [
            ("¤#,##0.00", "$", "$", ""),
            ("¤#,##0.00", "US$", "US$", ""),
            ("¤#,##0.00", "CHF", "CHF\u{a0}", ""),
            ("¤\u{a0}#,##0.00", "CHF", "CHF\u{a0}", ""),
            ("#,##0.00¤", "CHF", "", "\u{a0}CHF"),
            ("#,##0.00¤", "€", "", "€"),
        ] {
            let positive = complete(pattern, &symbols(currency)).positive;
            assert_eq!(
                (positive.prefix.as_str(), positive.suffix.as_str()),
                (prefix, suffix),
                "{pattern} {currency}"
            );
        }
    }

    #[test]
    fn the_sign_stands_where_the_negative_pattern_says_else_in_front() {
        let negative = |pattern| complete(pattern, &symbols("CHF")).negative;
        assert_eq!(negative("¤#,##0.00").prefix, "−CHF\u{a0}");
        assert_eq!(negative("¤\u{a0}#,##0.00;¤-#,##0.00").prefix, "CHF−");
        let accounting = negative("¤#,##0.00;(¤#,##0.00)");
        assert_eq!((accounting.prefix.as_str(), accounting.suffix.as_str()), ("(CHF\u{a0}", ")"));
    }
}
