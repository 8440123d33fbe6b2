//! A log of a shop that never was, for measurements: `cargo run --example random_log -- LINES [ndjson|combined|logpush]`.
//! Every line in ten thousand is broken.

use std::io::{self, BufWriter, Write};

/// xorshift64*, so that every run gives the same log.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 32) % end
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len() as u64) as usize]
    }
}

const AGENTS: [&str; 5] = [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
];
const COUNTRIES: [&str; 8] = ["DE", "DE", "DE", "AT", "CH", "FR", "US", "BR"];
const LANGUAGES: [&str; 4] =
    ["de-DE,de;q=0.9,en;q=0.8", "en-US,en;q=0.9", "fr-FR,fr;q=0.9", "de-CH,de;q=0.9"];
const CATEGORIES: [&str; 5] = ["boots", "jackets", "tents", "packs", "camp"];

fn page(random: &mut Random) -> String {
    match random.below(100) {
        0..3 => format!("/l/{}", random.of(&["winter-hiking", "newsletter-november"])),
        3..20 => format!(
            "/{}",
            random.of(&["", "?utm_medium=email&utm_source=letter", "?utm_campaign=winter-hiking"])
        ),
        20..50 => format!("/c/{}{}", random.of(&CATEGORIES), random.of(&["", "", "?for=running", "?page=2"])),
        50..80 => format!("/p/{}-{}", random.of(&CATEGORIES), random.below(40)),
        80..88 => "/cart".to_owned(),
        88..92 => "/checkout".to_owned(),
        92..93 => format!("/thank-you/{}", random.below(1 << 30)),
        93..94 => format!("/orders/{}", random.below(1 << 30)),
        _ => format!("/search?q={}", random.of(&CATEGORIES)),
    }
}

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let lines: u64 = arguments.next().and_then(|lines| lines.parse().ok()).unwrap_or(100_000);
    let format = arguments.next().unwrap_or_else(|| "ndjson".to_owned());
    let visitors = (lines / 8).max(1);
    let mut random = Random(0x5EED_0FF0_0D11_6700);
    let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    for line in 0..lines {
        if line % 10_000 == 9_999 {
            writeln!(out, "{{\"at\":17951328000,\"url\":")?;
            continue;
        }
        let at_ms = 1_795_132_800_000 + line * 40;
        let visitor = random.below(visitors);
        // What is a visitor's own stays so.
        let mut own = Random(visitor.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let (agent, country, language) = (own.of(&AGENTS), own.of(&COUNTRIES), own.of(&LANGUAGES));
        let consent = own.of(&["all", "all", "all", "analytics", "essential"]);
        let address = format!("10.{}.{}.{}", visitor >> 16 & 255, visitor >> 8 & 255, visitor & 255);
        let page = page(&mut random);
        let cart = match random.below(4) {
            0 => format!("; cart_items=2; cart_value={}.90", random.below(200)),
            _ => String::new(),
        };
        match format.as_str() {
            "combined" => writeln!(
                out,
                "{address} - - [20/Nov/2026:{:02}:{:02}:{:02} +0000] \"GET {page} HTTP/2.0\" 200 48213 \"https://www.google.com/\" \"{agent}\"",
                at_ms / 3_600_000 % 24,
                at_ms / 60_000 % 60,
                at_ms / 1_000 % 60
            )?,
            "logpush" => writeln!(
                out,
                "{{\"ClientCountry\":\"{}\",\"ClientIP\":\"{address}\",\"ClientRequestHost\":\"firnwald.example\",\"ClientRequestMethod\":\"GET\",\"ClientRequestReferer\":\"https://www.google.com/\",\"ClientRequestScheme\":\"https\",\"ClientRequestURI\":\"{page}\",\"ClientRequestUserAgent\":\"{agent}\",\"Cookies\":{{\"shop_consent\":\"{consent}\"}},\"EdgeResponseContentType\":\"text/html\",\"EdgeResponseStatus\":200,\"EdgeStartTimestamp\":{},\"RequestHeaders\":{{\"accept-language\":\"{language}\"}}}}",
                country.to_ascii_lowercase(),
                at_ms * 1_000_000
            )?,
            _ => writeln!(
                out,
                "{{\"at\":{at_ms},\"url\":\"https://firnwald.example{page}\",\"visitor\":\"v{visitor}\",\"user_agent\":\"{agent}\",\"language\":\"{language}\",\"country\":\"{country}\",\"referrer\":\"https://www.google.com/\",\"cookies\":\"shop_consent={consent}{cart}\"}}"
            )?,
        }
    }
    out.flush()
}
