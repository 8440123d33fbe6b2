//! A folder of pages, as a saved or built shop is one.

use std::io;
use std::path::{Path, PathBuf};

use hyper::header::{ACCEPT_ENCODING, ALLOW, CACHE_CONTROL, CONTENT_TYPE, HeaderValue, LOCATION};
use hyper::{Method, Request, Response, StatusCode};
use mime_guess::mime;
use percent_encoding::percent_decode_str;
use tower_http::services::ServeFile;

use super::super::body::{self, Body};
use crate::failure::Failure;

/// A folder that is served.
pub(in crate::serve) struct Directory {
    /// As written, for people.
    root: PathBuf,
    /// Without links and `..`; nothing outside is served.
    real: PathBuf,
}

/// What a path names.
enum Found {
    File(PathBuf),
    /// A folder, asked for without `/` at the end.
    Folder,
    Nothing,
}

impl Directory {
    pub(super) fn open(root: PathBuf) -> Result<Self, Failure> {
        let unreadable = |error| Failure::Read { path: root.clone(), error };
        let real = root.canonicalize().map_err(unreadable)?;
        if !real.is_dir() {
            return Err(unreadable(io::Error::from(io::ErrorKind::NotADirectory)));
        }
        Ok(Self { root, real })
    }

    pub(in crate::serve) fn root(&self) -> &Path {
        &self.root
    }

    pub(super) async fn fetch(&self, mut request: Request<Body>) -> Response<Body> {
        if request.method() != Method::GET && request.method() != Method::HEAD {
            let mut response = said(StatusCode::METHOD_NOT_ALLOWED, "A folder of files takes nothing.\n");
            response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
            return response;
        }
        // There are no coded copies beside the files.
        request.headers_mut().remove(ACCEPT_ENCODING);
        let path = request.uri().path().to_owned();
        match self.find(&path) {
            Found::File(file) => self.file(&file, request).await,
            Found::Folder => {
                let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
                let mut response = said(StatusCode::MOVED_PERMANENTLY, "");
                // Two slashes at the beginning would lead to another host.
                if let Ok(location) = format!("/{}/{query}", path.trim_matches('/')).parse() {
                    response.headers_mut().insert(LOCATION, location);
                }
                response
            }
            Found::Nothing => said(StatusCode::NOT_FOUND, "There is no such file.\n"),
        }
    }

    async fn file(&self, file: &Path, request: Request<Body>) -> Response<Body> {
        let guessed = mime_guess::from_path(file).first_or_octet_stream();
        let answer = ServeFile::new_with_mime(file, &guessed).try_call(request).await;
        let Ok(response) = answer else { return said(StatusCode::NOT_FOUND, "The file cannot be read.\n") };
        let mut response = response.map(body::of);
        let headers = response.headers_mut();
        // Whoever saves a file wants to see it.
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        if guessed == mime::TEXT_HTML && is_utf8(file) {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        }
        response
    }

    /// The file that a URL's path names: itself, with `.html`, or the folder's `index.html`.
    fn find(&self, path: &str) -> Found {
        let Some(relative) = relative(path) else { return Found::Nothing };
        let wanted = self.real.join(relative);
        if path.ends_with('/') {
            return self.inside(wanted.join("index.html")).map_or(Found::Nothing, Found::File);
        }
        let mut page = wanted.clone().into_os_string();
        page.push(".html");
        match self.inside(wanted.clone()).or_else(|| self.inside(page.into())) {
            Some(file) => Found::File(file),
            None if self.inside(wanted.join("index.html")).is_some() => Found::Folder,
            None => Found::Nothing,
        }
    }

    /// The file, unless a link leads out of the folder.
    fn inside(&self, path: PathBuf) -> Option<PathBuf> {
        let real = path.canonicalize().ok()?;
        (real.is_file() && real.starts_with(&self.real)).then_some(real)
    }
}

/// The relative path of a URL's path; none for one that no file in a folder can have.
fn relative(path: &str) -> Option<PathBuf> {
    let decoded = percent_decode_str(path).decode_utf8().ok()?;
    let mut relative = PathBuf::new();
    for part in decoded.split('/').filter(|part| !part.is_empty() && *part != ".") {
        // Hidden files are nobody's pages; `..` leads out; the others mean something else to some file systems.
        if part.starts_with('.') || part.contains(['\\', '\0', ':']) {
            return None;
        }
        relative.push(part);
    }
    Some(relative)
}

/// Whether a page is UTF-8, which its file does not say; other encodings have to stand in the page.
fn is_utf8(file: &Path) -> bool {
    std::fs::read(file).is_ok_and(|bytes| std::str::from_utf8(&bytes).is_ok())
}

fn said(status: StatusCode, words: &'static str) -> Response<Body> {
    let mut response = Response::new(body::full(words));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_outside_the_folder_has_a_path() {
        for path in [
            "/../secret",
            "/%2e%2e/secret",
            "/a/..%2f..%2fsecret",
            "/..\\secret",
            "/%00",
            "/C:/x",
            "/.git/config",
        ] {
            assert_eq!(relative(path), None, "{path}");
        }
        for path in ["/%ff", "/a%c0%ae%c0%ae/"] {
            assert_eq!(relative(path), None, "{path}");
        }
        assert_eq!(relative("//a/./b%20c/%zz"), Some(PathBuf::from("a/b c/%zz")));
        assert_eq!(relative("/"), Some(PathBuf::new()));
    }
}
