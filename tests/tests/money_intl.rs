//! Prices and numbers against `Intl.NumberFormat`: recorded rows, and the Node on this machine.

use footlight_compiler::cldr::{self, CurrencyOptions, Fraction, Symbol};
use footlight_core::money::{Amount, Decimal, Rounding};
use footlight_tests::node::Node;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

/// Options of the recorded rows that a site cannot choose, with the reason.
const NOT_SUPPORTED: [(&str, &str); 2] = [
    ("name", "long currency names need plural rules and a table of names; no shop prices in `12 euros`"),
    ("compact", "`1.2K €` is no price"),
];

fn options(name: &str) -> Option<CurrencyOptions> {
    let default = CurrencyOptions::default();
    Some(match name {
        "" => default,
        "code" => CurrencyOptions { symbol: Symbol::Code, ..default },
        "narrow" => CurrencyOptions { symbol: Symbol::Narrow, ..default },
        "accounting" => CurrencyOptions { accounting: true, ..default },
        "nofrac" => CurrencyOptions { fraction: Fraction::Rounded, ..default },
        "strip" => CurrencyOptions { fraction: Fraction::StripIfZero, ..default },
        "nogroup" => CurrencyOptions { no_grouping: true, ..default },
        _ => return None,
    })
}

fn rows(relative: &str) -> Option<Vec<Vec<String>>> {
    let path = footlight_tests::material::find(relative)?;
    let mut text = String::new();
    flate2::read::GzDecoder::new(std::fs::File::open(path).unwrap()).read_to_string(&mut text).unwrap();
    let rows = text.lines().filter(|line| !line.starts_with('#'));
    Some(rows.map(|line| line.split('\t').map(str::to_owned).collect()).collect())
}

fn decimal(text: &str) -> Decimal {
    Decimal::parse(if text == "1e15" { "1000000000000000" } else { text }).unwrap()
}

/// The amount nearest to a decimal that may have more decimals than the currency, as `Intl` rounds by default.
fn nearest_amount(text: &str, minor_units: u8) -> Amount {
    let Decimal { mantissa, scale } = decimal(text);
    let numerator = i128::from(mantissa) * 10_i128.pow(u32::from(minor_units));
    Amount::from_minor(Rounding::DEFAULT.apply(numerator, 10_i128.pow(u32::from(scale))).unwrap())
}

#[test]
fn recorded_prices_are_written_alike() {
    let Some(rows) = rows("04-money/intl-oracle/currency_format.tsv.gz") else { return };
    let (mut passed, mut left_out, mut failed) = (0, BTreeMap::new(), Vec::new());
    for row in &rows {
        let [locale, currency, option, amount, expected] = row.as_slice() else { panic!("{row:?}") };
        let Some(options) = options(option) else {
            *left_out.entry(option.as_str()).or_insert(0) += 1;
            continue;
        };
        let format = cldr::currency_format_with(locale, currency, options).unwrap();
        let mut written = String::new();
        let amount_shown = if options.fraction == Fraction::Rounded {
            // The recorded row rounds the exact number once, not its nearest minor unit.
            Amount::from_minor(nearest_amount(amount, 0).minor * 10_i64.pow(u32::from(format.minor_units)))
        } else {
            nearest_amount(amount, format.minor_units)
        };
        format.write(amount_shown, &mut written);
        if written == *expected {
            passed += 1;
        } else {
            failed.push(format!("{locale} {currency} {option:?} {amount}: {written:?}, Intl {expected:?}"));
        }
    }
    println!("{passed} of {} recorded prices alike", rows.len());
    for (option, reason) in NOT_SUPPORTED {
        println!("left out: {option}, {} rows: {reason}", left_out.remove(option).unwrap_or(0));
    }
    assert!(left_out.is_empty(), "options without a reason: {left_out:?}");
    assert!(failed.is_empty(), "{} differ:\n{}", failed.len(), failed[..failed.len().min(40)].join("\n"));
}

