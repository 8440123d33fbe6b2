//! Device families against the tables of uap-core (ua-parser).
//!
//! Its families are many and ours are few: each of ours is asked about the cases of theirs that it stands for. What
//! differs is named here with the reason, and the lists are exact.

use footlight_core::device::{Browser, Class, ClientHints, Device, Os};
use footlight_tests::material;
use yaml_rust2::{Yaml, YamlLoader};

/// Part of a User-Agent, and why ours is another family.
type Differences = &'static [(&'static str, &'static str)];

const NO_BROWSER: &str = "an app's own request, not a page view";
const BEFORE_2007: &str = "a browser from before 2007, when Safari did not name its version";
const RARE: &str = "too rare for a word of its own";
const TELEVISION: &str = "a television set; its WebKit is no Safari";
const SHORTHAND: &str = "UC Browser's shorthand without the system's name";
const WINDOWS_CE: &str = "Windows CE ran on hand-held devices, with nothing of a Windows computer";
const OTHER_NAME: &str = "it names another system, as such programs do to be served";
const BOT_SYSTEM: &str = "a bot; the system it names is taken as named";

const BROWSER_DIFFERENCES: Differences = &[
    ("CFNetwork/", NO_BROWSER),
    ("PPC Mac OS X; en-us) AppleWebKit/418", BEFORE_2007),
    ("Coast/3.1", RARE),
    ("MMS/1.0.2459.0", RARE),
    ("AppleNews/", RARE),
    ("Web0S; Linux/SmartTV", TELEVISION),
];

const OS_DIFFERENCES: Differences = &[
    ("CFNetwork/", NO_BROWSER),
    ("MacOutlook/", NO_BROWSER),
    ("Mac OS X/10.10.4", NO_BROWSER),
    ("Darwin/10.13;i386", NO_BROWSER),
    ("aws-sdk", NO_BROWSER),
    ("JUC", SHORTHAND),
    ("WindowsCE", WINDOWS_CE),
    ("Windows CE", WINDOWS_CE),
    ("Kindle/", RARE),
    ("XBLWP7", OTHER_NAME),
    ("FreeBSD/i386", OTHER_NAME),
    ("CitrixChromeApp", OTHER_NAME),
    ("AspiegelBot", BOT_SYSTEM),
];

/// Cases that uap-core calls by a browser's or an app's name, and why they are bots.
const BOTS_WITH_A_BROWSERS_NAME: Differences = &[
    ("Google Web Preview", "the fetcher of Google's link previews"),
    ("Pinterest/0.2 (+http", "Pinterest's crawler, not its app"),
];

#[test]
fn browsers_agree_with_uap_core() {
    let Some(cases) = cases("ua") else { return };
    let of_our_families =
        cases.iter().filter_map(|(agent, family)| Some((agent, family, browser_of(family)?)));
    compare("browsers", BROWSER_DIFFERENCES, of_our_families, |device| device.browser);
}

#[test]
fn operating_systems_agree_with_uap_core() {
    let Some(cases) = cases("os") else { return };
    let all = cases.iter().map(|(agent, family)| (agent, family, os_of(family)));
    compare("operating systems", OS_DIFFERENCES, all, |device| device.os);
}

#[test]
fn machines_are_bots_and_browsers_are_not() {
    let Some(cases) = cases("ua") else { return };
    let is_bot = |agent: &str| Device::detect(agent, &ClientHints::default()).class == Class::Bot;

    let machines: Vec<_> = cases.iter().filter(|(_, family)| is_machine(family)).collect();
    let missed: Vec<_> = machines.iter().filter(|(agent, _)| !is_bot(agent)).collect();
    for (agent, family) in &missed {
        println!("not seen as a bot: {family}: {agent}");
    }
    let (found, all) = (machines.len() - missed.len(), machines.len());
    println!("bots: {found} of {all} of what uap-core calls bot, spider or crawler");
    assert!(found * 100 >= all * 96, "{found} of {all}");

    let browsers: Vec<_> = cases.iter().filter(|(_, family)| browser_of(family).is_some()).collect();
    for (agent, family) in &browsers {
        let reason = BOTS_WITH_A_BROWSERS_NAME.iter().find(|(part, _)| agent.contains(part));
        assert_eq!(is_bot(agent), reason.is_some(), "{family}: {agent}");
    }
    println!("bots: none of {} browsers, but {} by name", browsers.len(), BOTS_WITH_A_BROWSERS_NAME.len());
}

