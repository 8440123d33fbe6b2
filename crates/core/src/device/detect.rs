//! From the headers to the families.

use super::family::{Browser, Class, Device, Os};
use super::words::{Mark, Marks};
use crate::ascii::trim;

/// The User-Agent Client Hints of a request (<https://wicg.github.io/ua-client-hints/>), each as the header's text,
/// empty when not sent. Browsers send these three without being asked.
#[derive(Clone, Copy, Debug, Default)]
pub struct ClientHints<'a> {
    /// `Sec-CH-UA`: `"Chromium";v="130", "Google Chrome";v="130"`.
    pub brands: &'a str,
    /// `Sec-CH-UA-Mobile`: `?0` or `?1`.
    pub mobile: &'a str,
    /// `Sec-CH-UA-Platform`: `"Android"`.
    pub platform: &'a str,
}

impl Device {
    /// What `user_agent` and `hints` tell.
    ///
    /// A bot is one whatever else it says. Then the hints count more than the User-Agent, which asks for desktop
    /// pages with another system's name. The browser is the most special one that either names: every Chromium
    /// calls itself Chrome, too.
    #[must_use]
    pub fn detect(user_agent: &str, hints: &ClientHints<'_>) -> Self {
        let agent = Marks::of(user_agent);
        let named = agent.and(Marks::of(hints.brands));
        let os = hinted_os(hints.platform).unwrap_or_else(|| os(agent));
        let class = if named.has(Mark::Bot) {
            Class::Bot
        } else if agent.has(Mark::Screen) {
            Class::Other
        } else {
            hinted_class(hints.mobile, os).unwrap_or_else(|| class(agent))
        };
        Self { class, os, browser: browser(named) }
    }
}

fn hinted_os(platform: &str) -> Option<Os> {
    Some(match trim(platform) {
        "\"Windows\"" => Os::Windows,
        "\"macOS\"" => Os::MacOs,
        "\"iOS\"" => Os::Ios,
        "\"Android\"" => Os::Android,
        "\"Linux\"" => Os::Linux,
        "\"Chrome OS\"" | "\"Chromium OS\"" => Os::ChromeOs,
        _ => return None,
    })
}

fn hinted_class(mobile: &str, os: Os) -> Option<Class> {
    match (trim(mobile), os) {
        ("?1", _) => Some(Class::Phone),
        ("?0", Os::Android | Os::Ios) => Some(Class::Tablet),
        ("?0", Os::Windows | Os::MacOs | Os::Linux | Os::ChromeOs) => Some(Class::Desktop),
        _ => None,
    }
}

fn os(agent: Marks) -> Os {
    let is_windows_phone = agent.has(Mark::Windows) && agent.has(Mark::Mobile);
    if agent.has(Mark::OldPhone) || agent.has(Mark::Screen) || is_windows_phone {
        return Os::Other;
    }
    SYSTEMS.iter().find(|(mark, _)| agent.has(*mark)).map_or(Os::Other, |(_, os)| *os)
}

/// The mobile systems first: on a phone that asks for desktop pages, the browser's name tells more than the rest.
const SYSTEMS: &[(Mark, Os)] = &[
    (Mark::Ios, Os::Ios),
    (Mark::Android, Os::Android),
    (Mark::Windows, Os::Windows),
    (Mark::ChromeOs, Os::ChromeOs),
    (Mark::Mac, Os::MacOs),
    (Mark::Linux, Os::Linux),
];

fn class(agent: Marks) -> Class {
    let os = os(agent);
    // Windows calls every computer with a touch screen a tablet.
    if agent.has(Mark::Tablet) && os != Os::Windows {
        Class::Tablet
    } else if os == Os::Ios {
        if agent.has(Mark::IPhone) { Class::Phone } else { Class::Tablet }
    } else if agent.has(Mark::OldPhone) || agent.has(Mark::Mobile) {
        Class::Phone
    } else if os == Os::Android {
        Class::Tablet
    } else if os != Os::Other || agent.has(Mark::X11) {
        Class::Desktop
    } else {
        Class::Other
    }
}

/// The most special first: every Chromium calls itself Chrome, too.
const BROWSERS: &[(Mark, Browser)] = &[
    (Mark::InApp, Browser::InApp),
    (Mark::OtherBrowser, Browser::Other),
    (Mark::Edge, Browser::Edge),
    (Mark::Opera, Browser::Opera),
    (Mark::Samsung, Browser::SamsungInternet),
    (Mark::InternetExplorer, Browser::InternetExplorer),
    (Mark::Firefox, Browser::Firefox),
    (Mark::Chrome, Browser::Chrome),
];

