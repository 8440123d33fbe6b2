//! Assignments over a million visitors: uniform, and independent of each other.
//!
//! Each test is Pearson's chi-square test of a hypothesis that must hold, at the significance level of 0.001: a fair hash
//! fails one test of a thousand. Visitors are numbered and the salts are fixed, so that what passes once passes always.
//! The thresholds are written down in [`threshold`].

use footlight_core::experiment::{
    Allocation, Experiment, HashVersion, Holdout, Namespace, Range, allocate, bucket, in_namespace,
};
use footlight_core::stage::Stage;
use footlight_core::texts::Texts;

const VISITORS: u32 = 1_000_000;

/// Salts as rules have them: names, years, a misspelling apart.
const SALTS: [&str; 6] =
    ["home-hero", "home-hero-2", "product-fit", "cart-upsell", "2026-11", "product-pack-litres"];

/// A visitor's id as profiles have it: 32 hexadecimal digits of random bytes, here of SplitMix64 (Steele et al., 2014).
fn visitor(number: u32) -> String {
    let mix = |seed: u64| {
        let mut z = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    };
    format!("{:016x}{:016x}", mix(2 * u64::from(number) + 1), mix(2 * u64::from(number) + 2))
}

fn visitors() -> Vec<String> {
    (0..VISITORS).map(visitor).collect()
}

/// The upper 0.001 quantile of the chi-square distribution, as tables have it.
fn threshold(degrees: usize) -> f64 {
    match degrees {
        1 => 10.828,
        3 => 16.266,
        9 => 27.877,
        81 => 126.083,
        99 => 148.230,
        _ => unreachable!("no test has {degrees} degrees of freedom"),
    }
}

/// Whether counts are those of cells that are equally probable.
fn assert_uniform(counts: &[u32], what: &str) {
    let expected = f64::from(counts.iter().sum::<u32>()) / counts.len() as f64;
    let chi: f64 = counts.iter().map(|&count| (f64::from(count) - expected).powi(2) / expected).sum();
    let most = threshold(counts.len() - 1);
    println!("{what}: chi-square {chi:.1}, at most {most:.1}, {} degrees of freedom", counts.len() - 1);
    assert!(chi < most, "{what}: chi-square {chi:.1} of {} cells, at most {most:.1}", counts.len());
}

/// Whether rows say nothing about columns.
fn assert_independent(table: &[Vec<u32>], what: &str) {
    let total = f64::from(table.iter().flatten().sum::<u32>());
    let rows: Vec<f64> = table.iter().map(|row| f64::from(row.iter().sum::<u32>())).collect();
    let columns: Vec<f64> =
        (0..table[0].len()).map(|column| table.iter().map(|row| f64::from(row[column])).sum()).collect();
    let mut chi = 0.0;
    for (row, counts) in table.iter().enumerate() {
        for (column, &count) in counts.iter().enumerate() {
            let expected = rows[row] * columns[column] / total;
            chi += (f64::from(count) - expected).powi(2) / expected;
        }
    }
    let degrees = (rows.len() - 1) * (columns.len() - 1);
    let most = threshold(degrees);
    println!("{what}: chi-square {chi:.1}, at most {most:.1}, {degrees} degrees of freedom");
    assert!(chi < most, "{what}: chi-square {chi:.1}, at most {most:.1}");
}

#[test]
fn buckets_are_uniform() {
    let visitors = visitors();
    for salt in SALTS {
        // A hundred buckets at a time, of ten thousand.
        let mut counts = vec![0; 100];
        for visitor in &visitors {
            counts[(bucket(salt, visitor, HashVersion::V2) * 100.0) as usize] += 1;
        }
        assert_uniform(&counts, salt);
    }
}

