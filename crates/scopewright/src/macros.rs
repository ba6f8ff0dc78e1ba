//! The macros a service and its generated code call.

/// Makes the module `scopes` out of what the build script generated. At the crate root, once, in `lib.rs` or
/// `main.rs`: the attributes refer to `crate::scopes`.
///
/// ```text
/// scopewright::include_scopes!();
/// ```
#[macro_export]
macro_rules! include_scopes {
    () => {
        /// The scopes of this service's policy, generated from `scopes.toml`: what can be granted, how callers
        /// authenticate, and what every endpoint asks for.
        #[allow(dead_code, unreachable_pub, reason = "no service needs all that is generated")]
        pub mod scopes {
            include!(concat!(env!("OUT_DIR"), "/scopewright.rs"));
        }
    };
}

/// What generated code has only if a feature of this crate is on: the build script can't see which are.
#[doc(hidden)]
#[cfg(feature = "serde")]
#[macro_export]
macro_rules! __serde_impls {
    ($($name:ident)*) => {$(
        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__deserialize_name(deserializer)
            }
        }
    )*};
}

#[doc(hidden)]
#[cfg(not(feature = "serde"))]
#[macro_export]
macro_rules! __serde_impls {
    ($($name:ident)*) => {};
}

/// The decisions at registrations, bound to one policy.
#[doc(hidden)]
#[cfg(feature = "_framework")]
#[macro_export]
macro_rules! __registration_decisions {
    () => {
        /// A handler or service that asks for these scopes: one, an array of which all are needed, or
        /// `any_of` an array.
        pub fn requires<T>(
            need: impl $crate::registration::Need<Catalogue = Scope>,
            inner: T,
        ) -> $crate::registration::Registered<Scope, T> {
            $crate::registration::requires(need, inner)
        }

        /// A handler or service that needs no credential, for a declared reason.
        pub fn public<T>(reason: PublicReason, inner: T) -> $crate::registration::Registered<Scope, T> {
            $crate::registration::public(reason, inner)
        }

        /// A handler or service that asks for a valid credential and no scope.
        pub fn authenticated<T>(inner: T) -> $crate::registration::Registered<Scope, T> {
            $crate::registration::authenticated(inner)
        }

        /// A handler or service nobody has decided about: denied for everybody. The ticket says where it will be.
        pub fn scope_todo<T>(ticket: &'static str, inner: T) -> $crate::registration::Registered<Scope, T> {
            $crate::registration::scope_todo(ticket, inner)
        }
    };
}

#[doc(hidden)]
#[cfg(not(feature = "_framework"))]
#[macro_export]
macro_rules! __registration_decisions {
    () => {};
}

/// A small generated module for this crate's own examples.
#[doc(hidden)]
#[macro_export]
macro_rules! doc_example {
    () => {
        #[allow(dead_code, unreachable_pub, reason = "no example needs all that is generated")]
        mod scopes {
            include!(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/../scopewright-emit/tests/golden/rust/cameras.rs"
            ));
        }
    };
}
