//! Decides again and again, for counting instructions: `decide BUNDLE REQUESTS TIMES`.
//!
//! A request is the facts that the bundle needs, one a line, in the order of `Fact::needed`; requests end with a NUL.

use std::env;
use std::error::Error;
use std::fs;
use std::hint::black_box;

use footlight_core::bundle;
use footlight_core::decide::{Context, Engine, Scratch};
use footlight_core::fact::Fact;
use footlight_core::profile::Keys;
use footlight_core::request::Request;

/// The time and the key of `tests/bench/decide/footlight.js`.
const NOW_MS: i64 = 1_795_168_800_000;
const KEY: [u8; 32] = [7; 32];

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let mut argument = || arguments.next().ok_or("usage: decide BUNDLE REQUESTS TIMES");
    let bundle = bundle::load(&fs::read(argument()?)?, "")?.bundle;
    let packed = fs::read_to_string(argument()?)?;
    let times: usize = argument()?.parse()?;

    let facts = Fact::needed(&bundle);
    let requests: Vec<Request<'_>> = packed
        .split_terminator('\0')
        .map(|packed| {
            let mut request = Request { now_ms: NOW_MS, ..Request::default() };
            facts.iter().zip(packed.split('\n')).for_each(|(fact, value)| fact.set(&mut request, value));
            request
        })
        .collect();
    let engine = Engine::new(bundle);
    let keys = Keys::new([&KEY[..]]);
    let context = Context { keys: &keys, preview: None };
    let mut scratch = Scratch::default();
    for request in requests.iter().cycle().take(times) {
        black_box(engine.decide(request, &context, &mut scratch));
    }
    Ok(())
}
