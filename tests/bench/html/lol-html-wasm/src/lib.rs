//! `lol_html` compiled to wasm, making the same edits as the benchmarks' rules.
//!
//! A page goes into the buffer that [`input`] gives, [`rewrite`] says how long the result is, [`output`] where it is.

use std::cell::RefCell;

use lol_html::html_content::{ContentType, Element};
use lol_html::{HtmlRewriter, Settings, element};

thread_local! {
    static BUFFERS: RefCell<(Vec<u8>, Vec<u8>)> = const { RefCell::new((Vec::new(), Vec::new())) };
}

const TEXT: &str = "For you: what a rule has put in the place of hero, as long as such a thing is";

/// Makes room for a page of `length` bytes.
#[unsafe(no_mangle)]
pub extern "C" fn input(length: usize) -> *const u8 {
    BUFFERS.with_borrow_mut(|(input, _)| {
        input.resize(length, 0);
        input.as_ptr()
    })
}

/// Where the result is.
#[unsafe(no_mangle)]
pub extern "C" fn output() -> *const u8 {
    BUFFERS.with_borrow(|(_, output)| output.as_ptr())
}

/// Rewrites the page in the input buffer: `0` three slots, `1` and every price, `2` attributes of common elements.
#[unsafe(no_mangle)]
pub extern "C" fn rewrite(edits: u32) -> usize {
    BUFFERS.with_borrow_mut(|(input, output)| {
        output.clear();
        let mut rewriter = HtmlRewriter::new(settings(edits), |chunk: &[u8]| output.extend_from_slice(chunk));
        rewriter.write(input).and_then(|()| rewriter.end()).map_or(0, |()| output.len())
    })
}

fn settings<'h>(edits: u32) -> Settings<'h, 'h> {
    let text = |element: &mut Element<'_, '_>| {
        element.set_inner_content(TEXT, ContentType::Text);
        Ok(())
    };
    let price = |element: &mut Element<'_, '_>| {
        let amount: f64 =
            element.get_attribute("data-amount").and_then(|amount| amount.parse().ok()).unwrap_or(0.0);
        element.set_inner_content(&format!("CHF {:.2}", amount * 0.9431), ContentType::Text);
        Ok(())
    };
    let attribute = |element: &mut Element<'_, '_>| Ok(element.set_attribute("data-seen", "yes")?);
    let handlers = match edits {
        0 | 1 => {
            let mut handlers = vec![
                element!(r#"[data-footlight-slot="notice"]"#, text),
                element!(r#"[data-footlight-slot="hero"]"#, text),
                element!(r#"[data-footlight-slot="currency"]"#, text),
            ];
            if edits == 1 {
                handlers.push(element!(r#"[data-footlight-slot="price"]"#, price));
            }
            handlers
        }
        _ => vec![element!("h1", attribute), element!("form", attribute), element!("footer", attribute)],
    };
    handlers.into_iter().fold(Settings::new(), Settings::append_element_content_handler)
}
