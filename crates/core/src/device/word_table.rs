//! Which words of a header tell something.

use super::words::{Mark, Marks};
use crate::hash::{Words, find_word, with_word};
/// What the word with this hash tells; `None` for one that is not listed.
pub(super) fn known(hash: u32) -> Option<Marks> {
    MARKS.get(find_word(&TABLE, hash)?).copied()
}

/// FNV-1a (Fowler, Noll and Vo) of the word that `text` begins with, in any case, and the word's length: the letters,
/// digits and `_` up to something else.
pub(super) const fn hash(text: &[u8]) -> (u32, usize) {
    let (mut hash, mut rest) = (0x811c_9dc5_u32, text);
    while let [byte, tail @ ..] = rest {
        // Of letters the lower case; digits stay, and `_` becomes another byte that is in no word.
        let folded = *byte | 0x20;
        if !folded.is_ascii_lowercase() && !byte.is_ascii_digit() && *byte != b'_' {
            break;
        }
        hash = (hash ^ folded as u32).wrapping_mul(0x0100_0193);
        rest = tail;
    }
    (hash, text.len() - rest.len())
}

const LISTS: &[(&[Mark], &[&str])] = &[
    (
        &[Mark::Bot],
        &[
            // A web address in a User-Agent is how machines say whom to ask about them.
            "http",
            "https",
            // HTTP libraries and command-line clients
            "curl",
            "wget",
            "python",
            "urllib",
            "httpx",
            "aiohttp",
            "axios",
            "undici",
            "libwww",
            "lwp",
            "httpclient",
            "okhttp",
            "guzzlehttp",
            "postmanruntime",
            "httpie",
            "scrapy",
            "nutch",
            "heritrix",
            "ruby",
            "java",
            // Remote-controlled browsers and measurements
            "headlesschrome",
            "phantomjs",
            "puppeteer",
            "playwright",
            "prerender",
            "lighthouse",
            "gtmetrix",
            "pingdom",
            "newrelicpinger",
            "pingdomtms",
            "statuscake",
            "ptst",
            "ruxitsynthetic",
            "datadogsynthetics",
            "googlehc",
            "healthchecker",
            // Search, previews, AI
            "slurp",
            "inspectiontool",
            "googleother",
            "mediapartners",
            "feedfetcher",
            "bingpreview",
            "preview",
            "ia_archiver",
            "facebookexternalhit",
            "facebookcatalog",
            "externalagent",
            "externalfetcher",
            "skypeuripreview",
            "whatsapp",
            "vkshare",
            "embedly",
            "flipboardproxy",
            "validator",
            "w3c_validator",
            "chatgpt",
            "claude",
            "anthropic",
            "perplexity",
            "cohere",
            "mistralai",
        ],
    ),
    (&[Mark::Mobile], &["mobile", "phone", "iemobile", "midp", "j2me"]),
    (&[Mark::Tablet], &["tablet", "kindle", "playbook", "touchpad"]),
    (
        &[Mark::Screen],
        &[
            "tv",
            "smarttv",
            "googletv",
            "appletv",
            "hbbtv",
            "netcast",
            "web0s",
            "webtv",
            "viera",
            "bravia",
            "roku",
            "crkey",
            "aftb",
            "afts",
            "aftt",
            "aftm",
            "playstation",
            "nintendo",
            "xbox",
        ],
    ),
    (
        &[Mark::OldPhone],
        &[
            "blackberry",
            "bb10",
            "symbian",
            "symbianos",
            "series60",
            "series40",
            "s60",
            "webos",
            "hpwos",
            "bada",
            "meego",
            "maemo",
            "kaios",
            "tizen",
            "sailfish",
            "brew",
            "wp7",
            "windowsce",
        ],
    ),
    (&[Mark::Windows], &["windows", "win98", "win95", "winnt", "win32", "win64"]),
    (&[Mark::Mac], &["macintosh", "macos", "mac_powerpc"]),
    (&[Mark::Ios, Mark::IPhone], &["iphone", "ipod"]),
    (&[Mark::Ios], &["ipad", "ios"]),
    (&[Mark::Android], &["android", "adr"]),
    (&[Mark::Linux], &["linux", "ubuntu"]),
    (&[Mark::X11], &["x11"]),
    (&[Mark::ChromeOs], &["cros"]),
    (&[Mark::Chrome], &["chrome", "chromium", "crmo"]),
    (&[Mark::Chrome, Mark::Ios], &["crios"]),
    (&[Mark::Safari], &["safari"]),
    (&[Mark::Version], &["version"]),
    (&[Mark::Firefox], &["firefox"]),
    (&[Mark::Firefox, Mark::Ios], &["fxios"]),
    (&[Mark::Edge], &["edge", "edg", "edga", "edgw"]),
    (&[Mark::Edge, Mark::Ios], &["edgios"]),
    (&[Mark::Opera], &["opera", "opr", "opios", "opt", "opx"]),
    (&[Mark::Samsung], &["samsungbrowser"]),
    (&[Mark::InternetExplorer], &["msie", "trident"]),
    (
        &[Mark::InApp],
        &[
            "wv",
            "webview",
            "fban",
            "fbav",
            "fb_iab",
            "fbios",
            "instagram",
            "micromessenger",
            "kakaotalk",
            "line",
            "snapchat",
            "pinterest",
            "twitter",
            "linkedinapp",
            "musical_ly",
            "bytedancewebview",
            "bytelocale",
            "trill",
            "tiktok",
            "gsa",
        ],
    ),
    (
        &[Mark::OtherBrowser],
        &[
            "ucbrowser",
            "ucweb",
            "ubrowser",
            "yabrowser",
            "vivaldi",
            "brave",
            "whale",
            "duckduckgo",
            "ddg",
            "miuibrowser",
            "huaweibrowser",
            "heytapbrowser",
            "vivobrowser",
            "qqbrowser",
            "mqqbrowser",
            "coc_coc_browser",
            "seamonkey",
            "palemoon",
            "konqueror",
            "maxthon",
            "puffin",
            "electron",
            "focus",
            "klar",
        ],
    ),
    (&[Mark::OtherBrowser, Mark::Android], &["silk", "oculusbrowser"]),
];

