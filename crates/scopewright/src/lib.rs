//! What a service depends on: guards, grants, denials and the attribute macros.
