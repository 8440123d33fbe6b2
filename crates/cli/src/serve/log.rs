//! A line for each page that was served.

use footlight_core::report::Report;
use hyper::StatusCode;
use serde::Serialize;

use crate::arguments::Format;

/// What became of a page.
#[derive(Serialize)]
pub(super) struct Served<'a> {
    pub(super) status: u16,
    pub(super) path: &'a str,
    /// As in the page's `Footlight-Status`.
    pub(super) footlight: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) stage: Option<&'static str>,
    /// The slots that were filled, each with its rule.
    pub(super) slots: Vec<(&'a str, &'a str)>,
}

impl<'a> Served<'a> {
    pub(super) fn of(
        status: StatusCode,
        path: &'a str,
        footlight: &'a str,
        report: Option<&'a Report>,
    ) -> Self {
        let slots = report.map_or(&[][..], |report| &report.slots);
        Self {
            status: status.as_u16(),
            path,
            footlight: footlight.split(';').next().unwrap_or_default(),
            stage: report.and_then(|report| report.stage).map(|stage| stage.name()),
            slots: slots.iter().map(|slot| (slot.slot.as_str(), slot.rule.as_str())).collect(),
        }
    }

    /// Prints the line.
    pub(super) fn print(&self, format: Format) {
        match format {
            Format::Json => {
                if let Ok(line) = serde_json::to_string(self) {
                    anstream::println!("{line}");
                }
            }
            Format::Text => {
                let slots: Vec<String> =
                    self.slots.iter().map(|(slot, rule)| format!("{slot} {rule}")).collect();
                let what = if slots.is_empty() { self.footlight.to_owned() } else { slots.join(", ") };
                anstream::println!(
                    "  {} {:<13} {}  {what}",
                    self.status,
                    self.stage.unwrap_or("-"),
                    self.path
                );
            }
        }
    }
}
