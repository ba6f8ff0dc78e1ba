//! `[auth.NAME]`: kinds of credential.

mod precedence;
mod together;
mod upgrades;

use super::scopes::plain;
use crate::context::Context;
use crate::generated_names::GeneratedNames;
use crate::nearest::listed;
use crate::raw::shape::{Rule, WordShape};
use crate::raw::{
    Entries, Entry, Field, Many, Named, Node, Number, OneOrMore, Pattern, Raw, Text, ValueShape, Yes,
    raw_table, raw_words,
};
use scopewright_model::core::naming::variant_name;
use scopewright_model::core::{ModeIndex, ScopeEnforcement, UnknownNames};
use scopewright_model::policy::{AuthMode, ClaimFormat, CredentialKind, McpLists};
use scopewright_model::{Code, Diagnostic, Spanned};
use toml::de::DeValue;

/// An index of a mode is a byte, and one value stays free.
const MOST_MODES: usize = 255;

raw_table! {
    /// A kind of credential: an OpenAPI security scheme, and what `via` names.
    RawAuth {
        /// What kind of credential it is.
        kind: Required Kind = "type", "\"bearer\"";
        /// Where an API key is found.
        place: Optional Location = "in", "\"header\"";
        /// The header, query parameter or cookie that holds an API key.
        name: Optional FieldName = "name", "\"X-API-Key\"";
        /// What the credential begins with; a value without it is none of this mode.
        prefix: Optional HeaderText = "prefix", "\"sk_\"";
        /// A hint for readers of documents on what a bearer token is.
        bearer_format: Optional Text = "bearer_format", "\"JWT\"";
        /// Where a user authorizes a client (OAuth 2).
        authorization_url: Optional Url = "authorization_url", "\"https://auth.example.com/authorize\"";
        /// Where a client gets a token (OAuth 2).
        token_url: Optional Url = "token_url", "\"https://auth.example.com/token\"";
        /// The discovery document (`OpenID` Connect).
        url: Optional Url = "url", "\"https://auth.example.com/.well-known/openid-configuration\"";
        /// Whether the scopes of this credential decide. There is no default: it must be said.
        scopes: Answer ScopesAnswer = "scopes", "\"enforced\"", "{ skipped = \"operators are checked by role\" }";
        /// What becomes of a credential that names scopes this policy does not have. Former names in their window are
        /// known. There is no default where scopes are enforced: it must be said.
        unknown_scopes: Optional UnknownNames = "unknown_scopes", "\"deny\"", "\"ignore\"";
        /// The claim of a token that lists its scopes.
        claim: Optional Text = "claim", "\"scope\"", "\"scp\"";
        /// How the claim lists them.
        format: Optional ClaimFormat = "format", "\"space-separated\"";
        /// What is known of the credential beyond its validity. A caller with a lesser one is asked to authenticate again.
        assurance: Optional HeaderText = "assurance", "\"verified\"";
        /// The mode this one upgrades: the same kind of credential with less assurance. All that is said of that mode
        /// holds of this one, and a credential of this one may do all that one of that mode may.
        upgrades: Optional Text = "upgrades", "\"jwt\"";
        /// The modes whose credentials make up this one: a request carries all of them. None of them is a credential by
        /// itself unless it says so with `alone`.
        together: Optional Many<Text> = "together", "[\"api_key\", \"application_key\"]";
        /// That a credential of this mode, which a `together` names, is one by itself, too.
        alone: Optional Yes = "alone", "true";
        /// The modes that go before this one: where a request carries a credential of one of them as well, one of this mode
        /// is passed over, and nobody looks it up. Without it such a request is refused.
        yields_to: Optional OneOrMore<Text> = "yields_to", "\"token\"", "[\"token\", \"api_key\"]";
        /// What becomes of a credential of this mode that is not valid where one is optional (`optional_auth`): the caller
        /// is denied, unless it says something else.
        invalid_where_optional: Optional InvalidWhereOptional = "invalid_where_optional", "\"counts-as-none\"";
        /// How many seconds ago the user may have authenticated at most; challenges say so (RFC 9470).
        max_age: Optional Number<1, 31_536_000> = "max_age", "3600";
        /// The realm that challenges name.
        realm: Optional HeaderText = "realm", "\"api\"";
        /// What the lists of an MCP server show a caller of this mode; what it may call unless it is said.
        mcp_lists: Optional McpLists = "mcp_lists", "\"requestable\"";
        /// A sentence for docs.
        description: Optional Text = "description";
    }
    rules [&[
        Rule::Needs { key: "type", word: "api-key", needs: &["in", "name"] },
        Rule::Needs { key: "type", word: "openid-connect", needs: &["url"] },
        Rule::Only { keys: &["in", "name"], with: "type", words: &["api-key"] },
        Rule::Only { keys: &["prefix"], with: "type", words: &["api-key", "bearer"] },
        Rule::Only { keys: &["bearer_format"], with: "type", words: &["bearer"] },
        Rule::Only { keys: &["authorization_url", "token_url"], with: "type", words: &["oauth2"] },
        Rule::Only { keys: &["url"], with: "type", words: &["openid-connect"] },
        Rule::Only { keys: &["claim"], with: "type", words: &["bearer", "oauth2", "openid-connect"] },
        Rule::Beside { keys: &["format"], others: &["claim"] },
        Rule::Needs { key: "scopes", word: "enforced", needs: &["unknown_scopes"] },
        Rule::Needs { key: "upgrades", word: "", needs: &["assurance"] },
        Rule::Beside { keys: &["max_age"], others: &["upgrades"] },
        Rule::Replaced { keys: upgrades::TAKEN_OVER, by: "upgrades" },
        Rule::Replaced { keys: together::STATED_BY_MEMBERS, by: "together" },
    ]]
}

