//! The order of a module's functions, for compression: deflate looks back 32 KB, so what is alike must stand close
//! together.

use std::collections::{BTreeSet, HashMap};
use std::convert::Infallible;

use anyhow::{Context as _, Result};
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{CodeSection, FunctionSection, Module};
use wasmparser::{CodeSectionReader, FunctionBody, FunctionSectionReader, Parser, Payload};

/// How many functions before it a function should be like.
const LOOK_BACK: usize = 8;

/// Bytes that are compared as one.
const RUN: usize = 5;

/// The same module with its functions in another order.
pub(crate) fn by_likeness(module: &[u8]) -> Result<Vec<u8>> {
    let (mut imported, mut bodies) = (0, Vec::new());
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += u32::from(matches!(import?.ty, wasmparser::TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body),
            _ => {}
        }
    }
    let order = order(&bodies);
    let mut places = vec![0; order.len()];
    for (place, &function) in order.iter().enumerate() {
        places[function] = u32::try_from(place)?;
    }
    let mut reordering = Reordering { imported, order, places, bodies };
    let mut reordered = Module::new();
    reordering
        .parse_core_module(&mut reordered, Parser::new(0), module)
        .context("the module cannot be written in another order")?;
    Ok(reordered.finish())
}

/// The functions from first to last: each is the one that is most like those before it.
fn order(bodies: &[FunctionBody<'_>]) -> Vec<usize> {
    let mut numbers = HashMap::new();
    let runs: Vec<Vec<usize>> = bodies
        .iter()
        .map(|body| {
            let runs: BTreeSet<&[u8]> = body.as_bytes().windows(RUN).collect();
            let number = |run| {
                let next = numbers.len();
                *numbers.entry(run).or_insert(next)
            };
            runs.into_iter().map(number).collect()
        })
        .collect();
    // By run: how many of the functions that are looked back at have it.
    let mut before = vec![0_usize; numbers.len()];
    let mut order: Vec<usize> = Vec::new();
    let mut left: Vec<usize> = (0..bodies.len()).collect();
    while !left.is_empty() {
        let likeness = |function: usize| {
            let shared = runs[function].iter().filter(|&&run| before[run] > 0).count();
            // What is small is like anything; it says little.
            shared as f64 / (runs[function].len() + 20) as f64
        };
        let likenesses: Vec<f64> = left.iter().map(|&function| likeness(function)).collect();
        let best = (0..left.len()).max_by(|&a, &b| likenesses[a].total_cmp(&likenesses[b]));
        let next = left.remove(best.unwrap_or_default());
        runs[next].iter().for_each(|&run| before[run] += 1);
        order.push(next);
        if let Some(&forgotten) = order.iter().nth_back(LOOK_BACK) {
            runs[forgotten].iter().for_each(|&run| before[run] -= 1);
        }
    }
    order
}

struct Reordering<'a> {
    imported: u32,
    /// The defined functions' former numbers, in their new order.
    order: Vec<usize>,
    /// The defined functions' new numbers, by their former.
    places: Vec<u32>,
    bodies: Vec<FunctionBody<'a>>,
}

impl Reencode for Reordering<'_> {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Infallible>> {
        let defined = function.checked_sub(self.imported);
        Ok(defined.map_or(function, |defined| self.imported + self.places[defined as usize]))
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        let types = section.into_iter().collect::<Result<Vec<_>, _>>()?;
        for &function in &self.order {
            functions.function(types[function]);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        _: CodeSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        for place in 0..self.order.len() {
            let body = self.bodies[self.order[place]].clone();
            self.parse_function_body(code, body)?;
        }
        Ok(())
    }
}
