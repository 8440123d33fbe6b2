//! One page of a running shop, as a browser would ask for it.

use http_body_util::{BodyExt as _, Limited};
use hyper::Request;
use hyper::header::CONTENT_TYPE;
use url::{Position, Url};

use super::body;
use super::decoding::Coding;
use super::origin::Origin;
use crate::page_diff::PageProblem;

/// The content type and the bytes of an HTML page of at most so many.
pub(crate) fn fetch(
    url: &str,
    headers: &[(&str, &str)],
    most_bytes: u64,
) -> Result<(String, Vec<u8>), PageProblem> {
    let failed = |error: std::io::Error| PageProblem::NoAnswer(error.to_string());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
    let page = runtime.block_on(ask(url, headers, most_bytes));
    runtime.shutdown_background();
    page
}

async fn ask(url: &str, headers: &[(&str, &str)], most_bytes: u64) -> Result<(String, Vec<u8>), PageProblem> {
    let url = Url::parse(url).map_err(|error| PageProblem::NoAnswer(error.to_string()))?;
    let mut shop = url.clone();
    shop.set_path("/");
    shop.set_query(None);
    shop.set_fragment(None);
    let origin = Origin::open(shop.as_str()).map_err(|failure| PageProblem::NoAnswer(failure.to_string()))?;
    let mut request = Request::get(&url[Position::BeforePath..Position::AfterQuery]);
    for (name, value) in headers.iter().filter(|(_, value)| !value.is_empty()) {
        request = request.header(*name, *value);
    }
    let request = request.body(body::empty()).map_err(|error| PageProblem::NoAnswer(error.to_string()))?;
    // Links of the shop stay the shop's own.
    let here = origin.name();
    let response =
        origin.fetch(request, &here).await.map_err(|failure| PageProblem::NoAnswer(failure.to_string()))?;
    if response.status() != 200 {
        return Err(PageProblem::Status(response.status().as_u16()));
    }
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("");
    let kind = kind.to_owned();
    let coding = Coding::of(response.headers());
    let Some(coding) = coding.filter(|_| kind.trim_start().to_ascii_lowercase().starts_with("text/html"))
    else {
        return Err(PageProblem::NotHtml(kind));
    };
    let most = usize::try_from(most_bytes).unwrap_or(usize::MAX);
    let collected = Limited::new(coding.undo(response.into_body()), most).collect().await;
    let bytes = collected.map_err(|error| match error.downcast::<http_body_util::LengthLimitError>() {
        Ok(_) => PageProblem::TooLarge,
        Err(error) => PageProblem::NoAnswer(error.to_string()),
    })?;
    Ok((kind, bytes.to_bytes().to_vec()))
}
