//! The grammar of the attributes and their expansion, on `proc_macro2`: used by the macros and by discovery.
