//! The attribute macros; each is a few lines over `scopewright-syntax`.
