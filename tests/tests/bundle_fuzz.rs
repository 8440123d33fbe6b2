//! A bundle whose bytes are not what a compiler wrote, but whose hash is right: either it is refused, or it decides
//! without a panic, explains itself, and comes to the same with the index and without.

use footlight_compiler::{Options, Sources, compile};
use footlight_core::bundle::{encode, load};
use footlight_core::decide::{Context, Engine, Scratch};
use footlight_core::notes::Notes;
use footlight_core::profile::{COOKIE_NAME, Keys, Profile, encode as encode_profile};
use footlight_core::report::Explanation;
use footlight_core::request::Request;
use footlight_tests::demo;
use hmac_sha256::Hash;
use proptest::prelude::*;
use proptest::sample::Index;

const HASH_BYTES: usize = 32;
/// Magic, version, and when it was made.
const FIXED_BYTES: usize = 14;

fn bundle() -> Vec<u8> {
    let mut sources = Sources::new();
    for (path, bytes) in demo::files() {
        sources.add(path, bytes);
    }
    let compiled = compile(&sources, Options { now_ms: demo::NOW_MS }).bundle.expect("the demo compiles");
    encode(&compiled, &[], 0).unwrap().0
}

fn hash_again(bytes: &mut [u8]) {
    let end = bytes.len() - HASH_BYTES;
    let hash = Hash::hash(&bytes[..end]);
    bytes[end..].copy_from_slice(&hash);
}

const PATHS: [&str; 9] = [
    "/",
    "/l/winter-hiking?utm_source=news&utm_medium=email&utm_campaign=winter&gclid=x",
    "/c/boots?sort=price",
    "/p/boot-alp-2",
    "/cart",
    "/checkout",
    "/thank-you?order=1",
    "/account/orders",
    "/nowhere",
];

/// Decides for visitors at every stage. What comes of it does not matter, but it must be the same both ways.
fn decide(engine: &Engine) {
    let keys = Keys::new([b"a key for this test".as_slice()]);
    let context = Context { keys: &keys, preview: None };
    let mut scratch = Scratch::default();
    let mut profile = Profile::new([7; 16], (demo::NOW_MS / 60_000) as u32 - 5_000);
    profile.visits = 4;
    profile.orders = 1;
    profile.recently_viewed = vec!["boot-alp-2".to_owned(), "tent-2".to_owned()];
    let profile = encode_profile(&profile, &keys).unwrap();
    let host = engine.bundle().site.hosts.first().cloned().unwrap_or_default();
    for path in PATHS {
        for (country, consent) in [("DE", "all"), ("CH", "all"), ("JP", "essential"), ("", "")] {
            let url = format!("https://{host}{path}");
            let cookie = format!(
                "consent={consent}; {COOKIE_NAME}={profile}; cart_items=2; cart_value=89.90; cart=2:89.90"
            );
            let mut request = Request {
                now_ms: demo::NOW_MS,
                url: &url,
                cookie: &cookie,
                user_agent: "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
                accept_language: "de-CH,de;q=0.9,en;q=0.5",
                ..Request::default()
            };
            request.geo[0] = country;
            let decision = engine.decide(&request, &context, &mut scratch);
            let mut trace = Vec::new();
            let explained = engine.explain(&request, &context, &mut scratch, &mut trace);
            assert!(Explanation::read(&explained, &trace, &Notes::default()).is_some());
            assert_eq!(decision.winners, explained.winners);
            assert_eq!(decision.edits, explained.edits);
        }
    }
}

/// Numbers that decoders and indices trip over.
const SPECIAL: [u8; 8] = [0, 1, 2, 0x7F, 0x80, 0xFE, 0xFF, 20];

#[test]
fn a_bundle_of_any_bytes_is_refused_or_decides() {
    let original = bundle();
    decide(&Engine::new(load(&original, "").unwrap().bundle));
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 1_500,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let byte = prop_oneof![any::<u8>(), proptest::sample::select(&SPECIAL[..])];
    let changes = proptest::collection::vec((any::<Index>(), byte), 1..4);
    let decided = std::cell::Cell::new(0_u32);
    runner
        .run(&changes, |changes| {
            let mut bytes = original.clone();
            let end = bytes.len() - HASH_BYTES;
            for (place, byte) in changes {
                bytes[FIXED_BYTES + place.index(end - FIXED_BYTES)] = byte;
            }
            hash_again(&mut bytes);
            if let Ok(loaded) = load(&bytes, "") {
                decided.set(decided.get() + 1);
                decide(&Engine::new(loaded.bundle));
            }
            Ok(())
        })
        .unwrap();
    println!("{} of 1,500 mutated bundles decode", decided.get());
    assert!(decided.get() > 150, "only {} mutated bundles decode, which tests too little", decided.get());
}

/// Each byte of the body by itself, a little further.
#[test]
fn no_single_step_of_a_byte_makes_it_panic() {
    let original = bundle();
    let end = original.len() - HASH_BYTES;
    // All of them would take a minute; which ones depends on the length alone.
    let stride = (end / 700).max(1);
    for place in (FIXED_BYTES..end).step_by(stride) {
        for step in [1_u8, 0xFF] {
            let mut bytes = original.clone();
            bytes[place] = bytes[place].wrapping_add(step);
            hash_again(&mut bytes);
            if let Ok(loaded) = load(&bytes, "") {
                decide(&Engine::new(loaded.bundle));
            }
        }
    }
}