fn compare<'a, T: PartialEq + std::fmt::Debug>(
    what: &str,
    named: Differences,
    cases: impl Iterator<Item = (&'a String, &'a String, T)>,
    ours: impl Fn(Device) -> T,
) {
    let (mut agreed, mut counts, mut unnamed) = (0, vec![0; named.len()], Vec::new());
    for (agent, family, expected) in cases {
        let found = ours(Device::detect(agent, &ClientHints::default()));
        if found == expected {
            agreed += 1;
        } else if let Some(index) = named.iter().position(|(part, _)| agent.contains(part)) {
            counts[index] += 1;
        } else {
            unnamed.push(format!("{family}: {found:?}: {agent}"));
        }
    }
    for ((part, reason), count) in named.iter().zip(&counts) {
        println!("difference: {count} with `{part}`: {reason}");
    }
    let differing = counts.iter().sum::<usize>();
    println!("{what}: {agreed} of {} agree, {differing} differ as named", agreed + differing + unnamed.len());
    assert!(unnamed.is_empty(), "differ without a name:\n{}", unnamed.join("\n"));
    assert!(counts.iter().all(|count| *count > 0), "a named difference is gone: {counts:?}");
}

/// uap-core has no class of machines here; their names tell.
fn is_machine(family: &str) -> bool {
    let family = family.to_lowercase();
    ["bot", "spider", "crawl"].iter().any(|part| family.contains(part))
}

fn browser_of(family: &str) -> Option<Browser> {
    Some(match family {
        "Chrome" | "Chrome Mobile" | "Chrome Mobile iOS" | "Chromium" => Browser::Chrome,
        "Safari" | "Mobile Safari" => Browser::Safari,
        "Firefox" | "Firefox Mobile" | "Firefox iOS" | "Firefox Beta" => Browser::Firefox,
        "Edge" | "Edge Mobile" => Browser::Edge,
        "Opera" | "Opera Mini" | "Opera Mobile" | "Opera Touch" | "Opera Tablet" | "Opera GX"
        | "Opera Coast" | "Opera Neon" => Browser::Opera,
        "Samsung Internet" => Browser::SamsungInternet,
        "IE" | "IE Mobile" | "IE Large Screen" => Browser::InternetExplorer,
        "Facebook"
        | "Instagram"
        | "WeChat Browser"
        | "Line"
        | "KakaoTalk"
        | "Snapchat"
        | "Pinterest"
        | "Twitter"
        | "LinkedIn"
        | "TikTok"
        | "Google"
        | "Chrome Mobile WebView"
        | "Mobile Safari UI/WKWebView" => Browser::InApp,
        _ => return None,
    })
}

fn os_of(family: &str) -> Os {
    match family {
        "iOS" => Os::Ios,
        "Windows" => Os::Windows,
        "Android" | "Kindle" => Os::Android,
        "Mac OS X" | "Mac OS" => Os::MacOs,
        "Chrome OS" => Os::ChromeOs,
        "Linux" | "Ubuntu" | "Gentoo" | "Debian" | "Red Hat" | "Mandriva" | "WeTab" => Os::Linux,
        _ => Os::Other,
    }
}

fn cases(file: &str) -> Option<Vec<(String, String)>> {
    let path = material::find(&format!("03-context/uap-core/tests/test_{file}.yaml"))?;
    let documents = YamlLoader::load_from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let text = |value: &Yaml| value.as_str().unwrap_or_default().to_owned();
    let cases = documents[0]["test_cases"].as_vec().unwrap();
    Some(cases.iter().map(|case| (text(&case["user_agent_string"]), text(&case["family"]))).collect())
}
