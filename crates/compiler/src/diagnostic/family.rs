//! How a family registers its codes.

macro_rules! codes {
    ($($constant:ident: $severity:ident $name:literal, $why:literal;)*) => {
        $(
            static $constant: $crate::diagnostic::Code = $crate::diagnostic::Code {
                name: $name,
                severity: $crate::diagnostic::Severity::$severity,
                why: $why,
            };
        )*
        /// This family's codes.
        pub(super) static CODES: &[&$crate::diagnostic::Code] = &[$(&$constant),*];
    };
}

pub(super) use codes;
