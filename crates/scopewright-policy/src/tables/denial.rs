//! `[denial.*]`: what a denied call is answered, and what holds where the file does not say.

use super::auth::find_mode;
use super::body::RawBody;
use crate::context::Context;
use crate::nearest::listed;
use crate::raw::{Entries, Field, Named, Node, Number, Pattern, Raw, ValueShape, raw_table, raw_words};
use scopewright_model::core::ModeIndex;
use scopewright_model::policy::{AuthMode, BodyValue, Denial, Denials, GrantedForm, Placeholder};
use scopewright_model::{Code, Diagnostic, Spanned};
use toml::de::DeValue;

raw_table! {
    /// What a denied call is answered. A kind that is not declared is answered by a problem document (RFC 9457);
    /// `unavailable` is answered without a body then.
    RawDenials {
        /// A valid credential without the scopes.
        insufficient_scope: Optional RawDenial = "insufficient_scope";
        /// No credential, or one that is not valid.
        unauthenticated: Optional RawDenial = "unauthenticated";
        /// A valid credential whose assurance is too low, where one of a mode that upgrades its mode may get in.
        insufficient_user_authentication: Optional RawDenial = "insufficient_user_authentication";
        /// A kind of credential that may never call the operation.
        mode_refused: Optional RawDenial = "mode_refused";
        /// An operation nobody has decided about.
        undecided: Optional RawDenial = "undecided";
        /// A request with several credentials of which none counts more than the others, or with one of them twice.
        invalid_request: Optional RawInvalidRequest = "invalid_request";
        /// A credential that could not be checked, or a call that could not be written to the audit log.
        unavailable: Optional RawUnavailable = "unavailable";
    }
    rules []
}

raw_table! {
    /// One kind of denial.
    RawDenial {
        /// The HTTP status.
        status: Optional Number<400, 599> = "status", "403";
        /// The body: any JSON value; a text that is a placeholder is filled in. An empty text sends no body.
        body: Optional RawBody = "body", "{ error = \"insufficient_scope\", required = \"$required\" }";
        /// The media type of the body; `application/json` unless it is said.
        content_type: Optional MediaType = "content_type", "\"application/problem+json\"";
        /// Whether `$granted` shows the scopes as granted, or with all they imply.
        granted: Optional GrantedForm = "granted", "\"raw\"";
        /// Whether scopes are told to the caller at all, in bodies and challenges. They are unless this is `false`.
        disclose: Optional Disclosure = "disclose", "false", "{ api_key = false }";
    }
    rules []
}

raw_table! {
    /// The answer where the service could not find out whether the caller may call. Nothing is known of the caller.
    RawUnavailable {
        /// The HTTP status. The fault is the service's: a status below 500 would tell the client to give up on its
        /// credential, or on its request.
        status: Optional Number<500, 599> = "status", "503";
        /// The body: any JSON value; a text that is a placeholder is filled in. An empty text sends no body.
        body: Optional RawBody = "body", "{ error = \"unavailable\", path = \"$path\" }";
        /// The media type of the body; `application/json` unless it is said.
        content_type: Optional MediaType = "content_type", "\"application/problem+json\"";
    }
    rules []
}

raw_table! {
    /// The answer to a request of which nobody can say whose it is. Nothing is known of the caller.
    RawInvalidRequest {
        /// The HTTP status. The fault is the request's; RFC 6750 section 3.1 has 400.
        status: Optional Number<400, 499> = "status", "400";
        /// The body: any JSON value; a text that is a placeholder is filled in. An empty text sends no body.
        body: Optional RawBody = "body", "{ error = \"invalid_request\", path = \"$path\" }";
        /// The media type of the body; `application/json` unless it is said.
        content_type: Optional MediaType = "content_type", "\"application/problem+json\"";
    }
    rules []
}

/// `disclose`: for every caller, or for those of single modes.
#[derive(Debug)]
pub(crate) enum Disclosure {
    ToAll(bool),
    ByMode(Entries<bool>),
}