#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler, where a wrong index is an error")]
const COUNT: usize = {
    let (mut count, mut list) = (0, 0);
    while list < LISTS.len() {
        count += LISTS[list].1.len();
        list += 1;
    }
    count
};

/// All words by their hash, each with the number of its list.
#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler, where a wrong index is an error")]
static TABLE: Words<COUNT> = {
    let mut table = [0; COUNT];
    let (mut count, mut list) = (0, 0);
    while list < LISTS.len() {
        let (_, words) = LISTS[list];
        let mut word = 0;
        while word < words.len() {
            table = with_word(table, count, hash(words[word].as_bytes()).0, list as u8);
            count += 1;
            word += 1;
        }
        list += 1;
    }
    table
};

/// What the words of each list tell.
#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler, where a wrong index is an error")]
static MARKS: [Marks; LISTS.len()] = {
    let mut marks = [Marks::from_marks(&[]); LISTS.len()];
    let mut list = 0;
    while list < LISTS.len() {
        marks[list] = Marks::from_marks(LISTS[list].0);
        list += 1;
    }
    marks
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_in_every_case() {
        for (marks, words) in LISTS {
            for word in *words {
                assert_eq!(known(hash(word.as_bytes()).0), Some(Marks::from_marks(marks)), "{word}");
                assert_eq!(
                    known(hash(word.to_uppercase().as_bytes()).0),
                    Some(Marks::from_marks(marks)),
                    "{word}"
                );
            }
        }
        assert_eq!(known(hash(b"gecko").0), None);
    }
}
