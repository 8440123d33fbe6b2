//! A listing page as shops have them, made up: the page that the rewriter is measured with.

/// About 190 KB and 4,450 tags for 220 products, with a hero, a currency and a shipping slot near the top.
pub fn listing(products: usize) -> String {
    let mut page = String::from(concat!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n",
        "<title>Tents and shelters | Ridgeline Outfitters</title>\n",
        "<link rel=\"preload\" as=\"image\" href=\"/img/hero-default.webp\">\n",
        "<link rel=\"stylesheet\" href=\"/assets/site.3f9c1.css\">\n",
        "<script>window.dataLayer = window.dataLayer || []; if (1 < 2) { dataLayer.push({page: '<b>'}); }</script>\n",
        "<style>.card{display:grid;gap:.5rem}.card>img{width:100%}</style>\n</head>\n<body class=\"page page--category\">\n",
        "<header class=\"site-header\"><nav aria-label=\"Main\"><ul class=\"menu\"><li><a href=\"/\">Home</a></li>",
        "<li><a href=\"/c/tents\">Tents</a></li><li><a href=\"/c/packs\">Packs</a></li></ul></nav>",
        "<div class=\"currency\" data-footlight-slot=\"currency\">EUR</div></header>\n",
        "<section class=\"hero\" data-footlight-slot=\"hero\"><h1>Sleep anywhere</h1><p>Tents for every season.</p>",
        "<a class=\"button\" href=\"/c/tents?sort=new\">See what is new</a></section>\n",
        "<aside data-footlight-slot=\"shipping\"><p>Free shipping from 80 euros</p></aside>\n<main>\n<ul class=\"grid\">\n",
    ));
    for product in 0..products {
        let price = 4900 + product * 37 % 30_000;
        page.push_str(&format!(
            concat!(
                "<li class=\"grid__item\"><article class=\"card card--product\" data-sku=\"RL-{sku:05}\" id=\"p{sku}\">\n",
                "  <a class=\"card__link\" href=\"/p/rl-{sku:05}?from=listing&amp;pos={product}\" title=\"Ridge {sku}\">",
                "<img class=\"card__image\" src=\"/img/p/{sku:05}-400.webp\" srcset=\"/img/p/{sku:05}-400.webp 1x, /img/p/{sku:05}-800.webp 2x\" ",
                "alt=\"Ridge {sku} tent, pitched\" loading=\"lazy\" width=\"400\" height=\"300\"></a>\n",
                "  <h2 class=\"card__title\"><a href=\"/p/rl-{sku:05}\">Ridge {sku} <em>two-person</em> tent</a></h2>\n",
                "  <p class=\"card__text\">Freestanding, three-season, {weight} g packed weight. Footprint included.</p>\n",
                "  <div class=\"card__price\"><span class=\"price\" data-price=\"{price}\">{whole}.{cents:02} \u{20ac}</span>",
                "<small>incl. VAT</small></div>\n",
                "  <button type=\"button\" class=\"button button--add\" aria-label=\"Add Ridge {sku} to cart\"><span>Add</span></button>\n",
                "</article></li>\n",
            ),
            sku = product * 7 + 100,
            product = product,
            weight = 1200 + product * 13 % 900,
            price = price,
            whole = price / 100,
            cents = price % 100,
        ));
    }
    page.push_str("</ul>\n</main>\n<footer><p>Ridgeline Outfitters</p></footer>\n</body>\n</html>\n");
    page
}
