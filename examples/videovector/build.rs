//! Compiles the scope policy: an endpoint without a decision fails the build.

fn main() -> Result<(), scopewright_build::Error> {
    scopewright_build::compile()
}
