//! `cargo scopes`: check, generate, list and explain a service's scope policy.

fn main() {}
