//! A User-Agent of each class, to preview with.

/// A User-Agent that [`super::Device::detect`] finds to be of the class with this name.
#[must_use]
pub fn example_user_agent(class: &str) -> Option<&'static str> {
    Some(match class {
        "phone" => "Mozilla/5.0 (Linux; Android 10; K) Chrome/130.0.0.0 Mobile Safari/537.36",
        "tablet" => "Mozilla/5.0 (Linux; Android 10; K) Chrome/130.0.0.0 Safari/537.36",
        "desktop" => "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0.0.0 Safari/537.36",
        "bot" => "Googlebot/2.1",
        "other" => "Mozilla/5.0",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Class, ClientHints, Device};
    use super::*;

    #[test]
    fn an_example_is_of_its_class() {
        for class in [Class::Phone, Class::Tablet, Class::Desktop, Class::Bot, Class::Other] {
            let agent = example_user_agent(class.name()).unwrap();
            assert_eq!(Device::detect(agent, &ClientHints::default()).class, class);
        }
        assert_eq!(example_user_agent("toaster"), None);
    }
}
