//! Tests across the whole workspace; nothing depends on this crate.
