//! The search engines, social networks and mailboxes that are known.
//!
//! A compact list of what sends visitors to shops today; what is not listed is an ordinary link. Large sites have a
//! name under many top-level domains and are listed by that name; short or common words are listed with their domain.

use crate::ascii::{cut, cut_last, pieces};
use crate::hash::{Words, find_word, fnv1a_folded, with_word};

use super::referrer::ReferrerClass::{self, Ads, Email, Search, Social};

/// The class of a host such as `www.google.co.uk`, or of a campaign source such as `google`. Case does not matter.
pub(super) fn class(host: &str) -> Option<ReferrerClass> {
    let mut suffix = host;
    loop {
        if let Some(class) = look_up(&DOMAIN_HASHES, suffix) {
            return Some(class);
        }
        match cut(suffix, b'.') {
            Some((_, shorter)) => suffix = shorter,
            None => break,
        }
    }
    let (front, name) = front_and_name(host);
    if pieces(front, b'.').any(is_mailbox) {
        return Some(Email);
    }
    look_up(&NAME_HASHES, name)
}

/// `mail` of `mail.google.com`: webmail has the same name everywhere.
fn is_mailbox(label: &str) -> bool {
    ["mail", "webmail", "email", "outlook"].iter().any(|name| label.eq_ignore_ascii_case(name))
}

/// `www.google.co.uk` as `www` and `google`. Second-level domains such as `co.uk` are told by their length.
fn front_and_name(host: &str) -> (&str, &str) {
    let Some((rest, top)) = cut_last(host, b'.') else { return ("", host) };
    let rest = match cut_last(rest, b'.') {
        Some((registrable, second)) if top.len() == 2 && second.len() <= 3 => registrable,
        _ => rest,
    };
    cut_last(rest, b'.').unwrap_or(("", rest))
}

fn look_up(table: &[u32], name: &str) -> Option<ReferrerClass> {
    let class = find_word(table, fnv1a_folded(name.as_bytes()))?;
    [Search, Social, Email, Ads].get(class).copied()
}

static NAME_HASHES: Words<{ NAMES.len() }> = by_hash(NAMES);
static DOMAIN_HASHES: Words<{ DOMAINS.len() }> = by_hash(DOMAINS);

#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler, where a wrong index is an error")]
const fn by_hash<const N: usize>(sites: &[(&str, ReferrerClass)]) -> Words<N> {
    let mut table = [0; N];
    let mut count = 0;
    while count < N {
        let (name, class) = sites[count];
        table = with_word(table, count, fnv1a_folded(name.as_bytes()), class as u8);
        count += 1;
    }
    table
}

/// By name, under any top-level domain. Sorted.
const NAMES: &[(&str, ReferrerClass)] = &[
    ("adnxs", Ads),
    ("amazon-adsystem", Ads),
    ("ameblo", Social),
    ("aol", Search),
    ("baidu", Search),
    ("bing", Search),
    ("blogger", Social),
    ("blogspot", Social),
    ("coccoc", Search),
    ("criteo", Ads),
    ("daum", Search),
    ("deviantart", Social),
    ("discord", Social),
    ("disqus", Social),
    ("dogpile", Search),
    ("douban", Social),
    ("doubleclick", Ads),
    ("duckduckgo", Search),
    ("e-mail", Email),
    ("e_mail", Email),
    ("ecosia", Search),
    ("email", Email),
    ("eniro", Search),
    ("facebook", Social),
    ("fb", Social),
    ("flickr", Social),
    ("flipboard", Social),
    ("goodreads", Social),
    ("google", Search),
    ("googleadservices", Ads),
    ("googlesyndication", Ads),
    ("hatena", Social),
    ("hootsuite", Social),
    ("houzz", Social),
    ("ig", Social),
    ("imgur", Social),
    ("instagram", Social),
    ("kakao", Social),
    ("klaviyo", Email),
    ("linkedin", Social),
    ("livejournal", Social),
    ("lycos", Search),
    ("mailchimp", Email),
    ("mastodon", Social),
    ("meetup", Social),
    ("messenger", Social),
    ("metager", Search),
    ("mixi", Social),
    ("mojeek", Search),
    ("msn", Search),
    ("myspace", Social),
    ("naver", Search),
    ("newsletter", Email),
    ("nextdoor", Social),
    ("odnoklassniki", Social),
    ("onet", Search),
    ("outbrain", Ads),
    ("perplexity", Search),
    ("pinterest", Social),
    ("quora", Social),
    ("qwant", Search),
    ("rambler", Search),
    ("reddit", Social),
    ("renren", Social),
    ("seznam", Search),
    ("skype", Social),
    ("slack", Social),
    ("slideshare", Social),
    ("snapchat", Social),
    ("social", Social),
    ("sogou", Search),
    ("stackexchange", Social),
    ("stackoverflow", Social),
    ("startpage", Search),
    ("startsiden", Search),
    ("swisscows", Search),
    ("taboola", Ads),
    ("telegram", Social),
    ("tiktok", Social),
    ("tripadvisor", Social),
    ("trustpilot", Social),
    ("tumblr", Social),
    ("twitch", Social),
    ("twitter", Social),
    ("viber", Social),
    ("vkontakte", Social),
    ("wattpad", Social),
    ("wechat", Social),
    ("weibo", Social),
    ("whatsapp", Social),
    ("wordpress", Social),
    ("xing", Social),
    ("yahoo", Search),
    ("yandex", Search),
    ("yelp", Social),
    ("youtube", Social),
    ("zalo", Social),
];

