//! `upgrades`: a mode that is the same kind of credential as another one, with more assurance.
//!
//! In: the modes as their own tables state them. Out: each mode that upgrades another has all that is said of that one.

use super::{find_mode, together};
use crate::context::Context;
use crate::raw::{Field, Text};
use scopewright_model::policy::AuthMode;
use scopewright_model::{Code, Diagnostic, Spanned};

/// The keys that are said of the upgraded mode, and so can't be said of this one.
pub(super) const TAKEN_OVER: &[&str] = &[
    "type",
    "in",
    "name",
    "prefix",
    "bearer_format",
    "authorization_url",
    "token_url",
    "url",
    "scopes",
    "unknown_scopes",
    "claim",
    "format",
    "realm",
    "alone",
    "yields_to",
    "invalid_where_optional",
    "mcp_lists",
];

/// Looks up what each mode upgrades, by position.
pub(super) fn check(modes: &mut [AuthMode], named: Vec<Option<Field<Text>>>, cx: &mut Context<'_>) {
    let is_upgrade: Vec<bool> = named.iter().map(Option::is_some).collect();
    for (at, named) in named.into_iter().enumerate() {
        let Some(Field { value: Text(name), span, .. }) = named else { continue };
        let named = Spanned::new(name, span);
        let Some(base) = find_mode(&named, modes, cx) else { continue };
        let base_at = usize::from(base.0);
        if base_at == at {
            let message = format!("the mode `{}` upgrades itself", named.value);
            let finding = Diagnostic::new(Code::InvalidValue, message, named.span, "no other mode");
            cx.report(finding.help("name the mode that has less assurance"));
            continue;
        }
        let Some(its) = modes.get(base_at).cloned() else { continue };
        if is_upgrade.get(base_at).copied().unwrap_or_default() {
            let message = format!("`{}` upgrades a mode itself, so it can't be upgraded", named.value);
            let finding = Diagnostic::new(Code::InvalidValue, message, named.span, "an upgrade itself")
                .also(its.span, "declared here")
                .help(
                    "name the mode that upgrades none; every operation says which of its upgrades it takes",
                );
            cx.report(finding);
            continue;
        }
        if !its.alone {
            together::report_part(&its, &named, cx);
            continue;
        }
        let Some(mode) = modes.get_mut(at) else { continue };
        mode.upgrades = Some(base);
        mode.credential = its.credential;
        mode.enforcement = its.enforcement;
        mode.skipped_because = its.skipped_because;
        mode.claim = its.claim;
        mode.claim_format = its.claim_format;
        mode.unknown_scopes = its.unknown_scopes;
        mode.realm = its.realm;
        mode.mcp_lists = its.mcp_lists;
    }
}
