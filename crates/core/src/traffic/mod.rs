//! stub
use crate::url::*;
use alloc::borrow::Cow;
#[derive(Default)]
pub struct Utm<'a> {
    pub source: Option<Cow<'a, str>>,
    pub medium: Option<Cow<'a, str>>,
    pub campaign: Option<Cow<'a, str>>,
    pub term: Option<Cow<'a, str>>,
    pub content: Option<Cow<'a, str>>,
}
impl<'a> Utm<'a> {
    pub fn read(_: Query<'a>) -> Self {
        Self::default()
    }
}
#[derive(Clone, Copy)]
pub struct ClickId;
impl ClickId {
    pub fn find(_: Query<'_>) -> Option<Self> {
        None
    }
    pub fn name(self) -> &'static str {
        ""
    }
}
pub struct ReferrerClass;
impl ReferrerClass {
    pub fn name(&self) -> &'static str {
        ""
    }
    pub fn of<'a>(
        _: &str,
        _: &str,
        _: impl Iterator<Item = &'a str>,
        _: Option<&str>,
        _: Option<ClickId>,
    ) -> Self {
        Self
    }
}
