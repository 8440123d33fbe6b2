//! URLs and stage routes.
//!
//! - `parts`: an absolute URL cut into its parts.
//! - `query`: the query string as name and value pairs.
//! - `percent`: percent-decoding.
//! - `route`: a compiled route pattern and what it captures.
//! - `route_syntax`: the text form of a route pattern and its errors.

mod parts;
pub mod percent;
mod query;
mod route;
mod route_syntax;

pub use parts::Url;
pub use query::Query;
pub use route::{Captures, MAX_CAPTURES, RoutePattern};
pub use route_syntax::{RouteError, RouteErrorKind, TrailingSlash};