impl Named for bool {
    const NAMES: &'static str = r"\S";
}

impl Raw for Disclosure {
    const SHAPE: ValueShape = ValueShape::OneOf(&[bool::SHAPE, Entries::<bool>::SHAPE]);

    fn read(node: &Node<'_, '_>, cx: &mut Context<'_>) -> Option<Self> {
        match node.value {
            DeValue::Table(_) => Entries::read(node, cx).map(Self::ByMode),
            DeValue::Boolean(_) => bool::read(node, cx).map(Self::ToAll),
            _ => {
                let help = "write it without quotes, or for single modes: `{ api_key = false }`";
                node.wrong_kind("`true`, `false` or a table of auth modes", help, cx);
                None
            }
        }
    }
}

raw_words! {
    GrantedForm {
        "raw" => GrantedForm::Raw, "As granted.";
        "closure" => GrantedForm::Closure, "With everything they imply.";
    }
}

/// `content_type`.
#[derive(Debug)]
pub(crate) struct MediaType(String);

impl Pattern for MediaType {
    const PATTERN: &'static str = r"^[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+(; ?[ !#-\[\]-~]+)?$";

    fn parse(text: &str) -> Result<Self, (String, String)> {
        let (essence, parameters) = text.split_once(';').unwrap_or((text, "x"));
        let is_name = |part: &str| {
            // RFC 6838 section 4.2, restricted-name-chars.
            !part.is_empty()
                && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$&^_.+-".contains(&byte))
        };
        let is_right = essence.split_once('/').is_some_and(|(left, right)| is_name(left) && is_name(right))
            && !parameters.trim().is_empty()
            && parameters.bytes().all(|byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\'));
        if is_right {
            return Ok(Self(text.to_owned()));
        }
        Err((format!("is no media type: `{text}`"), "write it as in `application/json`".to_owned()))
    }
}

impl MediaType {
    /// Whether bodies of this type are JSON (RFC 6839 section 3.1 for the suffix).
    fn is_json(&self) -> bool {
        let essence = self.0.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        essence.ends_with("/json") || essence.ends_with("+json")
    }
}

/// A kind of denial.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Unauthenticated,
    InsufficientScope,
    InsufficientUserAuthentication,
    ModeRefused,
    Undecided,
    InvalidRequest,
    Unavailable,
}

impl Kind {
    const fn key(self) -> &'static str {
        match self {
            Self::Unauthenticated => "unauthenticated",
            Self::InsufficientScope => "insufficient_scope",
            Self::InsufficientUserAuthentication => "insufficient_user_authentication",
            Self::ModeRefused => "mode_refused",
            Self::Undecided => "undecided",
            Self::InvalidRequest => "invalid_request",
            Self::Unavailable => "unavailable",
        }
    }

    const fn status(self) -> u16 {
        match self {
            Self::Unauthenticated | Self::InsufficientUserAuthentication => 401,
            Self::InsufficientScope | Self::ModeRefused | Self::Undecided => 403,
            Self::InvalidRequest => 400,
            Self::Unavailable => 503,
        }
    }

    /// What can always be filled in. A caller without a credential holds nothing and has no mode, an operation that
    /// asks for no scope has no first one, of an undecided one nothing is known, and neither is anything of a caller whose
    /// credential could not be checked, or who sends several.
    const fn placeholders(self) -> &'static [Placeholder] {
        use Placeholder::{Granted, GrantedJoined, Method, Mode, Path, Required, RequiredJoined};
        match self {
            Self::InsufficientScope => &Placeholder::ALL,
            Self::Unauthenticated => &[Required, RequiredJoined, Method, Path],
            Self::ModeRefused | Self::InsufficientUserAuthentication => {
                &[Granted, GrantedJoined, Method, Path, Mode]
            }
            Self::Undecided | Self::InvalidRequest | Self::Unavailable => &[Method, Path],
        }
    }

    /// The members of the body where the file declares none: a problem document (RFC 9457 section 3.1).
    fn default_body(self, status: u16, disclose: bool) -> BodyValue {
        let title = match self {
            Self::Unauthenticated => "Authentication required",
            Self::InsufficientScope => "Insufficient scope",
            Self::InsufficientUserAuthentication => "Stronger authentication required",
            Self::ModeRefused => "Credential type not accepted",
            Self::Undecided => "Not available",
            Self::InvalidRequest => "More than one credential",
            Self::Unavailable => "Temporarily unavailable",
        };
        let mut members = vec![
            ("title".to_owned(), BodyValue::Text(title.to_owned())),
            ("status".to_owned(), BodyValue::Integer(i64::from(status))),
        ];
        if self == Self::InsufficientScope && disclose {
            members.push(("required".to_owned(), BodyValue::Hole(Placeholder::Required)));
        }
        BodyValue::Object(members)
    }
}

