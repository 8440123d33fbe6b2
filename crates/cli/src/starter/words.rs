//! Words that addresses of shops are made of, in English, German, French and Spanish.

use footlight_core::stage::Stage;

/// What a word in a path says of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Meaning {
    pub(super) stage: Stage,
    /// Whether the next part of the path names one of them: `/p/boots`, and not `/cart/boots`.
    pub(super) takes: bool,
}

/// Folded as [`folded`] does.
const WORDS: &[(Stage, bool, &[&str])] = &[
    (
        Stage::PreEntry,
        true,
        &[
            "l",
            "lp",
            "landing",
            "landingpage",
            "landing-page",
            "campaign",
            "campaigns",
            "promo",
            "promotion",
            "promotions",
            "offer",
            "offers",
            "kampagne",
            "kampagnen",
            "aktion",
            "aktionen",
            "angebot",
            "angebote",
            "campagne",
            "offre",
            "offres",
            "campana",
            "oferta",
            "ofertas",
            "promocion",
            "promociones",
        ],
    ),
    (Stage::Homepage, false, &["home", "index", "start", "startseite", "accueil", "inicio"]),
    (
        Stage::Category,
        true,
        &[
            "c",
            "cat",
            "category",
            "categories",
            "collection",
            "collections",
            "department",
            "departments",
            "product-category",
            "catalog",
            "catalogue",
            "kategorie",
            "kategorien",
            "sortiment",
            "kollektion",
            "kollektionen",
            "warengruppe",
            "categorie",
            "rayon",
            "rayons",
            "categoria",
            "categorias",
            "coleccion",
            "colecciones",
            "departamento",
        ],
    ),
    (
        Stage::Product,
        true,
        &[
            "p",
            "pd",
            "dp",
            "product",
            "products",
            "item",
            "items",
            "sku",
            "produkt",
            "produkte",
            "artikel",
            "produit",
            "produits",
            "fiche-produit",
            "producto",
            "productos",
            "articulo",
            "articulos",
        ],
    ),
    (
        Stage::Cart,
        false,
        &[
            "cart",
            "basket",
            "bag",
            "shopping-cart",
            "shopping-bag",
            "warenkorb",
            "einkaufswagen",
            "einkaufskorb",
            "panier",
            "mon-panier",
            "carrito",
            "cesta",
        ],
    ),
    (
        Stage::Checkout,
        false,
        &[
            "checkout",
            "check-out",
            "payment",
            "billing",
            "kasse",
            "zur-kasse",
            "bezahlen",
            "zahlung",
            "caisse",
            "paiement",
            "commande",
            "pago",
            "pagar",
            "pedido",
            "tramitar-pedido",
            "finalizar-compra",
        ],
    ),
    (
        Stage::ThankYou,
        false,
        &[
            "thank-you",
            "thankyou",
            "thanks",
            "success",
            "confirmation",
            "order-confirmation",
            "order-received",
            "danke",
            "vielen-dank",
            "bestaetigung",
            "bestatigung",
            "bestellbestaetigung",
            "merci",
            "gracias",
            "confirmacion",
            "pedido-confirmado",
        ],
    ),
    (
        Stage::PostPurchase,
        true,
        &[
            "order",
            "orders",
            "my-orders",
            "order-history",
            "returns",
            "tracking",
            "track-order",
            "bestellungen",
            "meine-bestellungen",
            "retoure",
            "retouren",
            "sendungsverfolgung",
            "commandes",
            "mes-commandes",
            "retours",
            "suivi",
            "pedidos",
            "mis-pedidos",
            "devoluciones",
            "seguimiento",
        ],
    ),
    (
        Stage::PostPurchase,
        false,
        &[
            "account",
            "my-account",
            "konto",
            "mein-konto",
            "kundenkonto",
            "compte",
            "mon-compte",
            "cuenta",
            "mi-cuenta",
        ],
    ),
];

/// Endings of files, which say nothing of the page.
pub(super) const ENDINGS: &[&str] = &[".html", ".htm", ".php", ".aspx", ".jsp"];

/// What a part of a path says of the page; `has_more` when another part follows.
pub(super) fn meaning(part: &str, has_more: bool) -> Option<Meaning> {
    let word = folded(part);
    // `/p` alone may be anything.
    if word.chars().count() < 3 && !has_more {
        return None;
    }
    let (stage, takes, _) = WORDS.iter().find(|(.., words)| words.contains(&word.as_str()))?;
    // `/products` lists them.
    let stage = if *stage == Stage::Product && !has_more { Stage::Category } else { *stage };
    Some(Meaning { stage, takes: *takes })
}

/// Lower case, without accents, with `-` for `_`, without the file's ending.
fn folded(part: &str) -> String {
    let lower = part.to_lowercase();
    let stem = ENDINGS.iter().find_map(|ending| lower.strip_suffix(ending)).unwrap_or(&lower);
    let mut out = String::with_capacity(stem.len());
    for character in stem.chars() {
        match character {
            'ä' => out.push_str("ae"),
            'ö' => out.push_str("oe"),
            'ü' => out.push_str("ue"),
            'ß' => out.push_str("ss"),
            'á' | 'à' | 'â' => out.push('a'),
            'é' | 'è' | 'ê' | 'ë' => out.push('e'),
            'í' | 'î' | 'ï' => out.push('i'),
            'ó' | 'ô' => out.push('o'),
            'ú' | 'ù' | 'û' => out.push('u'),
            'ç' => out.push('c'),
            'ñ' => out.push('n'),
            '_' => out.push('-'),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_four_languages_name_the_stages() {
        for (part, has_more, expected) in [
            ("p", true, Some(Stage::Product)),
            ("p", false, None),
            ("products", false, Some(Stage::Category)),
            ("Warenkorb", false, Some(Stage::Cart)),
            ("panier.html", false, Some(Stage::Cart)),
            ("cesta", false, Some(Stage::Cart)),
            ("kasse", false, Some(Stage::Checkout)),
            ("bestätigung", false, Some(Stage::ThankYou)),
            ("Catégorie", true, Some(Stage::Category)),
            ("colección", true, Some(Stage::Category)),
            ("mis_pedidos", true, Some(Stage::PostPurchase)),
            ("campaña", true, Some(Stage::PreEntry)),
            ("inicio", false, Some(Stage::Homepage)),
            ("blog", true, None),
        ] {
            assert_eq!(meaning(part, has_more).map(|meaning| meaning.stage), expected, "{part}");
        }
    }

    #[test]
    fn no_word_stands_for_two_stages() {
        let mut seen = std::collections::BTreeSet::new();
        for word in WORDS.iter().flat_map(|(.., words)| *words) {
            assert_eq!(folded(word), *word);
            assert!(seen.insert(word), "`{word}` is there twice");
        }
    }
}
