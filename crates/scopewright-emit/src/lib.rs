//! `Plan` to files: one module or folder per target, a cargo feature each.
