//! Shipping zones, methods and delivery promises.

use footlight_core::bundle::Market;
use footlight_core::money::Currency;
use footlight_core::shipping::ShippingPlan;
use footlight_core::time::TimeZone;

use crate::program::Program;
use crate::shape::Table;

/// The shipping plan, when the site declares one. Zones and methods are put into scope.
pub(super) fn read(
    table: Table<'_>,
    _base: Currency,
    _markets: &[Market],
    _zone: &TimeZone,
    program: &mut Program,
) -> Option<ShippingPlan> {
    let shipping = table.table("shipping")?;
    for zone in shipping.tables("zone") {
        program.scope.shipping_zones.extend(zone.text("id").map(|id| id.text.to_owned()));
        for method in zone.tables("method") {
            let Some(id) = method.text("id") else { continue };
            if !program.scope.shipping_methods.iter().any(|known| known == id.text) {
                program.scope.shipping_methods.push(id.text.to_owned());
            }
        }
    }
    None
}
