//! A market's prices: its price list, else the converted base price.

use super::{Amount, Conversion, MoneyError};
use crate::ascii::{cut, pieces};
use crate::wire;
use alloc::{string::String, vec::Vec};
use serde::{Deserialize, Serialize};

/// Prices that a market sets by hand, by product. Postcard: entries in ascending order of product id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceList {
    entries: Vec<(String, Amount)>,
}

impl PriceList {
    /// A list of `entries` in any order; of two prices for one product the first is kept.
    #[must_use]
    pub fn new(mut entries: Vec<(String, Amount)>) -> Self {
        entries.sort_by(|(left, _), (right, _)| left.cmp(right));
        entries.dedup_by(|(later, _), (earlier, _)| later == earlier);
        Self { entries }
    }

    /// The price of the product `sku`, in the market's currency.
    #[must_use]
    pub fn price(&self, sku: &str) -> Option<Amount> {
        let index = self.entries.binary_search_by(|(known, _)| known.as_str().cmp(sku)).ok()?;
        self.entries.get(index).map(|(_, amount)| *amount)
    }
}

/// How a market prices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarketPricing {
    /// What holds for products that are not in the list.
    pub conversion: Conversion,
    /// What holds before the conversion.
    pub list: PriceList,
}

impl MarketPricing {
    /// The market's price of a product with the base price `base`. An entry in the price list is taken as it is,
    /// zero included; it is not rounded.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`], as [`Conversion::convert`].
    pub fn price(&self, sku: Option<&str>, base: Amount) -> Result<Amount, MoneyError> {
        match sku.and_then(|sku| self.list.price(sku)) {
            Some(listed) => Ok(listed),
            None => self.conversion.convert(base),
        }
    }

    /// The market's amount for what a price element says: a base price such as `149.90`, which is the price of the product
    /// `sku` where the element names one, or a sum such as `2*149.90@boot-7 + 4.90`, in which each term can say how many and
    /// of which product. Every term is priced on its own, so that a total is the sum of the prices above it whatever they
    /// are rounded to.
    ///
    /// # Errors
    /// As [`Amount::parse`] for amounts and counts, and [`MoneyError::OutOfRange`].
    pub fn total(&self, terms: &str, sku: Option<&str>) -> Result<Amount, MoneyError> {
        let mut total = 0_i64;
        for term in pieces(terms, b'+') {
            let (term, sku) = match cut(term, b'@') {
                Some((term, sku)) => (term, Some(sku.trim_ascii())),
                None => (term, sku),
            };
            let (count, amount) = match cut(term, b'*') {
                Some((count, amount)) => (Amount::parse(count, 0)?.minor, amount),
                None => (1, term),
            };
            let price = self.price(sku, Amount::parse(amount, self.conversion.base_minor_units)?)?;
            let sum = price.minor.checked_mul(count).and_then(|product| total.checked_add(product));
            total = sum.ok_or(MoneyError::OutOfRange)?;
        }
        Ok(Amount::from_minor(total))
    }
}

wire::structs! {
    PriceList { entries }
    MarketPricing { conversion, list }
}

#[cfg(test)]
mod tests {
    use super::super::{Grid, Mode, Rate, Rounding};
    use super::*;
    use alloc::vec;

    #[test]
    fn the_price_list_comes_before_the_rate() {
        let amount = Amount::from_minor;
        let entries = [("tent", 19_900), ("stove", 0), ("axe", 4_950), ("tent", 1)];
        let list = PriceList::new(entries.map(|(sku, minor)| (sku.into(), amount(minor))).into());
        let rate = Rate::parse("2").unwrap();
        let conversion =
            Conversion { rate, base_minor_units: 2, market_minor_units: 2, rounding: Rounding::DEFAULT };
        let pricing = MarketPricing { conversion, list };
        assert_eq!(pricing.price(Some("tent"), amount(5)), Ok(amount(19_900)));
        assert_eq!(pricing.price(Some("stove"), amount(5)), Ok(Amount::ZERO), "a listed zero is free");
        assert_eq!(pricing.price(Some("rope"), amount(5)), Ok(amount(10)));
        assert_eq!(pricing.price(None, amount(5)), Ok(amount(10)));
    }

    #[test]
    fn survives_postcard() {
        let list = PriceList::new(alloc::vec![("tent".into(), Amount::from_minor(19_900))]);
        let conversion = Conversion {
            rate: Rate::parse("1.0842").unwrap(),
            base_minor_units: 2,
            market_minor_units: 0,
            rounding: Rounding::DEFAULT,
        };
        let pricing = MarketPricing { conversion, list };
        let bytes = postcard::to_allocvec(&pricing).unwrap();
        assert_eq!(postcard::from_bytes::<MarketPricing>(&bytes).unwrap(), pricing);
    }

    fn francs() -> MarketPricing {
        let amount = Amount::from_minor;
        let rounding = Rounding { mode: Mode::HalfUp, grid: Grid::new(5, 0).unwrap() };
        let rate = Rate::parse("0.9287").unwrap();
        let conversion = Conversion { rate, base_minor_units: 2, market_minor_units: 2, rounding };
        MarketPricing { conversion, list: PriceList::new(vec![("boot-7".into(), amount(17_600))]) }
    }

    #[test]
    fn a_sum_is_the_sum_of_its_rounded_prices() {
        let francs = francs();
        for (terms, sku, minor) in [
            ("24.90", None, 2_310),
            ("189.90", Some("boot-7"), 17_600),
            ("189.90@boot-7", None, 17_600),
            ("2*24.90", None, 4_620),
            ("2*24.90@lamp + 189.90@boot-7+4.90", None, 4_620 + 17_600 + 455),
            (" 3 * 189.90 @ boot-7 ", None, 52_800),
            ("0*24.90", None, 0),
        ] {
            assert_eq!(francs.total(terms, sku), Ok(Amount::from_minor(minor)), "{terms}");
        }
        assert_ne!(
            francs.total("49.80", None),
            francs.total("2*24.90", None),
            "twice the price is not the price of twice"
        );
    }

    #[test]
    fn what_is_no_sum_has_no_total() {
        let francs = francs();
        for terms in
            ["", "+", "24.90 +", "*24.90", "1.5*24.90", "a*24.90", "24.90*", "@boot-7", "24,90", "24.90 CHF"]
        {
            assert!(francs.total(terms, None).is_err(), "{terms:?}");
        }
        assert_eq!(francs.total("9223372036854775807*24.90", None), Err(MoneyError::OutOfRange));
        let much = "9999999999999999*1 + ".repeat(2_000) + "1";
        assert!(francs.total(&much, None).is_err());
    }
}
