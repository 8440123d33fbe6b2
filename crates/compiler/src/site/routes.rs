//! Which URL is which stage.

use std::collections::HashMap;

use footlight_core::bundle::Route;
use footlight_core::stage::Stage;
use footlight_core::url::{RoutePattern, TrailingSlash};

use crate::diagnostic::site;
use crate::program::Program;
use crate::shape::Table;

/// The routes in order. Names that they capture are put into scope.
pub(super) fn read(table: Table<'_>, program: &mut Program) -> Vec<Route> {
    let mut routes = Vec::new();
    let mut known = HashMap::new();
    for route in table.tables("route") {
        let (Some(path), stage) = (route.text("path"), route.text("stage")) else { continue };
        let trailing_slash = match route.text("trailing_slash").map(|text| text.text) {
            Some("as-written") => TrailingSlash::AsWritten,
            _ => TrailingSlash::Ignored,
        };
        let pattern = match RoutePattern::parse(path.text, trailing_slash) {
            Ok(pattern) => pattern,
            Err(error) => {
                program.report(site::bad_route(path.at(error.span), error.kind));
                continue;
            }
        };
        if let Some(first) = known.insert(path.text.to_owned(), path.whole) {
            program.report(site::unreachable_route(path.whole, path.text, first));
        }
        for name in pattern.capture_names() {
            if !program.scope.captures.iter().any(|known| known == name) {
                program.scope.captures.push(name.to_owned());
            }
        }
        // `other`, and what was reported already, is no stage.
        let stage = stage.and_then(|stage| Stage::from_name(stage.text));
        routes.push(Route { pattern, stage });
    }
    routes
}
