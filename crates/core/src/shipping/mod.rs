//! stub
use serde::*;
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShippingPlan;
#[derive(Clone, Debug, PartialEq)]
pub struct Quote<'a>(pub &'a ());
