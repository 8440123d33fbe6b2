//! stub
use alloc::string::String;
use serde::*;
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DateFormat;
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TimeZone {
    pub name: String,
}
#[derive(Clone, Copy)]
pub struct Instant;
impl Instant {
    pub fn from_unix_ms(_: i64) -> Self {
        Self
    }
}
pub struct Local {
    pub hour: u8,
    pub date: Date,
}
pub struct Date;
pub struct Weekday;
impl Weekday {
    pub fn name(self) -> &'static str {
        ""
    }
}
impl Date {
    pub fn weekday(&self) -> Weekday {
        Weekday
    }
    pub fn write_iso(&self, _: &mut String) {}
}
impl TimeZone {
    pub fn local(&self, _: Instant) -> Local {
        Local { hour: 0, date: Date }
    }
}
pub fn write_rfc3339(_: i64, _: &mut String) {}
pub fn parse_rfc3339(_: &str) -> Option<i64> {
    None
}