impl Named for RawAuth {
    // OpenAPI 3.1 section 4.8.7: the keys of components.
    const NAMES: &'static str = r"^[A-Za-z0-9._-]*[A-Za-z0-9][A-Za-z0-9._-]*$";
}

/// `type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    ApiKey,
    Bearer,
    OAuth2,
    OpenIdConnect,
    MutualTls,
}

raw_words! {
    Kind {
        "api-key" => Kind::ApiKey, "A key in a header, the query or a cookie.";
        "bearer" => Kind::Bearer, "`Authorization: Bearer` (RFC 6750).";
        "oauth2" => Kind::OAuth2, "A bearer token of an OAuth 2 authorization server.";
        "openid-connect" => Kind::OpenIdConnect, "A bearer token of an OpenID Connect provider.";
        "mutual-tls" => Kind::MutualTls, "A client certificate.";
    }
}

/// `in`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Location {
    Header,
    Query,
    Cookie,
}

raw_words! {
    Location {
        "header" => Location::Header, "A request header.";
        "query" => Location::Query, "A query parameter.";
        "cookie" => Location::Cookie, "A cookie.";
    }
}

raw_words! {
    ClaimFormat {
        "space-separated" => ClaimFormat::SpaceSeparated, "One text, names between blanks (RFC 6749 section 3.3).";
        "comma-separated" => ClaimFormat::CommaSeparated, "One text, names between commas.";
        "array" => ClaimFormat::Array, "A list of names.";
    }
}

raw_words! {
    UnknownNames {
        "deny" => UnknownNames::Deny, "It is no valid credential.";
        "ignore" => UnknownNames::Ignore, "Such names grant nothing and are counted.";
    }
}

/// `invalid_where_optional`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum InvalidWhereOptional {
    Denied,
    CountsAsNone,
}

raw_words! {
    InvalidWhereOptional {
        "denied" => InvalidWhereOptional::Denied, "The caller is denied, as anywhere else.";
        "counts-as-none" => InvalidWhereOptional::CountsAsNone,
            "The caller is one without a credential. One that could not be checked is never taken for none.";
    }
}

/// `scopes`: the answer every mode must give.
#[derive(Debug)]
pub(crate) enum ScopesAnswer {
    Enforced,
    Skipped { why: Option<String> },
}

raw_table! {
    /// The scopes of this credential do not decide.
    RawSkipped {
        /// What decides instead.
        skipped: Required Text = "skipped", "\"operators are checked by role\"";
    }
    rules []
}

