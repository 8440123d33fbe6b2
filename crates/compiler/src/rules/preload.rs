//! The hint that lets a browser load a rule's image before it has read the page.

use footlight_core::template::{Piece, Template};

use crate::contents::Compiled;
use crate::program::Program;

/// A `Link` header's value (RFC 8288) for an image whose URL is the same for everybody.
pub(super) fn link(
    source: &Compiled,
    srcset: Option<&Compiled>,
    sizes: Option<&Compiled>,
    program: &Program,
) -> Option<String> {
    let mut link = format!("<{}>; rel=preload; as=image", constant(source, program)?);
    for (name, value) in [("imagesrcset", srcset), ("imagesizes", sizes)] {
        let Some(value) = value else { continue };
        let value = constant(value, program)?;
        link.push_str(&format!("; {name}=\"{value}\""));
    }
    Some(link)
}

/// The text of a template that is the same for everybody, when it can stand in a header.
fn constant(compiled: &Compiled, program: &Program) -> Option<String> {
    if !compiled.variants.is_empty() {
        return None;
    }
    let text = text_of(&compiled.default, program)?;
    let is_header_safe = text.bytes().all(|byte| (0x20..0x7f).contains(&byte) && !b"\"<>\\".contains(&byte));
    is_header_safe.then_some(text)
}

fn text_of(template: &Template, program: &Program) -> Option<String> {
    let mut text = String::new();
    for piece in &template.pieces {
        match piece {
            Piece::Literal(id) => text.push_str(program.texts.get(*id)),
            Piece::Placeholder { .. } => return None,
        }
    }
    Some(text)
}
