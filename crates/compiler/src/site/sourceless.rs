//! Signals that a site never knows, because it does not say where they are.

use footlight_core::signal::Plain;

use crate::shape::Table;

/// Each with what to write in `site.toml`. What was written, but wrong, has been reported there.
pub(super) fn signals(table: Table<'_>) -> Vec<(Plain, &'static str)> {
    let mut signals = Vec::new();
    let has =
        |section: &str, key: &str| table.table(section).is_some_and(|section| section.item(key).is_some());
    let has_items = |key: &str| table.item(key).is_some_and(|item| !item.list().is_empty());
    let mut unless = |is_there: bool, declare: &'static str, all: &[Plain]| {
        if !is_there {
            signals.extend(all.iter().map(|&signal| (signal, declare)));
        }
    };
    unless(
        has("page", "category"),
        "say in site.toml where it is: `[page]`, `category = { route = \"category\" }`",
        &[Plain::PageCategory],
    );
    unless(
        has("page", "product"),
        "say in site.toml where it is: `[page]`, `product = { route = \"sku\" }`",
        &[Plain::PageProduct],
    );
    unless(
        has("page", "price"),
        "say in site.toml where it is: `[page]`, `price = { select = \"[data-price]\", attribute = \"data-price\" }`",
        &[Plain::PagePrice],
    );
    unless(
        has("page", "stock"),
        "say in site.toml where it is: `[page]`, `stock = { select = \"[data-stock]\", attribute = \"data-stock\" }`",
        &[Plain::PageStock],
    );
    unless(
        has("shop", "cart_items"),
        "say in site.toml where it is: `[shop]`, `cart_items = { cookie = \"cart_items\" }`",
        &[Plain::CartItems],
    );
    unless(
        has("shop", "cart_value"),
        "say in site.toml where it is: `[shop]`, `cart_value = { cookie = \"cart_value\" }`",
        &[Plain::CartValue, Plain::CartTotal],
    );
    unless(
        has_items("market"),
        "add a `[[market]]` to site.toml",
        &[Plain::MarketId, Plain::MarketCurrency, Plain::MarketLocale, Plain::MarketTaxLabel],
    );
    unless(
        table.item("tiers").is_some(),
        "add `[tiers]` to site.toml: `vip = \"600.00\"`",
        &[Plain::VisitorValueTier],
    );
    unless(
        table.item("shipping").is_some() && has_items("market"),
        "add `[shipping]` and a `[[market]]` to site.toml",
        &[
            Plain::ShippingZone,
            Plain::ShippingMethod,
            Plain::ShippingPrice,
            Plain::ShippingFree,
            Plain::ShippingFreeFrom,
            Plain::ShippingMissing,
            Plain::ShippingArrives,
            Plain::ShippingArrivesLatest,
            Plain::ShippingCutoffMinutes,
        ],
    );
    signals
}