#[test]
fn recorded_numbers_and_percentages_are_written_alike() {
    let Some(rows) = rows("04-money/intl-oracle/number_format.tsv.gz") else { return };
    let mut failed = Vec::new();
    for row in &rows {
        let [locale, style, amount, expected] = row.as_slice() else { panic!("{row:?}") };
        let format = match style.as_str() {
            "decimal" => cldr::decimal_format(locale, 3),
            "percent" => cldr::percent_format(locale, 1),
            _ => panic!("{style}"),
        };
        let mut written = String::new();
        format.unwrap().write(decimal(amount), &mut written);
        if written != *expected {
            failed.push(format!("{locale} {style} {amount}: {written:?}, Intl {expected:?}"));
        }
    }
    println!("{} of {} recorded numbers alike", rows.len() - failed.len(), rows.len());
    assert!(failed.is_empty(), "{} differ:\n{}", failed.len(), failed.join("\n"));
}

const NODE_FORMATTER: &str = r#"
const options = {
  "": {}, code: { currencyDisplay: "code" }, narrow: { currencyDisplay: "narrowSymbol" },
  accounting: { currencySign: "accounting" }, strip: { trailingZeroDisplay: "stripIfInteger" },
};
module.exports = (line) => {
  const [locale, currency, option, ...amounts] = line.split("\t");
  const format = new Intl.NumberFormat(locale, { style: "currency", currency, ...options[option] });
  return amounts.map((amount) => format.format(amount)).join("\t");
};
"#;

/// One request to Node, with our own answers.
struct Case {
    name: String,
    amounts: Vec<String>,
    written: Vec<String>,
}

fn case(locale: &str, currency: &str, option: &str, minors: &[i64]) -> Case {
    let format = cldr::currency_format_with(locale, currency, options(option).unwrap()).unwrap();
    let (mut amounts, mut written) = (Vec::new(), Vec::new());
    for minor in minors {
        let amount = Amount::from_minor(*minor);
        let (mut plain, mut formatted) = (String::new(), String::new());
        amount.write_plain(format.minor_units, &mut plain);
        format.write(amount, &mut formatted);
        amounts.push(plain);
        written.push(formatted);
    }
    Case { name: format!("{locale}\t{currency}\t{option}"), amounts, written }
}

/// Locales in which Node differs, with the reason. (Node 20: ICU 78 with CLDR 48.0; the tables: CLDR 48.2.)
const KNOWN: [(&str, &str); 3] = [
    (
        "en-BE en-DE en-EE en-ES en-FI en-FR en-IT en-LT en-LV en-NL en-PT en-SI en-SK",
        "ICU gives every currency the pattern that en-150 has for the place's own, the euro",
    ),
    ("pt-CV", "ICU gives every currency the decimal sign of the place's own, `$` of the escudo"),
    ("sr-Cyrl-ME", "CLDR 48.2 has the Cyrillic symbol of BAM, Node the Latin one of sr-ME"),
];

/// Node's answer as CLDR 48.2 has it: it groups with an apostrophe in `fr-CH`, 48.0 with U+202F.
fn as_in_48_2(name: &str, answer: String) -> String {
    if !name.starts_with("fr-CH\t") {
        return answer;
    }
    // Not the one in `F CFA`.
    let mut previous = ' ';
    let renewed = answer.chars().map(|c| {
        let is_group = c == '\u{202f}' && previous.is_ascii_digit();
        previous = c;
        if is_group { '\'' } else { c }
    });
    renewed.collect()
}

