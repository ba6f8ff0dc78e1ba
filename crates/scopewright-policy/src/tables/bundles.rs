//! `[bundles.NAME]`: scopes that are granted together.

use super::groups::Grouped;
use super::scopes::plain;
use crate::context::Context;
use crate::generated_names::GeneratedNames;
use crate::raw::{Entries, Entry, Many, Named, Text, raw_table};
use crate::scope_names::{ScopeNames, Use};
use scopewright_model::core::ScopeIndex;
use scopewright_model::policy::Bundle;
use scopewright_model::{Code, Diagnostic, Span, Spanned};

raw_table! {
    /// Scopes that are granted together.
    RawBundle {
        /// A heading for docs.
        title: Optional Text = "title", "\"Inspection submission\"";
        /// A sentence for docs.
        description: Optional Text = "description";
        /// The scopes.
        scopes: Required Many<Text> = "scopes", "[\"vehicles:read\", \"inspections:write\"]";
    }
    rules []
}

impl Named for RawBundle {
    const NAMES: &'static str = "[A-Za-z0-9]";
}

/// `[bundles.*]`, checked.
pub(crate) fn check(
    entries: Entries<RawBundle>,
    scopes: &[Grouped],
    names: &ScopeNames,
    cx: &mut Context<'_>,
) -> Vec<Bundle> {
    let mut constants = GeneratedNames::new("bundle", "rename");
    entries.0.into_iter().map(|entry| check_bundle(entry, scopes, names, &mut constants, cx)).collect()
}

fn check_bundle(
    entry: Entry<RawBundle>,
    scopes: &[Grouped],
    names: &ScopeNames,
    constants: &mut GeneratedNames,
    cx: &mut Context<'_>,
) -> Bundle {
    let Entry { name, key, span, value } = entry;
    let constant = constant_name(&name);
    if constant.is_empty() {
        let message =
            format!("no name for generated code can be made of the bundle `{}`", name.escape_debug());
        let finding = Diagnostic::new(Code::InvalidValue, message, key, "holds no ASCII letter or digit");
        cx.report(finding.help("rename it"));
    } else {
        constants.claim(&constant, &name, &key, cx);
    }
    let (title, description, members) =
        value.map(|raw| (raw.title, raw.description, raw.scopes)).unwrap_or_default();
    let members: Vec<Spanned<String>> =
        members.into_iter().flat_map(|members| members.value.0).map(plain).collect();
    let members = names.resolve_all(&members, Use::Bundled, cx);
    report_redundant(&members, scopes, cx);
    let mut indices: Vec<ScopeIndex> = members.into_iter().map(|(scope, _)| scope).collect();
    indices.sort_unstable();
    Bundle {
        title: title.map_or_else(|| name.clone(), |title| title.value.0),
        name,
        constant,
        description: description.map(|text| text.value.0),
        scopes: indices,
        span,
    }
}

/// Reports members that another member implies.
fn report_redundant(members: &[(ScopeIndex, Span)], scopes: &[Grouped], cx: &mut Context<'_>) {
    let scope = |index: ScopeIndex| scopes.get(usize::from(index.0)).map(|(scope, _)| scope);
    for (index, place) in members {
        let stronger = members.iter().filter(|(other, _)| other != index).find_map(|(other, other_place)| {
            let other = scope(*other).filter(|other| other.closure.binary_search(index).is_ok())?;
            Some((other, other_place))
        });
        let (Some((stronger, stronger_place)), Some(member)) = (stronger, scope(*index)) else { continue };
        let message = format!("`{}` comes with `{}` already", member.name, stronger.name);
        let finding = Diagnostic::new(
            Code::RedundantBundleMember,
            message,
            place.clone(),
            "adds nothing to the bundle",
        )
        .also(stronger_place.clone(), format!("implies `{}`", member.name))
        .help(format!("leave `{}` out of the bundle", member.name));
        cx.report(finding);
    }
}

/// `UPPER_SNAKE_CASE` of a bundle's name: words are cut where [`variant_name`] cuts them.
///
/// [`variant_name`]: scopewright_model::core::naming::variant_name
fn constant_name(bundle: &str) -> String {
    let mut constant = String::new();
    let mut last_was_lower = false;
    for character in bundle.chars() {
        if !character.is_ascii_alphanumeric() {
            last_was_lower = false;
            if !constant.is_empty() && !constant.ends_with('_') {
                constant.push('_');
            }
            continue;
        }
        if constant.is_empty() && character.is_ascii_digit() {
            constant.push_str("BUNDLE_");
        }
        if last_was_lower && character.is_ascii_uppercase() {
            constant.push('_');
        }
        last_was_lower = !character.is_ascii_uppercase();
        constant.push(character.to_ascii_uppercase());
    }
    constant.truncate(constant.trim_end_matches('_').len());
    constant
}

#[cfg(test)]
mod tests {
    use super::constant_name;

    #[test]
    fn constants_are_cut_into_words() {
        for (bundle, constant) in [
            ("inspection-submission", "INSPECTION_SUBMISSION"),
            ("readOnly", "READ_ONLY"),
            ("2nd", "BUNDLE_2ND"),
            ("a--b-", "A_B"),
            ("é", ""),
        ] {
            assert_eq!(constant_name(bundle), constant, "{bundle}");
        }
    }
}