#[test]
fn shares_are_what_the_weights_say() {
    let visitors = visitors();
    let mut texts = Texts::default();
    for salt in SALTS {
        let experiment = Experiment {
            seed: texts.push(salt),
            hash_version: HashVersion::V2,
            allocations: allocate(&[0.5, 0.3, 0.2], 0.8, &[]).unwrap(),
            namespace: None,
            sticky_key: None,
        };
        let mut counts = [0_u32; 4];
        for visitor in &visitors {
            counts[experiment.assign(&texts, visitor).map_or(3, usize::from)] += 1;
        }
        let expected = [0.40, 0.24, 0.16, 0.20].map(|share| share * f64::from(VISITORS));
        let cells = counts.iter().zip(expected);
        let chi: f64 = cells.map(|(&count, expected)| (f64::from(count) - expected).powi(2) / expected).sum();
        assert!(chi < threshold(3), "{salt}: {counts:?}, chi-square {chi:.1}");
    }
}

#[test]
fn experiments_with_salts_of_their_own_are_independent() {
    let visitors = visitors();
    let tenth = |salt: &str| -> Vec<usize> {
        visitors.iter().map(|visitor| (bucket(salt, visitor, HashVersion::V2) * 10.0) as usize).collect()
    };
    let all: Vec<Vec<usize>> = SALTS.into_iter().map(tenth).collect();
    for a in 0..all.len() {
        for b in 0..a {
            let mut table = vec![vec![0; 10]; 10];
            for (row, column) in all[a].iter().zip(&all[b]) {
                table[*row][*column] += 1;
            }
            assert_independent(&table, &format!("{} and {}", SALTS[a], SALTS[b]));
        }
    }
    // With one salt they are the same split: that is what a salt of its own is for.
    let (again, diagonal) = (tenth(SALTS[0]), &all[0]);
    assert_eq!(&again, diagonal);
}

#[test]
fn holdouts_are_independent_of_experiments() {
    let visitors = visitors();
    let mut texts = Texts::default();
    let holdout =
        Holdout { seed: texts.push("holdout"), share: 0.1, stages: Stage::ALL.into_iter().collect() };
    for salt in SALTS {
        let mut table = vec![vec![0; 10]; 2];
        for visitor in &visitors {
            let row = usize::from(holdout.holds(&texts, visitor));
            table[row][(bucket(salt, visitor, HashVersion::V2) * 10.0) as usize] += 1;
        }
        assert_independent(&table, &format!("holdout and {salt}"));
    }
}

#[test]
fn parts_of_a_namespace_exclude_each_other_and_say_nothing_about_variants() {
    let mut texts = Texts::default();
    let namespace = texts.push("product-page");
    let mut experiment = |salt: &str, from: f64, to: f64| Experiment {
        seed: texts.push(salt),
        hash_version: HashVersion::V2,
        allocations: vec![
            Allocation { range: Range(0.0, 0.5), variant: 0 },
            Allocation { range: Range(0.5, 1.0), variant: 1 },
        ],
        namespace: Some(Namespace { id: namespace, range: Range(from, to) }),
        sticky_key: None,
    };
    let (first, second) = (experiment("product-fit", 0.0, 0.4), experiment("product-pack-litres", 0.4, 1.0));
    let mut counts = [[0_u32; 2]; 2];
    let mut table = vec![vec![0; 10]; 2];
    for visitor in visitors() {
        match (first.assign(&texts, &visitor), second.assign(&texts, &visitor)) {
            (Some(variant), None) => counts[0][usize::from(variant)] += 1,
            (None, Some(variant)) => counts[1][usize::from(variant)] += 1,
            both => panic!("{visitor} is in {both:?}"),
        }
        let is_in = in_namespace(&visitor, "product-page", Range(0.0, 0.4));
        table[usize::from(is_in)][(bucket("product-fit", &visitor, HashVersion::V2) * 10.0) as usize] += 1;
    }
    assert_uniform(&counts[0], "variants of the first");
    assert_uniform(&counts[1], "variants of the second");
    assert_independent(&table, "the namespace and a bucket");
}
