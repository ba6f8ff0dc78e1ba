// What the expansion names, as a generated module would provide it: types only, nothing decides here.
// Included by the tests and the doc tests of this crate as the body of `mod scopes`.

pub mod rt {
    pub mod require {
        use std::marker::PhantomData;

        pub struct Is<const SCOPE: u16>;
        pub struct All<T>(PhantomData<T>);
        pub struct Any<T>(PhantomData<T>);
        pub struct Authenticated;
        pub struct OptionalAuth;
        pub struct Refused;
        pub struct Deferred;
        pub struct Public<const REASON: u16>;
        pub struct Via<const MODE: u8, R>(PhantomData<R>);
        pub struct PerMode<M, O>(PhantomData<(M, O)>);
        pub struct Noted<R, N>(PhantomData<(R, N)>);
    }

    pub struct Guard<S, R>(std::marker::PhantomData<(S, R)>);

    impl<S, R> Guard<S, R> {
        #[allow(dead_code)]
        pub const fn for_test() -> Self {
            Self(std::marker::PhantomData)
        }
    }
}

pub type Guard<R> = rt::Guard<Scope, R>;

macro_rules! names {
    ($number:ident, $check:ident, $enumeration:ident { $($variant:ident = $name:literal,)* }) => {
        #[derive(Clone, Copy)]
        #[allow(dead_code)]
        #[repr($number)]
        pub enum $enumeration {
            $($variant,)*
        }

        #[track_caller]
        #[allow(dead_code)]
        pub const fn $check(it: $enumeration, fingerprint: u64) -> $number {
            match it {
                $($enumeration::$variant if fingerprint == scopewright_core::naming::fingerprint($name) => it as $number,)*
                _ => panic!("the policy declares no such name"),
            }
        }
    };
}

names!(u16, named, Scope {
    ReadCameras = "read:cameras",
    WriteCameras = "write:cameras",
    ReadEvents = "read:events",
    WriteEvents = "write:events",
    Admin = "admin",
});
names!(u8, named_mode, AuthMode { ApiKey = "api_key", Operator = "operator", });
names!(u16, named_reason, PublicReason { Health = "health", });
