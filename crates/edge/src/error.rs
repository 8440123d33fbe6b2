//! Errors as JavaScript knows them.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// The `Error` of JavaScript. (That of `js-sys` comes with 60 KB of everything else.)
    pub type Error;

    #[wasm_bindgen(constructor)]
    fn new(message: &str) -> Error;

    #[wasm_bindgen(method, setter)]
    fn set_name(this: &Error, name: &str);
}

/// An error whose `name` is for programs and whose `message` is for people.
pub(crate) fn error(name: &str, message: &str) -> Error {
    let error = Error::new(message);
    error.set_name(name);
    error
}
