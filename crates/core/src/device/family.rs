//! The families a rule can ask for: few, and each one a reason to show something else.

use serde::{Deserialize, Serialize};

/// What kind of machine asks, as far as its headers tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Device {
    /// What the page must fit.
    pub class: Class,
    /// Whose app store and payment it has.
    pub os: Os,
    /// Who shows the page.
    pub browser: Browser,
}

/// What the page must fit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum Class {
    /// A phone, a music player, an old telephone.
    Phone,
    /// A tablet or e-book reader. An iPad that asks for desktop pages cannot be told from a Mac.
    Tablet,
    /// A computer with a keyboard.
    Desktop,
    /// Not a person: crawlers, link previews, monitors, AI fetchers, HTTP libraries, remote-controlled browsers.
    Bot,
    /// Television sets, consoles, and what cannot be told.
    #[default]
    Other,
}

/// An operating system family.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum Os {
    /// Windows on a computer; not Windows Phone.
    Windows,
    /// macOS.
    MacOs,
    /// iOS and iPadOS.
    Ios,
    /// Android and what is made from it.
    Android,
    /// Linux with a desktop.
    Linux,
    /// ChromeOS.
    ChromeOs,
    /// Any other, or none named.
    #[default]
    Other,
}

/// A browser family.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum Browser {
    /// Chrome and Chromium, on iOS too.
    Chrome,
    /// Safari.
    Safari,
    /// Firefox, on iOS too.
    Firefox,
    /// Edge, old and new.
    Edge,
    /// Opera and its small editions.
    Opera,
    /// Samsung Internet.
    SamsungInternet,
    /// Internet Explorer.
    InternetExplorer,
    /// A page inside another app: Facebook, Instagram, WeChat, any web view.
    InApp,
    /// Any other, or none named.
    #[default]
    Other,
}

/// The words for all systems, in the order of [`Os`].
pub const OS_NAMES: &[&str] = &["windows", "macos", "ios", "android", "linux", "chromeos", "other"];

/// The words for all browsers, in the order of [`Browser`].
pub const BROWSER_NAMES: &[&str] = &[
    "chrome",
    "safari",
    "firefox",
    "edge",
    "opera",
    "samsung-internet",
    "internet-explorer",
    "in-app",
    "other",
];

impl Class {
    /// The word for it in rule sources and explanations.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Tablet => "tablet",
            Self::Desktop => "desktop",
            Self::Bot => "bot",
            Self::Other => "other",
        }
    }
}

impl Os {
    /// The word for it in rule sources and explanations.
    #[must_use]
    pub fn name(self) -> &'static str {
        OS_NAMES.get(self as usize).copied().unwrap_or("other")
    }
}

impl Browser {
    /// The word for it in rule sources and explanations.
    #[must_use]
    pub fn name(self) -> &'static str {
        BROWSER_NAMES.get(self as usize).copied().unwrap_or("other")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_the_order_of_the_families() {
        assert_eq!(Os::Windows.name(), "windows");
        assert_eq!(Os::ChromeOs.name(), "chromeos");
        assert_eq!((Os::Other as usize + 1, Os::Other.name()), (OS_NAMES.len(), "other"));
        assert_eq!(Browser::Chrome.name(), "chrome");
        assert_eq!(Browser::InApp.name(), "in-app");
        assert_eq!((Browser::Other as usize + 1, Browser::Other.name()), (BROWSER_NAMES.len(), "other"));
    }
}
