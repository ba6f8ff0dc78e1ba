//! `scope_format`: whether scope names are spelled as the policy says they are.

use super::scopes::RawScope;
use crate::context::Context;
use crate::raw::{Entry, quoted};
use scopewright_model::policy::ScopeFormat;
use scopewright_model::{Code, Diagnostic};

/// Verbs that no API uses as the name of a resource. Only they tell `read:cameras` from `cameras:read`.
const VERBS: [&str; 7] = ["create", "delete", "list", "manage", "read", "update", "write"];

/// Reports a scope name that is spelled otherwise.
pub(crate) fn check(format: ScopeFormat, entry: &Entry<RawScope>, cx: &mut Context<'_>) {
    let name = entry.name.as_str();
    let (declared, why, mended) = match format {
        ScopeFormat::VerbResource => {
            let Some((why, mended)) = two_parts(name, name.split_once(':'), true) else { return };
            ("verb:resource", why, mended)
        }
        ScopeFormat::ResourceAction => {
            let Some((why, mended)) = two_parts(name, name.rsplit_once(':'), false) else { return };
            ("resource:action", why, mended)
        }
        ScopeFormat::Name if name.contains(':') => ("name", "it has a `:`", None),
        ScopeFormat::Name => return,
    };
    let message = format!("`{name}` is not spelled `{declared}`");
    let finding = Diagnostic::new(Code::ScopeFormatMismatch, message, entry.key.clone(), why)
        .help("rename it, or change `scope_format` in `[api]`, which is only a check");
    cx.report(match mended {
        Some(mended) => finding.suggest(entry.key.clone(), quoted(&mended)),
        None => finding,
    });
}

/// What is wrong with a name of two parts, and the mended name where it is plain.
fn two_parts(
    name: &str,
    parts: Option<(&str, &str)>,
    verb_first: bool,
) -> Option<(&'static str, Option<String>)> {
    let Some((left, right)) = parts else {
        // A name with another separator between a verb and a resource.
        let parts =
            name.split_once(['.', '/', '_']).filter(|(left, right)| !left.is_empty() && !right.is_empty());
        return Some(("it has no `:`", parts.map(|(left, right)| ordered(left, right, verb_first))));
    };
    if left.is_empty() || right.is_empty() {
        return Some(("one of its parts is empty", None));
    }
    let (verb, resource) = if verb_first { (left, right) } else { (right, left) };
    let is_swapped = VERBS.contains(&resource) && !VERBS.contains(&verb);
    is_swapped.then(|| ("its parts are the other way round", Some(format!("{right}:{left}"))))
}

/// The two parts with the verb where it belongs, if one of them is a verb.
fn ordered(left: &str, right: &str, verb_first: bool) -> String {
    let has_verb_first = VERBS.contains(&left);
    if has_verb_first == verb_first { format!("{left}:{right}") } else { format!("{right}:{left}") }
}
