//! Whether an item is compiled into the service: `#[cfg(..)]` with `test` off and everything else unknown.

use super::place::{self, Source};
use syn::{Attribute, Meta, Token, punctuated::Punctuated, spanned::Spanned};

/// What the `cfg` attributes of an item come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cfg {
    /// Always there.
    On,
    /// Never there in a service: tests.
    Off,
    /// There in some builds, with the conditions as they are written.
    Maybe(String),
}

impl Cfg {
    /// Whether the item is never there.
    pub fn is_off(&self) -> bool {
        *self == Self::Off
    }

    /// The condition to show.
    pub fn condition(self) -> Option<String> {
        match self {
            Self::Maybe(text) => Some(text),
            Self::On | Self::Off => None,
        }
    }
}

/// The attributes that make a test of a function if they are what their names say.
pub fn test_marks(attributes: &[Attribute]) -> Vec<crate::facts::Path> {
    let marks = attributes.iter().map(|attribute| super::path(attribute.path()));
    marks.filter(|path| matches!(path.last(), "test" | "bench" | "rstest" | "test_case")).collect()
}

/// A file, with the condition under which it is the one.
type PathUnder = (Option<String>, String);

/// The files that `#[path]` and `#[cfg_attr(.., path)]` give to a module, first to last; and whether one of them is
/// always there.
pub fn paths(attributes: &[Attribute], source: &Source<'_>) -> (Vec<PathUnder>, bool) {
    let mut found = Vec::new();
    for attribute in attributes {
        if path_of(&attribute.meta, None, source, &mut found) {
            return (found, true);
        }
    }
    (found, false)
}

/// Adds what one attribute says. Whether it always holds.
fn path_of(meta: &Meta, condition: Option<&str>, source: &Source<'_>, found: &mut Vec<PathUnder>) -> bool {
    match meta {
        Meta::NameValue(it) if it.path.is_ident("path") => {
            let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &it.value else {
                return false;
            };
            found.push((condition.map(str::to_owned), text.value()));
            condition.is_none()
        }
        Meta::List(list) if list.path.is_ident("cfg_attr") => {
            let parts = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
            let Ok(parts) = parts else { return false };
            let mut parts = parts.iter();
            let Some(predicate) = parts.next() else { return false };
            let own = match evaluate(predicate) {
                Some(true) => None,
                Some(false) => return false,
                None => Some(format!("cfg({})", source.short(place::of_span(predicate.span())))),
            };
            let both = match (condition, own) {
                (Some(around), Some(own)) => Some(format!("{around} {own}")),
                (around, own) => around.map(str::to_owned).or(own),
            };
            parts.any(|meta| path_of(meta, both.as_deref(), source, found))
        }
        _ => false,
    }
}

/// Reads the `cfg` attributes of an item.
pub fn of(attributes: &[Attribute], source: &Source<'_>) -> Cfg {
    let mut conditions = Vec::new();
    for attribute in attributes {
        if !attribute.path().is_ident("cfg") {
            continue;
        }
        let Meta::List(list) = &attribute.meta else { continue };
        let Ok(predicate) = list.parse_args::<Meta>() else { continue };
        match evaluate(&predicate) {
            Some(true) => {}
            Some(false) => return Cfg::Off,
            None => {
                let inside = source.short(place::of_span(list.delimiter.span().join()));
                conditions.push(format!("cfg{inside}"));
            }
        }
    }
    if conditions.is_empty() { Cfg::On } else { Cfg::Maybe(conditions.join(" ")) }
}

/// The truth of a predicate where it does not depend on the build.
fn evaluate(predicate: &Meta) -> Option<bool> {
    let name = predicate.path().get_ident()?.to_string();
    match (predicate, name.as_str()) {
        (Meta::Path(_), "true") => Some(true),
        (Meta::Path(_), "test" | "false") => Some(false),
        (Meta::List(list), "all" | "any" | "not") => {
            let inner = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated).ok()?;
            let values: Vec<Option<bool>> = inner.iter().map(evaluate).collect();
            let (decisive, otherwise) = if name == "any" { (true, false) } else { (false, true) };
            let joined = if values.contains(&Some(decisive)) {
                Some(decisive)
            } else if values.iter().all(Option::is_some) {
                Some(otherwise)
            } else {
                None
            };
            if name == "not" { joined.map(|value| !value) } else { joined }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(attributes: &str, expected: &Cfg) {
        let text = format!("{attributes} fn f() {{}}");
        proc_macro2::extra::invalidate_current_thread_spans();
        let function: syn::ItemFn = syn::parse_str(&text).unwrap();
        assert_eq!(of(&function.attrs, &Source::new(&text)), *expected, "{attributes}");
    }

    #[test]
    fn tests_are_off_and_features_are_conditions() {
        check("#[cfg(test)]", &Cfg::Off);
        check("#[cfg(all(test, feature = \"x\"))]", &Cfg::Off);
        check("#[tokio::test]", &Cfg::On);
        check("#[cfg(not(test))]", &Cfg::On);
        check(
            "#[cfg(any(test, feature = \"x\"))]",
            &Cfg::Maybe("cfg(any(test, feature = \"x\"))".to_owned()),
        );
        check("#[cfg(feature = \"x\")]", &Cfg::Maybe("cfg(feature = \"x\")".to_owned()));
        check("#[inline]", &Cfg::On);
    }
}