const ENFORCED: ValueShape =
    ValueShape::Words(&[WordShape { word: "enforced", doc: "The scopes of a credential decide." }]);

impl Raw for ScopesAnswer {
    const SHAPE: ValueShape = ValueShape::OneOf(&[ENFORCED, RawSkipped::SHAPE]);

    fn read(node: &Node<'_, '_>, cx: &mut Context<'_>) -> Option<Self> {
        match node.value {
            DeValue::Table(_) => {
                let skipped = RawSkipped::read(node, cx)?;
                Some(Self::Skipped { why: skipped.skipped.map(|why| why.value.0) })
            }
            DeValue::String(text) if text == "enforced" => Some(Self::Enforced),
            value => {
                let help = "write `scopes = \"enforced\"` or `scopes = { skipped = \"why\" }`";
                if let Some(text) = value.as_str() {
                    let message = format!("`scopes` can't be `{}`", text.escape_debug());
                    node.invalid(message, "no answer to whether scopes are enforced", help, cx);
                    return None;
                }
                node.wrong_kind("`\"enforced\"` or a table", help, cx);
                None
            }
        }
    }
}

/// Declares texts that hold one form: a name, what its characters are, and how to say so.
macro_rules! header_forms {
    ($($(#[doc = $doc:literal])+ $name:ident: $pattern:literal, $is_allowed:expr, $why:literal, $help:literal;)+) => {$(
        $(#[doc = $doc])+
        #[derive(Debug)]
        pub(crate) struct $name(String);

        impl Pattern for $name {
            const PATTERN: &'static str = $pattern;

            fn parse(text: &str) -> Result<Self, (String, String)> {
                let is_allowed: fn(&str) -> bool = $is_allowed;
                if is_allowed(text) {
                    Ok(Self(text.to_owned()))
                } else {
                    Err((format!(concat!($why, ": `{}`"), text.escape_debug()), $help.to_owned()))
                }
            }
        }
    )+};
}

header_forms! {
    /// The name of a header, parameter or cookie: a token of RFC 9110 section 5.6.2.
    FieldName: r"^[A-Za-z0-9!#$%&'*+.^_`|~-]+$",
        |text| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+.^_`|~-".contains(&byte)),
        "is no name of a header, parameter or cookie",
        "use letters, digits, `-` and `_`";
    /// A text that can stand between quotes in a challenge: printable ASCII without `"` and `\`.
    HeaderText: r"^[ !#-\[\]-~]+$",
        |text| text.bytes().all(|byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\')),
        "holds a character that can't stand in a header",
        "use printable ASCII without `\"` and `\\`";
    /// An address.
    Url: r"^(https?://[^\s]+|/[^\s]*)$",
        |text| {
            let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
            rest.map_or(text.starts_with('/'), |rest| !rest.is_empty()) && !text.contains(char::is_whitespace)
        },
        "is no address",
        "write it from `https://` on";
}

/// `[auth.*]`, checked.
pub(crate) fn check(entries: Entries<RawAuth>, cx: &mut Context<'_>) -> Vec<AuthMode> {
    if let Some(surplus) = entries.0.get(MOST_MODES) {
        let message =
            format!("{} auth modes are declared, and {MOST_MODES} is the most there can be", entries.0.len());
        let finding = Diagnostic::new(Code::InvalidValue, message, surplus.key.clone(), "one too many");
        cx.report(
            finding
                .help("modes are kinds of credential, not single callers: fold those that are checked alike"),
        );
    }
    let mut variants = GeneratedNames::new("auth mode", "rename");
    let (mut modes, links): (Vec<AuthMode>, Vec<Links>) =
        entries.0.into_iter().map(|entry| check_mode(entry, &mut variants, cx)).unzip();
    together::check(&mut modes, &links, cx);
    let (upgrades, precedence): (Vec<_>, Vec<_>) =
        links.into_iter().map(|links| (links.upgrades, links.precedence)).unzip();
    upgrades::check(&mut modes, upgrades, cx);
    precedence::check(&mut modes, &precedence, cx);
    modes
}

/// What a mode says of others: looked up when all of them are read.
#[derive(Debug, Default)]
struct Links {
    upgrades: Option<Field<Text>>,
    together: Option<Field<Many<Text>>>,
    alone: Option<Field<Yes>>,
    precedence: precedence::Links,
}

/// The mode as far as its own table says, and what it says of others.
fn check_mode(
    entry: Entry<RawAuth>,
    variants: &mut GeneratedNames,
    cx: &mut Context<'_>,
) -> (AuthMode, Links) {
    let Entry { name, key, span, value } = entry;
    let variant = variant_name(&name);
    let is_component =
        name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'));
    if is_component && !variant.is_empty() {
        variants.claim(&variant, &name, &key, cx);
    } else {
        let message = format!("`{name}` can't be the name of an auth mode");
        let finding =
            Diagnostic::new(Code::InvalidValue, message, key.clone(), "becomes a key of OpenAPI documents");
        cx.report(finding.help("use letters, digits, `.`, `-` and `_`, and at least one letter or digit"));
    }
    let mut mode = AuthMode {
        name,
        variant,
        span,
        description: None,
        credential: CredentialKind::MutualTls,
        alone: true,
        enforcement: ScopeEnforcement::Enforced,
        skipped_because: None,
        claim: None,
        claim_format: None,
        unknown_scopes: UnknownNames::Ignore,
        assurance: None,
        upgrades: None,
        max_age: None,
        realm: None,
        yields_to: Vec::new(),
        invalid_counts_as_none: false,
        mcp_lists: McpLists::default(),
    };
    let Some(mut raw) = value else { return (mode, Links::default()) };
    let unknown_scopes = raw.unknown_scopes.take();
    match raw.scopes.take().map(|answer| answer.value) {
        Some(ScopesAnswer::Skipped { why }) => {
            mode.enforcement = ScopeEnforcement::Skipped;
            mode.skipped_because = why;
            if let Some(idle) = &unknown_scopes {
                report_idle_unknown_scopes(idle, cx);
            }
        }
        Some(ScopesAnswer::Enforced) | None => {}
    }
    mode.unknown_scopes = unknown_scopes.map_or(UnknownNames::Ignore, |answer| answer.value);
    mode.description = raw.description.take().map(|text| text.value.0);
    mode.claim = raw.claim.take().map(|text| text.value.0);
    mode.claim_format = raw.format.take().map(|format| format.value);
    mode.assurance = raw.assurance.take().map(|text| text.value.0);
    mode.realm = raw.realm.take().map(|text| text.value.0);
    mode.max_age = raw.max_age.take().map(|seconds| seconds.value.0);
    mode.mcp_lists = raw.mcp_lists.take().map(|lists| lists.value).unwrap_or_default();
    let mut links = Links {
        upgrades: raw.upgrades.take(),
        together: raw.together.take(),
        alone: raw.alone.take(),
        precedence: precedence::Links {
            yields_to: raw.yields_to.take(),
            invalid_where_optional: raw.invalid_where_optional.take(),
            is_located: false,
        },
    };
    let credential = credential(raw, cx);
    links.precedence.is_located =
        credential.is_some() || links.upgrades.is_some() || links.together.is_some();
    mode.credential = credential.unwrap_or(mode.credential);
    (mode, links)
}

/// Where scopes are skipped nobody looks for names among them.
fn report_idle_unknown_scopes(idle: &Field<UnknownNames>, cx: &mut Context<'_>) {
    let message = "`unknown_scopes` says something only with `scopes = \"enforced\"`";
    let finding = Diagnostic::new(Code::InvalidValue, message, idle.key.clone(), "has no effect here");
    cx.report(finding.help("leave `unknown_scopes` out"));
}

/// Where the credential is found; none if a key it needs is absent, which is reported already.
fn credential(raw: RawAuth, cx: &mut Context<'_>) -> Option<CredentialKind> {
    Some(match raw.kind?.value {
        Kind::ApiKey => {
            let (place, name) = (raw.place?, raw.name?.value.0);
            match place.value {
                Location::Header => {
                    CredentialKind::ApiKeyHeader { name, prefix: raw.prefix.map(|prefix| prefix.value.0) }
                }
                Location::Query | Location::Cookie => {
                    refuse_prefix(raw.prefix, &place, cx);
                    if place.value == Location::Query {
                        CredentialKind::ApiKeyQuery { name }
                    } else {
                        CredentialKind::ApiKeyCookie { name }
                    }
                }
            }
        }
        Kind::Bearer => CredentialKind::Bearer {
            format: raw.bearer_format.map(|format| format.value.0),
            prefix: raw.prefix.map(|prefix| prefix.value.0),
        },
        Kind::OAuth2 => CredentialKind::OAuth2 {
            authorization_url: raw.authorization_url.map(|url| url.value.0),
            token_url: raw.token_url.map(|url| url.value.0),
        },
        Kind::OpenIdConnect => CredentialKind::OpenIdConnect { url: raw.url?.value.0 },
        Kind::MutualTls => CredentialKind::MutualTls,
    })
}

/// Only header keys are told apart by what they begin with.
fn refuse_prefix(prefix: Option<Field<HeaderText>>, place: &Field<Location>, cx: &mut Context<'_>) {
    let Some(prefix) = prefix else { return };
    let message = "`prefix` says something only with `in = \"header\"`";
    let finding = Diagnostic::new(Code::InvalidValue, message, prefix.key, "has no effect here")
        .also(place.span.clone(), "`in` is this")
        .help("leave `prefix` out");
    cx.report(finding);
}

/// `via`: one mode or several.
#[derive(Debug)]
pub(crate) struct Via(Vec<Spanned<String>>);

impl Raw for Via {
    const SHAPE: ValueShape = OneOrMore::<Text>::SHAPE;

    fn read(node: &Node<'_, '_>, cx: &mut Context<'_>) -> Option<Self> {
        if !matches!(node.value, DeValue::String(_) | DeValue::Array(_)) {
            node.wrong_kind("an auth mode or a list of them", "name them in quotes", cx);
            return None;
        }
        OneOrMore::<Text>::read(node, cx).map(|names| Self(names.0.into_iter().map(plain).collect()))
    }
}

impl Via {
    /// The modes named, each with the place and the name; those that are not there or named before are reported.
    pub(crate) fn check(self, modes: &[AuthMode], cx: &mut Context<'_>) -> Vec<(ModeIndex, Spanned<String>)> {
        let mut found: Vec<(ModeIndex, Spanned<String>)> = Vec::new();
        for name in self.0 {
            let Some(index) = find_mode(&name, modes, cx) else { continue };
            if let Some((_, first)) = found.iter().find(|(other, _)| *other == index) {
                let message = format!("`{}` is named twice", name.value);
                let finding = Diagnostic::new(Code::DuplicateDeclaration, message, name.span, "again here")
                    .also(first.span.clone(), "first here")
                    .help("name each mode once");
                cx.report(finding);
                continue;
            }
            if let Some(part) = modes.get(usize::from(index.0)).filter(|mode| !mode.alone) {
                together::report_part(part, &name, cx);
                continue;
            }
            found.push((index, name));
        }
        found
    }
}

/// The mode with a name, or none after reporting that there is none.
pub(crate) fn find_mode(
    name: &Spanned<String>,
    modes: &[AuthMode],
    cx: &mut Context<'_>,
) -> Option<ModeIndex> {
    let all = || modes.iter().map(|mode| mode.name.as_str());
    if let Some(at) = all().position(|mode| mode == name.value) {
        return u8::try_from(at).ok().map(ModeIndex);
    }
    report_unknown_mode(name, all(), cx);
    None
}

fn report_unknown_mode<'n>(
    name: &Spanned<String>,
    modes: impl Iterator<Item = &'n str> + Clone,
    cx: &mut Context<'_>,
) {
    let Spanned { value, span } = name;
    let message = format!("no auth mode is called `{value}`");
    let finding = Diagnostic::new(Code::UnknownMode, message, span.clone(), "not declared under `[auth]`")
        .help(format!("the auth modes are {}", listed(modes.clone())));
    let finding = cx.with_nearest(finding, value, modes);
    cx.report(finding);
}