/// What a file may declare of one kind.
#[derive(Default)]
struct Declared {
    status: Option<u32>,
    body: Option<Field<RawBody>>,
    content_type: Option<Field<MediaType>>,
    granted: Option<GrantedForm>,
    disclose: Option<Field<Disclosure>>,
}

impl From<RawDenial> for Declared {
    fn from(raw: RawDenial) -> Self {
        let RawDenial { status, body, content_type, granted, disclose } = raw;
        let status = status.map(|status| status.value.0);
        Self { status, body, content_type, granted: granted.map(|granted| granted.value), disclose }
    }
}

macro_rules! declared_of_nobody {
    ($($raw:ident)*) => {$(
        impl From<$raw> for Declared {
            fn from(raw: $raw) -> Self {
                let $raw { status, body, content_type } = raw;
                let status = status.map(|status| status.value.0);
                Self { status, body, content_type, granted: None, disclose: None }
            }
        }
    )*};
}

declared_of_nobody!(RawInvalidRequest RawUnavailable);

/// `[denial.*]`, checked.
pub(crate) fn check(raw: Option<RawDenials>, modes: &[AuthMode], cx: &mut Context<'_>) -> Denials {
    let raw = raw.unwrap_or_default();
    let idle = raw.insufficient_user_authentication.as_ref();
    if let Some(idle) = idle.filter(|_| modes.iter().all(|mode| mode.upgrades.is_none())) {
        report_idle(idle, cx);
    }
    let mut of_kind = |kind, raw: Option<Field<RawDenial>>| {
        let declared = raw.map(|raw| Declared::from(raw.value)).unwrap_or_default();
        check_denial(kind, declared, modes, cx)
    };
    Denials {
        unauthenticated: of_kind(Kind::Unauthenticated, raw.unauthenticated),
        insufficient_scope: of_kind(Kind::InsufficientScope, raw.insufficient_scope),
        insufficient_user_authentication: of_kind(
            Kind::InsufficientUserAuthentication,
            raw.insufficient_user_authentication,
        ),
        mode_refused: of_kind(Kind::ModeRefused, raw.mode_refused),
        undecided: of_kind(Kind::Undecided, raw.undecided),
        invalid_request: check_denial(
            Kind::InvalidRequest,
            raw.invalid_request.map(|raw| raw.value.into()).unwrap_or_default(),
            modes,
            cx,
        ),
        unavailable: raw.unavailable.map(|raw| check_denial(Kind::Unavailable, raw.value.into(), modes, cx)),
    }
}

/// Only a credential of a mode that another one upgrades is denied so.
fn report_idle(idle: &Field<RawDenial>, cx: &mut Context<'_>) {
    let message = "no auth mode upgrades another one, so nobody is denied like this";
    let finding = Diagnostic::new(Code::InvalidValue, message, idle.key.clone(), "has no effect");
    cx.report(
        finding.help("leave the table out, or say `upgrades = \"..\"` of the mode with more assurance"),
    );
}

