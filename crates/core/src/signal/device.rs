//! Signals of the device.

use super::Signals;
use super::catalogue::{Cardinality, Entry, Plain, Source};
use crate::consent::Purpose;
use crate::value::{Type, Value};

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        signal: Plain::DeviceClass,
        name: "device.class",
        kind: Type::Text,
        source: Source::Request,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Few(5),
        meaning: "The class of the device.",
        values: &["phone", "tablet", "desktop", "bot", "other"],
    },
    Entry {
        signal: Plain::DeviceOs,
        name: "device.os",
        kind: Type::Text,
        source: Source::Request,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Few(8),
        meaning: "The family of the operating system.",
        values: crate::device::OS_NAMES,
    },
    Entry {
        signal: Plain::DeviceBrowser,
        name: "device.browser",
        kind: Type::Text,
        source: Source::Request,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Few(10),
        meaning: "The family of the browser.",
        values: crate::device::BROWSER_NAMES,
    },
];

pub(super) fn read<'a>(signals: &'a Signals<'a>, signal: Plain) -> Value<'a> {
    let device = signals.device();
    Value::Text(match signal {
        Plain::DeviceClass => device.class.name(),
        Plain::DeviceOs => device.os.name(),
        _ => device.browser.name(),
    })
}