/// The first difference of each case from Node's answers, or `None` without Node.
fn differences(cases: impl Iterator<Item = Case>) -> Option<Vec<String>> {
    let mut node = Node::start(NODE_FORMATTER)?;
    let (mut found, mut pairs, mut compared) = (Vec::new(), 0_usize, 0_usize);
    for case in cases {
        let answer = as_in_48_2(&case.name, node.ask(&format!("{}\t{}", case.name, case.amounts.join("\t"))));
        let expected: Vec<_> = answer.split('\t').collect();
        assert_eq!(expected.len(), case.written.len(), "{}", case.name);
        pairs += 1;
        compared += expected.len();
        let both = expected.iter().zip(&case.written).zip(&case.amounts);
        if let Some(((expected, written), amount)) = both.into_iter().find(|((left, right), _)| left != right)
        {
            found.push(format!("{} {amount}: {written:?}, Intl {expected:?}", case.name.replace('\t', " ")));
        }
    }
    println!("{compared} prices of {pairs} combinations of locale, currency and option compared");
    Some(found)
}

fn check(cases: impl Iterator<Item = Case>) {
    let Some(found) = differences(cases) else { return };
    let mut known = BTreeMap::new();
    let mut unknown = Vec::new();
    for difference in &found {
        let locale = difference.split(' ').next().unwrap();
        match KNOWN.iter().find(|(locales, _)| locales.split(' ').any(|known| known == locale)) {
            Some((locales, reason)) => {
                known.entry((locales, reason)).or_insert_with(Vec::new).push(difference)
            }
            None => unknown.push(difference.as_str()),
        }
    }
    for ((locales, reason), differences) in known {
        println!(
            "known, {} combinations of {locales}: {reason}; first: {}",
            differences.len(),
            differences[0]
        );
    }
    assert!(unknown.is_empty(), "{} differ:\n{}", unknown.len(), unknown[..unknown.len().min(60)].join("\n"));
}

/// Amounts of every length up to 15 digits, both signs.
struct Amounts(u64);

impl Amounts {
    fn next(&mut self) -> i64 {
        // splitmix64
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        let digits = u32::try_from(z & 0xff).unwrap() % 15 + 1;
        let magnitude = i64::try_from(z >> 16).unwrap() % 10_i64.pow(digits);
        if z & 0x300 == 0 { -magnitude } else { magnitude }
    }
}

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

/// Locales and currencies that the material names.
fn configured() -> Option<(Vec<String>, BTreeSet<String>)> {
    let locales = footlight_tests::material::find("04-money/cldr-48.2/main")?;
    let locales = std::fs::read_dir(locales).unwrap();
    let mut locales: Vec<_> =
        locales.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    locales.sort();
    let currencies =
        rows("04-money/intl-oracle/currency_format.tsv.gz")?.into_iter().map(|row| row[1].clone());
    Some((locales, currencies.collect()))
}

/// `FOOTLIGHT_AMOUNTS_PER_PAIR=10000` takes some minutes.
#[test]
fn random_amounts_are_written_as_node_does_for_every_configured_pair() {
    let Some((locales, currencies)) = configured() else { return };
    let (seed, per_pair) = (setting("FOOTLIGHT_SEED", 48), setting("FOOTLIGHT_AMOUNTS_PER_PAIR", 12));
    println!("seed {seed}, {} locales, {} currencies", locales.len(), currencies.len());
    let mut amounts = Amounts(seed);
    let pairs = locales.iter().flat_map(|locale| currencies.iter().map(move |currency| (locale, currency)));
    check(pairs.map(|(locale, currency)| {
        let minors: Vec<_> = (0..per_pair).map(|_| amounts.next()).chain([0, 100_000, -1_000_000]).collect();
        case(locale, currency, "", &minors)
    }));
}

#[test]
fn every_locale_and_currency_of_the_tables_is_written_as_node_does() {
    let currencies = cldr::currencies();
    let combinations = cldr::locales().into_iter().flat_map(|locale| {
        let all = currencies.iter().map(move |currency| (locale, *currency, ""));
        let options = ["code", "narrow", "accounting", "strip"].into_iter().flat_map(move |option| {
            ["EUR", "USD", "CHF", "JPY"].into_iter().map(move |currency| (locale, currency, option))
        });
        all.chain(options)
    });
    check(
        combinations
            .map(|(locale, currency, option)| case(locale, currency, option, &[1_234_567, -1_234_500])),
    );
}
