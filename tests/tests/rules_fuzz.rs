//! Whatever is in the rules directory, the compiler says something about it and does not panic; what it lets through is a
//! bundle that loads. Mutations of the demo shop's own files, with bytes that are no text, too.

use footlight_compiler::file::encode;
use footlight_compiler::{Options, Sources, cases, compile, compile_after};
use footlight_core::bundle::{Bundle, load};
use footlight_core::notes::Notes;
use footlight_tests::demo;
use proptest::prelude::*;
use proptest::sample::Index;

/// One change of a file.
#[derive(Clone, Debug)]
enum Mutation {
    /// Some bytes are gone.
    Cut(Index, usize),
    /// A piece of any file comes in.
    Graft(Index, Index, Index, usize),
    /// Bytes come in.
    Insert(Index, Vec<u8>),
    /// A byte is another.
    Flip(Index, u8),
    /// What follows is gone.
    End(Index),
    /// A piece is there many times.
    Repeat(Index, usize, usize),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let place = any::<Index>;
    prop_oneof![
        (place(), 1..60_usize).prop_map(|(at, length)| Mutation::Cut(at, length)),
        (place(), place(), place(), 1..200_usize)
            .prop_map(|(at, file, from, length)| Mutation::Graft(at, file, from, length)),
        (place(), proptest::collection::vec(any::<u8>(), 1..12))
            .prop_map(|(at, bytes)| Mutation::Insert(at, bytes)),
        (place(), any::<u8>()).prop_map(|(at, byte)| Mutation::Flip(at, byte)),
        place().prop_map(Mutation::End),
        (place(), 1..8_usize, 2..2_000_usize)
            .prop_map(|(at, length, times)| Mutation::Repeat(at, length, times)),
    ]
}

fn mutate(bytes: &mut Vec<u8>, mutation: &Mutation, files: &[(String, Vec<u8>)]) {
    let place = |at: &Index, length: usize| if length == 0 { 0 } else { at.index(length) };
    match mutation {
        Mutation::Cut(at, length) => {
            let at = place(at, bytes.len());
            bytes.drain(at..(at + length).min(bytes.len()));
        }
        Mutation::Graft(at, file, from, length) => {
            let (_, other) = &files[file.index(files.len())];
            let from = place(from, other.len());
            let piece = &other[from..(from + length).min(other.len())];
            let at = place(at, bytes.len());
            bytes.splice(at..at, piece.iter().copied());
        }
        Mutation::Insert(at, inserted) => {
            let at = place(at, bytes.len());
            bytes.splice(at..at, inserted.iter().copied());
        }
        Mutation::Flip(at, byte) => {
            let at = place(at, bytes.len());
            if let Some(place) = bytes.get_mut(at) {
                *place = *byte;
            }
        }
        Mutation::End(at) => bytes.truncate(place(at, bytes.len())),
        Mutation::Repeat(at, length, times) => {
            let at = place(at, bytes.len());
            let piece = bytes[at..(at + length).min(bytes.len())].repeat(*times);
            bytes.splice(at..at, piece);
        }
    }
}

/// Compiles, and checks what must hold of every compilation.
fn check(files: &[(String, Vec<u8>)], before: Option<(&Bundle, &Notes)>) {
    let mut sources = Sources::new();
    for (path, bytes) in files {
        sources.add(path.as_str(), bytes.clone());
    }
    let options = Options { now_ms: demo::NOW_MS };
    let compilation = match before {
        Some(before) => compile_after(before, &sources, options),
        None => compile(&sources, options),
    };
    assert_eq!(compilation.bundle.is_none(), compilation.has_errors());
    let mut all = compilation.diagnostics;
    all.extend(cases::check(&sources, compilation.bundle.as_ref(), &compilation.notes));
    for diagnostic in &all {
        for at in diagnostic.labels.iter().map(|label| label.at).chain([diagnostic.at]) {
            assert!(sources.text(at.file).get(at.span()).is_some(), "{diagnostic:?} is not in the text");
        }
    }
    if let Some(bundle) = compilation.bundle {
        let (bytes, _) =
            encode(&bundle, &compilation.notes, 0).expect("what has no errors is a sound bundle");
        assert_eq!(load(&bytes, "").expect("and loads again").bundle, bundle);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_mutation_of_the_demos_rules_makes_the_compiler_panic(
        changes in proptest::collection::vec((any::<Index>(), mutation()), 1..4),
    ) {
        let originals = demo::files();
        let mut files = originals.clone();
        for (file, mutation) in &changes {
            let file = file.index(files.len());
            mutate(&mut files[file].1, mutation, &originals);
        }
        check(&files, None);
    }

    #[test]
    fn no_bytes_make_the_compiler_panic(
        file in any::<Index>(),
        bytes in proptest::collection::vec(any::<u8>(), 0..400),
    ) {
        let mut files = demo::files();
        let file = file.index(files.len());
        files[file].1 = bytes;
        check(&files, None);
    }
}

#[test]
fn the_demo_itself_goes_through_after_itself() {
    let files = demo::files();
    let mut sources = Sources::new();
    for (path, bytes) in &files {
        sources.add(path.as_str(), bytes.clone());
    }
    let compilation = compile(&sources, Options { now_ms: demo::NOW_MS });
    check(&files, Some((&compilation.bundle.expect("the demo compiles"), &compilation.notes)));
}
