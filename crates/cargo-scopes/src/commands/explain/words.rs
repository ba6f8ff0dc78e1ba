//! The answer to a question, for reading.

use super::question::Question;
use super::subject::Subject;
use scopewright_compiler::{nearest, requirement};
use scopewright_model::core::{Answering, ScopeEnforcement, Status, Verdict};
use scopewright_model::policy::RouteStatus;
use scopewright_model::{Credential, CredentialName, DecidedBy, Decision, InvalidCredential, NameStanding};
use std::fmt::Write as _;

impl Question<'_> {
    /// What is known of the subject, and the answer if a caller is asked about.
    pub fn in_words(&self) -> String {
        let Self { subject, policy, .. } = self;
        let mut text = format!("{}\n", subject.title);
        let mut line = |name: &str, value: String| _ = writeln!(text, "  {name:<12}{value}");
        if let Some(handler) = subject.handler {
            line("handler", format!("{} ({})", handler.path, handler.definition));
        }
        line("registered", format!("{} ({})", subject.registered, subject.found_as));
        for condition in subject.conditions {
            line("only if", condition.clone());
        }
        line("decided", format!("{} ({})", place(subject.decided_by), subject.decided_by.span()));
        for (mode, decided_by) in &subject.decided_apart {
            let mode = &policy.mode(*mode).name;
            line("", format!("by `{mode}`: {} ({})", place(decided_by), decided_by.span()));
        }
        let mut label = "requires";
        for required in self.required(subject) {
            line(std::mem::take(&mut label), required);
        }
        match &self.through {
            Some((endpoint, _)) => {
                line("through", endpoint.title.clone());
                for required in self.required(endpoint) {
                    line("", format!("  {required}"));
                }
            }
            None if subject.is_behind_endpoint => {
                line("beside", "what the endpoint asks for that takes the call".to_owned());
            }
            None => {}
        }
        if subject.status != RouteStatus::Stable {
            line("status", subject.status.as_str().to_owned());
        }
        for (scope, when) in subject.may_require {
            line("may require", format!("`{}` when {when}", policy.scope(*scope).name));
        }
        if self.asks {
            text.push_str(&self.answer());
        }
        text
    }

    /// What an endpoint or a tool asks for: of everybody, or of each mode.
    fn required(&self, subject: &Subject<'_>) -> Vec<String> {
        let policy = self.policy;
        let mut lines = Vec::new();
        if subject.access.by_mode.is_empty() {
            lines.push(requirement(subject.access.otherwise, policy));
        }
        for (index, mode) in policy.modes_of_callers() {
            let decision = subject.access.for_mode(index);
            let is_skipped =
                mode.enforcement == ScopeEnforcement::Skipped && matches!(decision, Decision::Scoped(_));
            let skipped = is_skipped.then(|| {
                let reason = mode.skipped_because.as_deref().unwrap_or("scopes are not checked");
                format!("any valid credential, scopes are skipped: {reason}")
            });
            if !subject.access.by_mode.is_empty() || is_skipped {
                let required = skipped.unwrap_or_else(|| requirement(decision, policy));
                lines.push(format!("by `{}`: {required}", mode.name));
            }
        }
        lines
    }

    fn answer(&self) -> String {
        let policy = self.policy;
        let who = match &self.credential {
            Some(credential) if credential.names.is_empty() => {
                format!("A caller by `{}` without any scope", policy.mode(credential.mode).name)
            }
            Some(credential) => {
                let names = credential.names.iter().map(|read| format!("`{}`", read.name));
                let names = names.collect::<Vec<_>>().join(", ");
                format!("A caller by `{}` with {names}", policy.mode(credential.mode).name)
            }
            None => "A caller without a credential".to_owned(),
        };
        let invalid = self.credential.as_ref().and_then(|it| Some((it, it.invalid?)));
        let answer = match (self.verdict(), invalid) {
            (Verdict::Allowed, _) if self.subject.is_behind_endpoint && self.through.is_none() => {
                "is allowed, where the endpoint lets it in that takes the call".to_owned()
            }
            (Verdict::Allowed, _) => "is allowed".to_owned(),
            (Verdict::Unauthenticated, Some((credential, why))) => {
                format!("is denied: {}", self.not_valid(credential, why))
            }
            (Verdict::Unauthenticated, None) => {
                format!("is denied: {}, a credential is needed", self.status())
            }
            (Verdict::InsufficientScope, _) => "is denied: scopes are missing".to_owned(),
            (Verdict::InsufficientUserAuthentication, _) => {
                format!("is denied: {}, the credential's assurance is too low", self.status())
            }
            (Verdict::ModeRefused, _) => "is denied: this kind of credential may never call it".to_owned(),
            (Verdict::Undecided, _) => "is denied: nobody has decided who may call it".to_owned(),
        };
        let mut text = format!("\n{who} {answer}.\n");
        // Writing to a text can't fail.
        match (self.verdict(), invalid) {
            (Verdict::Unauthenticated, Some(_)) => {
                _ = writeln!(text, "  it is answered as a credential that is not valid: {}", self.status());
            }
            (Verdict::Allowed, Some((credential, why))) => {
                let why = self.not_valid(credential, why);
                _ = writeln!(text, "  nobody looks at the credential here, which is not valid: {why}");
            }
            _ => {}
        }
        if let Some((endpoint, answering)) = &self.through {
            _ = match answering {
                Answering::Neither => Ok(()),
                Answering::Endpoint => writeln!(text, "  `{}` answers", endpoint.title),
                Answering::Called => writeln!(text, "  `{}` answers", self.subject.title),
                Answering::Both => writeln!(text, "  what is missing is told of both in one answer"),
            };
        }
        for read in self.credential.iter().flat_map(|credential| &credential.names) {
            self.say_of_name(read, invalid.map(|(_, why)| why), &mut text);
        }
        text.push_str(&self.proposals());
        for (_, upgrade) in self.upgrades() {
            _ = writeln!(text, "  a credential of the mode `{}` may get in", upgrade.name);
        }
        for chain in self.because() {
            let names: Vec<String> = self.names(&chain).into_iter().map(|name| format!("`{name}`")).collect();
            _ = match names.as_slice() {
                [only] => writeln!(text, "  {only} is granted"),
                several => writeln!(text, "  {}", several.join(" implies ")),
            };
        }
        for name in self.names(&self.answer.missing) {
            _ = writeln!(text, "  `{name}` is missing");
        }
        text
    }

    /// The declared status of the denial.
    fn status(&self) -> String {
        self.http_status().map_or_else(String::new, |status| status.to_string())
    }

    /// Why a credential is no valid one.
    fn not_valid(&self, credential: &Credential<'_>, why: InvalidCredential) -> String {
        let mode = &self.policy.mode(credential.mode).name;
        match why {
            InvalidCredential::Part => {
                let wholes = self.policy.modes.iter();
                let wholes = wholes.filter(|whole| whole.credential.members().contains(&credential.mode));
                let wholes: Vec<String> = wholes.map(|whole| format!("`{}`", whole.name)).collect();
                format!("`{mode}` is no credential by itself, only a part of {}", wholes.join(" and of "))
            }
            InvalidCredential::UnknownNames => {
                let nothing = credential.names.iter().filter(|read| read.grants.is_none());
                let nothing: Vec<String> = nothing.map(|read| self.standing(read)).collect();
                let nothing = nothing.join(", ");
                format!("{nothing}, and `{mode}` denies credentials with scopes the policy does not have")
            }
        }
    }

    /// What is worth knowing of a name in the credential, a line each.
    fn say_of_name(&self, read: &CredentialName<'_>, invalid: Option<InvalidCredential>, text: &mut String) {
        if invalid == Some(InvalidCredential::Part) {
            return;
        }
        let name = &read.name;
        let is_said = invalid == Some(InvalidCredential::UnknownNames);
        match (read.grants, read.standing) {
            (Some(_), NameStanding::OldName(alias)) => {
                let target = &self.policy.scope(alias.target).name;
                _ = writeln!(text, "  `{name}` is an old name of `{target}`, until {}", alias.until);
            }
            (None, _) if !is_said => {
                _ = writeln!(text, "  {} and grants nothing", self.standing(read));
            }
            _ => {}
        }
        if let (None, NameStanding::Scope(scope)) = (read.grants, read.standing)
            && let Some(note) = &self.policy.scope(scope).deprecated_note
        {
            _ = writeln!(text, "  the policy says of `{name}`: {note}");
        }
    }

    /// The names that the first unknown ones could have been: each is measured against every name of the policy.
    fn proposals(&self) -> String {
        const MOST: usize = 8;
        let mut text = String::new();
        let known = self.policy.names_of_grants();
        let names = self.credential.iter().filter(|it| it.invalid != Some(InvalidCredential::Part));
        let unknown = names.flat_map(|it| &it.names).filter(|read| read.standing == NameStanding::Unknown);
        for CredentialName { name, .. } in unknown.take(MOST) {
            if let Some(near) = nearest(name, known.iter().map(|(name, _)| *name)) {
                // Writing to a text can't fail.
                _ = writeln!(text, "  did you mean `{near}` by `{name}`?");
            }
        }
        text
    }

    /// What a name is that grants nothing.
    fn standing(&self, read: &CredentialName<'_>) -> String {
        let name = &read.name;
        let status = read.status(self.policy).map_or("", Status::as_str).replace('-', " ");
        match read.standing {
            NameStanding::Scope(_) => format!("`{name}` is {status}"),
            NameStanding::OldName(alias) => {
                let target = &self.policy.scope(alias.target).name;
                format!("`{name}` is an old name of `{target}`, which is {status}")
            }
            NameStanding::Unknown => format!("`{name}` is no scope of the policy"),
        }
    }
}

const fn place(decided_by: &DecidedBy) -> &'static str {
    match decided_by {
        DecidedBy::Attribute(_) => "by the attribute on its handler",
        DecidedBy::Registration(_) => "where it is registered",
        DecidedBy::Route(_) => "by a `[[routes]]` entry",
        DecidedBy::Family(_) => "by a family that assigns",
        DecidedBy::Source(_) => "by the document that describes it",
        DecidedBy::Resource(_) => "by `[resource]`",
        DecidedBy::McpResource(_) => "by an `[[mcp.resources]]` entry",
    }
}
