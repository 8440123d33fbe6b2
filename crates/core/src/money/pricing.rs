//! A market's prices: its price list, else the converted base price.

use super::{Amount, Conversion, MoneyError};
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
}

wire::structs! {
    PriceList { entries }
    MarketPricing { conversion, list }
}

#[cfg(test)]
mod tests {
    use super::super::{Rate, Rounding};
    use super::*;

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
}