fn browser(named: Marks) -> Browser {
    if let Some((_, browser)) = BROWSERS.iter().find(|(mark, _)| named.has(*mark)) {
        let is_web_view = named.has(Mark::Version) && named.has(Mark::Android);
        return if *browser == Browser::Chrome && is_web_view { Browser::InApp } else { *browser };
    }
    let is_safari = named.has(Mark::Safari) && named.has(Mark::Version);
    if is_safari && (named.has(Mark::Ios) || named.has(Mark::Mac)) {
        Browser::Safari
    } else if named.has(Mark::Ios) && named.has(Mark::Mobile) && !named.has(Mark::Safari) {
        // Safari on iOS says so; a web view inside an app does not.
        Browser::InApp
    } else {
        Browser::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CHROME_WINDOWS: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36";
    const CHROME_LINUX: &str = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36";
    const CHROME_ANDROID: &str = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36";

    #[test]
    fn user_agents_tell_the_device() {
        use {Browser as B, Class as D, Os as O};
        for (agent, class, os, browser) in [
            (CHROME_WINDOWS, D::Desktop, O::Windows, B::Chrome),
            (CHROME_LINUX, D::Desktop, O::Linux, B::Chrome),
            (CHROME_ANDROID, D::Phone, O::Android, B::Chrome),
            (
                "Mozilla/5.0 (Linux; Android 13; SM-X700) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36",
                D::Tablet,
                O::Android,
                B::Chrome,
            ),
            (
                "Mozilla/5.0 (Linux; Android 13; CUBOT X30) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36",
                D::Phone,
                O::Android,
                B::Chrome,
            ),
            (
                "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36",
                D::Desktop,
                O::ChromeOs,
                B::Chrome,
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
                D::Desktop,
                O::MacOs,
                B::Safari,
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
                D::Phone,
                O::Ios,
                B::Safari,
            ),
            (
                "Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1",
                D::Tablet,
                O::Ios,
                B::Safari,
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/130.0.0.0 Mobile/15E148 Safari/604.1",
                D::Phone,
                O::Ios,
                B::Chrome,
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/130 Version/11.1.1 Safari/605.1.15",
                D::Tablet,
                O::Ios,
                B::Chrome,
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/131.0 Mobile/15E148 Safari/605.1.15",
                D::Phone,
                O::Ios,
                B::Firefox,
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0",
                D::Desktop,
                O::Windows,
                B::Firefox,
            ),
            (
                "Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0",
                D::Phone,
                O::Android,
                B::Firefox,
            ),
            (
                "Mozilla/5.0 (Android 14; Tablet; rv:132.0) Gecko/132.0 Firefox/132.0",
                D::Tablet,
                O::Android,
                B::Firefox,
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0",
                D::Desktop,
                O::Windows,
                B::Edge,
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Safari/537.36 OPR/114.0.0.0",
                D::Desktop,
                O::Windows,
                B::Opera,
            ),
            (
                "Opera/9.80 (J2ME/MIDP; Opera Mini/7.1.32052/29.3709; U; en) Presto/2.8.119 Version/11.10",
                D::Phone,
                O::Other,
                B::Opera,
            ),
            (
                "Mozilla/5.0 (Linux; Android 14; SM-S928B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36",
                D::Phone,
                O::Android,
                B::SamsungInternet,
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko",
                D::Desktop,
                O::Windows,
                B::InternetExplorer,
            ),
            (
                "Mozilla/5.0 (Windows NT 6.3; Trident/7.0; Touch; Tablet PC 2.0; rv:11.0) like Gecko",
                D::Desktop,
                O::Windows,
                B::InternetExplorer,
            ),
            (
                "Mozilla/5.0 (Windows Phone 10.0; Android 6.0.1; Microsoft; Lumia 950) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/52.0 Mobile Safari/537.36 Edge/15.1",
                D::Phone,
                O::Other,
                B::Edge,
            ),
            (
                "Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/X; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0.0.0 Mobile Safari/537.36",
                D::Phone,
                O::Android,
                B::InApp,
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/22A3354 [FBAN/FBIOS;FBAV/487.0]",
                D::Phone,
                O::Ios,
                B::InApp,
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
                D::Phone,
                O::Ios,
                B::InApp,
            ),
            (
                "Mozilla/5.0 (Linux; Android 9; KFMAWI) AppleWebKit/537.36 (KHTML, like Gecko) Silk/120.4.1 like Chrome/120.0 Safari/537.36",
                D::Tablet,
                O::Android,
                B::Other,
            ),
            (
                "Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/94.0.4606.128 Safari/537.36 WebAppManager",
                D::Other,
                O::Other,
                B::Chrome,
            ),
            (
                "Mozilla/5.0 (PlayStation; PlayStation 5/7.20) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/15.4 Safari/605.1.15",
                D::Other,
                O::Other,
                B::Other,
            ),
            ("", D::Other, O::Other, B::Other),
            ("\u{fffd}", D::Other, O::Other, B::Other),
        ] {
            let expected = Device { class, os, browser };
            assert_eq!(Device::detect(agent, &ClientHints::default()), expected, "{agent}");
        }
    }

    #[test]
    fn bots_are_bots_whatever_they_pretend_to_be() {
        for agent in [
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            "Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 (compatible; Google-InspectionTool/1.0;)",
            "AdsBot-Google (+http://www.google.com/adsbot.html)",
            "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/116.0.1938.76 Safari/537.36",
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.1.1 Safari/605.1.15 (Applebot/0.1)",
            "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; GPTBot/1.2; +https://openai.com/gptbot",
            "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; ChatGPT-User/1.0",
            "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ClaudeBot/1.0; +claudebot@anthropic.com)",
            "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Perplexity-User/1.0)",
            "CCBot/2.0 (https://commoncrawl.org/faq/)",
            "meta-externalagent/1.1",
            "facebookexternalhit/1.1",
            "WhatsApp/2.23.20.0",
            "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/130.0.0.0 Safari/537.36",
            "Mozilla/5.0 (Linux; Android 11; moto g power (2022)) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36 Chrome-Lighthouse",
            "Mozilla/5.0+(compatible; UptimeRobot/2.0)",
            "curl/8.5.0",
            "Wget/1.21",
            "python-requests/2.31.0",
            "Go-http-client/1.1",
            "okhttp/4.12.0",
        ] {
            let hints = ClientHints { mobile: "?0", platform: "\"Windows\"", ..ClientHints::default() };
            assert_eq!(Device::detect(agent, &hints).class, Class::Bot, "{agent}");
        }
        let brands = "\"Chromium\";v=\"130\", \"HeadlessChrome\";v=\"130\", \"Not?A_Brand\";v=\"99\"";
        let hints = ClientHints { brands, ..ClientHints::default() };
        assert_eq!(Device::detect(CHROME_WINDOWS, &hints).class, Class::Bot);
    }

    #[test]
    fn client_hints_count_more_than_the_user_agent() {
        use {Browser as B, Class as D, Os as O};
        let chrome = "\"Chromium\";v=\"130\", \"Google Chrome\";v=\"130\", \"Not?A_Brand\";v=\"99\"";
        let edge = "\"Chromium\";v=\"130\", \"Microsoft Edge\";v=\"130\", \"Not?A_Brand\";v=\"99\"";
        let brave = "\"Chromium\";v=\"130\", \"Brave\";v=\"130\", \"Not?A_Brand\";v=\"99\"";
        let view = "\"Chromium\";v=\"130\", \"Android WebView\";v=\"130\"";
        for (agent, brands, mobile, platform, class, os, browser) in [
            (CHROME_ANDROID, chrome, "?1", "\"Android\"", D::Phone, O::Android, B::Chrome),
            // A phone and a tablet that ask for desktop pages
            (CHROME_LINUX, chrome, "?1", "\"Android\"", D::Phone, O::Android, B::Chrome),
            (CHROME_LINUX, chrome, "?0", "\"Android\"", D::Tablet, O::Android, B::Chrome),
            (CHROME_WINDOWS, chrome, "?0", "\"Windows\"", D::Desktop, O::Windows, B::Chrome),
            (CHROME_LINUX, chrome, "?0", "\"Chrome OS\"", D::Desktop, O::ChromeOs, B::Chrome),
            (CHROME_WINDOWS, edge, "?0", "\"Windows\"", D::Desktop, O::Windows, B::Edge),
            (CHROME_WINDOWS, brave, "?0", "\"Windows\"", D::Desktop, O::Windows, B::Other),
            (CHROME_ANDROID, view, "?1", "\"Android\"", D::Phone, O::Android, B::InApp),
            // Hints that are none
            (CHROME_WINDOWS, "", "?2", "\"Plan 9\"", D::Desktop, O::Windows, B::Chrome),
            (CHROME_ANDROID, "", "1", "", D::Phone, O::Android, B::Chrome),
            ("", chrome, "?1", "\"Android\"", D::Phone, O::Android, B::Chrome),
        ] {
            let hints = ClientHints { brands, mobile, platform };
            assert_eq!(Device::detect(agent, &hints), Device { class, os, browser }, "{agent} {hints:?}");
        }
    }

    proptest! {
        #[test]
        fn no_header_makes_it_panic(agent in "\\PC{0,80}", brands in "\\PC{0,30}", mobile in "\\PC{0,4}", platform in "\\PC{0,8}") {
            let hints = ClientHints { brands: &brands, mobile: &mobile, platform: &platform };
            prop_assert_eq!(Device::detect(&agent, &hints), Device::detect(&agent.to_ascii_uppercase(), &hints));
        }
    }
}
