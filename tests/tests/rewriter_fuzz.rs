//! Random pages, rewritten as by lol_html, however they are cut.
//!
//! `FOOTLIGHT_FUZZ_SECONDS` says for how long (3 if not set), `FOOTLIGHT_FUZZ_SEED` where to begin: every case has a
//! seed of its own, which a failure names, and which alone repeats it.

mod rewriter_oracle;

use std::time::{Duration, Instant};

use rewriter_oracle::random::Random;
use rewriter_oracle::{Cuts, Job, corpus, differences, generate, ours, theirs};

#[test]
fn differences_are_as_listed() {
    for difference in differences::DIFFERENCES {
        let page = difference.page.as_bytes();
        let job = vec![(difference.selector.to_owned(), vec![(difference.edit)()])];
        let (ours, theirs) = (ours(page, &job, &vec![]), theirs(page, &job, &vec![]).page);
        assert_eq!(String::from_utf8_lossy(&ours), difference.ours, "{}", difference.reason);
        assert_eq!(String::from_utf8_lossy(&theirs), difference.theirs, "lol_html: {}", difference.reason);
    }
}

fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|value| value.parse().unwrap_or_else(|_| panic!("{name} is a number")))
}

#[test]
fn random_pages_are_rewritten_as_by_lol_html() {
    let duration = Duration::from_secs(setting("FOOTLIGHT_FUZZ_SECONDS").unwrap_or(3));
    let first = setting("FOOTLIGHT_FUZZ_SEED").unwrap_or(0);
    let real: Vec<Vec<u8>> = corpus::pages().into_iter().map(|page| page.bytes).collect();
    let (mut cases, mut compared) = (0, 0);
    let start = Instant::now();
    while start.elapsed() < duration {
        compared += u64::from(case(first + cases, &real));
        cases += 1;
    }
    println!("{cases} cases from seed {first}, {compared} of them compared with lol_html");
}

/// Whether lol_html could be compared with.
fn case(seed: u64, real: &[Vec<u8>]) -> bool {
    let mut random = Random::new(seed);
    let longest = if random.chance(20) { 400 } else { 40 };
    let length = 1 + random.below(longest);
    let mut page = match real {
        [_, ..] if random.chance(4) => generate::excerpt(&mut random, real),
        _ => generate::page(&mut random, length),
    };
    let foreign = page.windows(4).any(|word| word == b"<svg" || word == b"<mat");
    if random.chance(3) && !foreign {
        generate::mutate(&mut random, &mut page);
    }
    let job = generate::job(&mut random);
    let cuts: Vec<Cuts> = (0..3).map(|_| random.cuts(page.len(), 12)).collect();
    match compare(&page, &job, &cuts) {
        Verdict::Same => true,
        Verdict::NoOracle => false,
        Verdict::Different(_) => {
            let (page, job, cuts) = smallest(page, job, cuts);
            let Verdict::Different(how) = compare(&page, &job, &cuts) else { unreachable!() };
            panic!("seed {seed}, cut at {cuts:?}: {job:?} on\n{:?}\n{how}", String::from_utf8_lossy(&page));
        }
    }
}

enum Verdict {
    Same,
    NoOracle,
    Different(String),
}

fn compare(page: &[u8], job: &Job, cuts: &[Cuts]) -> Verdict {
    let different = |kind: &str, ours: &[u8], theirs: &[u8]| {
        let (ours, theirs) = (String::from_utf8_lossy(ours), String::from_utf8_lossy(theirs));
        Verdict::Different(format!("ours {ours:?}\n{kind} {theirs:?}"))
    };
    let whole = ours(page, job, &vec![]);
    for cuts in cuts {
        let cut = ours(page, job, cuts);
        if cut != whole {
            return different("uncut", &cut, &whole);
        }
    }
    if differences::has_missing_value(page) {
        return Verdict::NoOracle;
    }
    let expected = theirs(page, job, &vec![]);
    if expected.implied_end {
        Verdict::NoOracle
    } else if whole != expected.page {
        different("theirs", &whole, &expected.page)
    } else {
        Verdict::Same
    }
}

/// Removes what is not needed for a difference.
fn smallest(mut page: Vec<u8>, mut job: Job, mut cuts: Vec<Cuts>) -> (Vec<u8>, Job, Vec<Cuts>) {
    let fails =
        |page: &[u8], job: &Job, cuts: &[Cuts]| matches!(compare(page, job, cuts), Verdict::Different(_));
    if fails(&page, &job, &[]) {
        cuts.clear();
    }
    loop {
        let before = (page.len(), job.len(), job.iter().map(|(_, edits)| edits.len()).sum::<usize>());
        for at in (0..job.len()).rev() {
            let mut fewer = job.clone();
            fewer.remove(at);
            if fails(&page, &fewer, &cuts) {
                job = fewer;
                continue;
            }
            for edit in (0..job[at].1.len()).rev() {
                let mut fewer = job.clone();
                fewer[at].1.remove(edit);
                if fails(&page, &fewer, &cuts) {
                    job = fewer;
                }
            }
        }
        let mut length = page.len();
        while length > 0 {
            let mut at = 0;
            while at < page.len() {
                let end = (at + length).min(page.len());
                let shorter = [&page[..at], &page[end..]].concat();
                let moved: Vec<Cuts> = cuts.iter().map(|cuts| moved(cuts, at, end)).collect();
                if fails(&shorter, &job, &moved) {
                    (page, cuts) = (shorter, moved);
                } else {
                    at += length;
                }
            }
            length /= 2;
        }
        if before == (page.len(), job.len(), job.iter().map(|(_, edits)| edits.len()).sum::<usize>()) {
            return (page, job, cuts);
        }
    }
}

/// Cuts of a page from which a range was removed.
fn moved(cuts: &Cuts, start: usize, end: usize) -> Cuts {
    cuts.iter().map(|&cut| if cut >= end { cut - (end - start) } else { cut.min(start) }).collect()
}
