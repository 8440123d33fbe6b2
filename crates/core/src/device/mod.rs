//! stub
pub const OS_NAMES: &[&str] = &[];
pub const BROWSER_NAMES: &[&str] = &[];
#[derive(Clone, Copy, PartialEq)]
pub enum Class {
    Bot,
}
impl Class {
    pub fn name(self) -> &'static str {
        ""
    }
}
#[derive(Clone, Copy)]
pub struct Device {
    pub class: Class,
    pub os: Class,
    pub browser: Class,
}
pub fn classify(_: &crate::request::Request<'_>) -> Device {
    Device { class: Class::Bot, os: Class::Bot, browser: Class::Bot }
}
pub fn example_user_agent(_: &str) -> Option<&'static str> {
    None
}