/// By domain, subdomains included, before the names. Sorted.
const DOMAINS: &[(&str, ReferrerClass)] = &[
    ("360.cn", Search),
    ("answers.yahoo.com", Social),
    ("ask.com", Search),
    ("b.hatena.ne.jp", Social),
    ("blog.naver.com", Social),
    ("bsky.app", Social),
    ("cafe.naver.com", Social),
    ("chatgpt.com", Search),
    ("com.google.android.gm", Email),
    ("com.google.android.googlequicksearchbox", Search),
    ("com.pinterest", Social),
    ("copilot.microsoft.com", Search),
    ("e.mail.ru", Email),
    ("gmx.net", Email),
    ("go.mail.ru", Search),
    ("groups.google.com", Social),
    ("ig.me", Social),
    ("kagi.com", Search),
    ("kin.naver.com", Social),
    ("line.me", Social),
    ("lnkd.in", Social),
    ("m.me", Social),
    ("medium.com", Social),
    ("news.ycombinator.com", Social),
    ("ok.ru", Social),
    ("pin.it", Social),
    ("plus.google.com", Social),
    ("qzone.qq.com", Social),
    ("redd.it", Social),
    ("search.brave.com", Search),
    ("sites.google.com", Social),
    ("so.com", Search),
    ("suche.gmx.net", Search),
    ("suche.t-online.de", Search),
    ("suche.web.de", Search),
    ("t.co", Social),
    ("t.me", Social),
    ("threads.com", Social),
    ("threads.net", Social),
    ("vk.com", Social),
    ("wa.me", Social),
    ("web.de", Email),
    ("x.com", Social),
    ("ya.ru", Search),
    ("youtu.be", Social),
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_tables_are_sorted_and_the_names_have_no_dot() {
        assert!(NAMES.is_sorted_by(|(one, _), (next, _)| one < next));
        assert!(DOMAINS.is_sorted_by(|(one, _), (next, _)| one < next));
        assert!(NAMES.iter().all(|(name, _)| !name.contains('.')));
        assert!(DOMAINS.iter().all(|(name, _)| name.contains('.')));
    }

    #[test]
    fn hosts_have_the_class_of_their_site() {
        for (host, expected) in [
            ("www.google.com", Some(Search)),
            ("google.co.uk", Some(Search)),
            ("www.google.com.br", Some(Search)),
            ("GOOGLE.DE", Some(Search)),
            ("google", Some(Search)),
            ("gemini.google.com", Some(Search)),
            ("google.shop.example", None),
            ("notgoogle.com", None),
            ("mail.google.com", Some(Email)),
            ("webmail.provider.example", Some(Email)),
            ("us-mg6.mail.yahoo.com", Some(Email)),
            ("mail.ru", None),
            ("go.mail.ru", Some(Search)),
            ("outlook.live.com", Some(Email)),
            ("3c.web.de", Some(Email)),
            ("suche.web.de", Some(Search)),
            ("l.facebook.com", Some(Social)),
            ("t.co", Some(Social)),
            ("att.co", None),
            ("x.com", Some(Social)),
            ("netflix.com", None),
            ("out.reddit.com", Some(Social)),
            ("fb.me", Some(Social)),
            ("msn.com", Some(Search)),
            ("www.youtube.com", Some(Social)),
            ("de.pinterest.com", Some(Social)),
            ("googleads.g.doubleclick.net", Some(Ads)),
            ("com.google.android.gm", Some(Email)),
            ("com.linkedin.android", Some(Social)),
            ("com.instagram.android", Some(Social)),
            ("com.reddit.frontpage", Some(Social)),
            ("newsletter", Some(Email)),
            ("shop.example", None),
            ("localhost", None),
            ("[::1]", None),
            ("", None),
            (".", None),
            ("..com", None),
        ] {
            assert_eq!(class(host), expected, "{host:?}");
        }
    }

    proptest! {
        #[test]
        fn a_subdomain_has_the_class_of_its_domain(index in 0..DOMAINS.len(), label in "[a-z]{1,9}") {
            let (domain, expected) = DOMAINS[index];
            let host = alloc::format!("{label}.{domain}");
            prop_assume!(!DOMAINS.iter().any(|(other, _)| *other == host));
            prop_assert_eq!(class(&host), Some(expected));
        }

        #[test]
        fn no_host_makes_it_panic(host in "\\PC{0,40}|[.a]{0,20}") {
            let _ = class(&host);
        }
    }
}