fn check_denial(kind: Kind, declared: Declared, modes: &[AuthMode], cx: &mut Context<'_>) -> Denial {
    let Declared { status, body, content_type, granted, disclose } = declared;
    let (is_disclosed, undisclosed_to) = match disclose.as_ref().map(|disclose| &disclose.value) {
        None => (true, Vec::new()),
        Some(Disclosure::ToAll(answer)) => (*answer, Vec::new()),
        Some(Disclosure::ByMode(entries)) => (true, undisclosed_to(entries, modes, cx)),
    };
    if let Some(body) = &body {
        report_senseless(kind, body, cx);
        if !is_disclosed {
            report_disclosing(body, disclose.as_ref(), cx);
        }
        if let Some(media_type) = content_type.as_ref().filter(|media_type| !media_type.value.is_json()) {
            report_unsendable(body, media_type, cx);
        }
    }
    let default_type = if body.is_some() { "application/json" } else { "application/problem+json" };
    let status = status.and_then(|status| u16::try_from(status).ok()).unwrap_or(kind.status());
    Denial {
        status,
        body: match body.map(|body| body.value.value) {
            None => Some(kind.default_body(status, is_disclosed)),
            Some(BodyValue::Text(text)) if text.is_empty() => None,
            Some(body) => Some(body),
        },
        content_type: content_type.map_or_else(|| default_type.to_owned(), |media_type| media_type.value.0),
        granted: granted.unwrap_or(GrantedForm::Raw),
        disclose: is_disclosed,
        undisclosed_to,
    }
}

/// The modes that a table of answers says `false` of, in the order of the policy.
fn undisclosed_to(entries: &Entries<bool>, modes: &[AuthMode], cx: &mut Context<'_>) -> Vec<ModeIndex> {
    let mut undisclosed = Vec::new();
    for entry in &entries.0 {
        let name = Spanned::new(entry.name.clone(), entry.key.clone());
        let mode = find_mode(&name, modes, cx);
        undisclosed.extend(mode.filter(|_| entry.value == Some(false)));
    }
    undisclosed.sort_unstable();
    undisclosed
}

fn report_senseless(kind: Kind, body: &Field<RawBody>, cx: &mut Context<'_>) {
    let allowed = kind.placeholders();
    for (hole, place) in body.value.holes.iter().filter(|(hole, _)| !allowed.contains(hole)) {
        let message = format!("`{}` can't be filled in under `[denial.{}]`", hole.as_str(), kind.key());
        let finding = Diagnostic::new(Code::UnknownPlaceholder, message, place.clone(), "there may be none")
            .help(format!("it can hold {}", listed(allowed.iter().map(|hole| hole.as_str()))));
        cx.report(finding);
    }
}

fn report_disclosing(body: &Field<RawBody>, disclose: Option<&Field<Disclosure>>, cx: &mut Context<'_>) {
    for (hole, place) in body.value.holes.iter().filter(|(hole, _)| hole.discloses()) {
        let message = format!("`{}` would tell the caller what `disclose = false` keeps back", hole.as_str());
        let mut finding =
            Diagnostic::new(Code::UndisclosedPlaceholder, message, place.clone(), "leaves the server")
                .help("take the placeholder out of the body, or `disclose = false` out of the table");
        if let Some(disclose) = disclose {
            finding = finding.also(disclose.span.clone(), "kept back by this");
        }
        cx.report(finding);
    }
}

/// Only JSON has lists and objects; any other type is sent as the text it is.
fn report_unsendable(body: &Field<RawBody>, media_type: &Field<MediaType>, cx: &mut Context<'_>) {
    if matches!(body.value.value, BodyValue::Text(_)) {
        return;
    }
    let message = format!("a body of type `{}` must be a plain text", media_type.value.0);
    let finding = Diagnostic::new(Code::InvalidValue, message, body.span.clone(), "only JSON can hold this")
        .also(media_type.span.clone(), "not JSON")
        .help("write the body as a text, or use `application/json` or a type that ends in `+json`");
    cx.report(finding);
}
