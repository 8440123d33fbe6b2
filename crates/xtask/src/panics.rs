//! Panics that say nothing.
//!
//! The module's panic handler traps without looking at the message. What writes messages is dead then, but the compiler
//! cannot know: the messages' code stays, about a tenth of the module. So the functions that start a panic get the
//! trap as their body, and what only they called is removed with everything else that nobody calls.

use anyhow::{Result, ensure};
use rustc_demangle::demangle;
use walrus::{FunctionBuilder, FunctionKind, Module};

/// How the names of functions end that report a failed check of an argument and never return.
const FAILED_CHECK: &str = "::assert_failed";

/// Functions that never return, by how their demangled names begin.
const PANICS: &[&str] = &[
    "core::panicking::",
    "core::option::unwrap_failed",
    "core::option::expect_failed",
    "core::result::unwrap_failed",
    "core::slice::copy_from_slice_impl::len_mismatch_fail",
    "core::slice::index::slice_",
    "core::slice::sort::shared::smallsort::panic_on_ord_violation",
    "core::str::slice_error_fail",
    "core::cell::panic_already",
    "alloc::raw_vec::capacity_overflow",
    "alloc::raw_vec::handle_error",
    "alloc::alloc::handle_alloc_error",
];

/// Gives every function that starts a panic a trap as its body.
pub(crate) fn silence(module: &mut Module) -> Result<()> {
    let is_panic = |name: &str| {
        let name = format!("{:#}", demangle(name));
        name.ends_with(FAILED_CHECK) || PANICS.iter().any(|panic| name.starts_with(panic))
    };
    let functions = module.funcs.iter();
    let found: Vec<_> = functions
        .filter(|function| function.name.as_deref().is_some_and(is_panic))
        .map(|function| (function.id(), function.ty()))
        .collect();
    ensure!(!found.is_empty(), "no panicking function found by name: has the compiler renamed them?");
    for (id, ty) in found {
        let (parameters, results) = module.types.params_results(ty);
        let (parameters, results) = (parameters.to_vec(), results.to_vec());
        let arguments = parameters.iter().map(|&parameter| module.locals.add(parameter)).collect();
        let mut builder = FunctionBuilder::new(&mut module.types, &parameters, &results);
        builder.func_body().unreachable();
        module.funcs.get_mut(id).kind = FunctionKind::Local(builder.local_func(arguments));
    }
    Ok(())
}
