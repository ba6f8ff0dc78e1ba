//! Fills the holes of a declared body.

use super::Denial;
use crate::catalogue::{BodyPart, DenialTemplate};
use scopewright_core::{Placeholder, json};

/// The body of a denial. Every hole becomes a JSON value: a list becomes an array, a text a string, and what there is
/// none of, or what the caller is not told (`$mode` without a credential, `$required.first` where no scope is asked for) `null`.
pub(super) fn render(denial: &Denial, template: &DenialTemplate) -> String {
    let mut body = String::new();
    let disclose = template.discloses_to(denial.sent_mode());
    for part in template.body {
        match part {
            BodyPart::Text(text) => body.push_str(text),
            BodyPart::Hole(placeholder) => fill(&mut body, *placeholder, denial, disclose),
        }
    }
    body
}

fn fill(body: &mut String, placeholder: Placeholder, denial: &Denial, disclose: bool) {
    // The policy stage refuses such a hole; this is the same rule where it matters.
    let hidden = placeholder.discloses() && !disclose;
    let names = |names: fn(&Denial) -> Vec<&'static str>| if hidden { Vec::new() } else { names(denial) };
    match placeholder {
        Placeholder::Required => list(body, &names(Denial::missing)),
        Placeholder::RequiredFirst => text(body, names(Denial::missing).first().copied()),
        Placeholder::RequiredJoined | Placeholder::GrantedJoined if hidden => text(body, None),
        Placeholder::RequiredJoined => text(body, Some(&names(Denial::missing).join(" "))),
        Placeholder::Granted => list(body, &names(Denial::granted)),
        Placeholder::GrantedJoined => text(body, Some(&names(Denial::granted).join(" "))),
        Placeholder::Method => text(body, Some(denial.method())),
        Placeholder::Path => text(body, Some(denial.route())),
        Placeholder::Mode => text(body, denial.mode().filter(|_| !hidden)),
    }
}

fn list(body: &mut String, names: &[&str]) {
    // Writing to a `String` has no errors.
    let _ = json::write_strings(body, names.iter().copied());
}

fn text(body: &mut String, value: Option<&str>) {
    match value {
        Some(value) => {
            let _ = json::write_string(body, value);
        }
        None => body.push_str("null"),
    }
}
