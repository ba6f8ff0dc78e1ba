//! Who is asking. Whether they may, the handler's guard has decided.

use std::fmt;
use std::future::{Ready, ready};
use std::str::FromStr;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest};

use crate::error::ApiError;
use crate::scopes::{Grant, Scope};

/// Whose credential a request carries: a key, or a person's session. As text it is the subject of a grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    Key { workspace: String, id: String },
    Person { workspace: String, name: String },
}

impl fmt::Display for Subject {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key { workspace, id } => write!(formatter, "key/{workspace}/{id}"),
            Self::Person { workspace, name } => write!(formatter, "person/{workspace}/{name}"),
        }
    }
}

impl FromStr for Subject {
    type Err = ApiError;

    /// The names of workspaces have no `/`, so the text has one reading.
    fn from_str(text: &str) -> Result<Self, ApiError> {
        let mut parts = text.splitn(3, '/');
        match (parts.next(), parts.next(), parts.next()) {
            (Some("key"), Some(workspace), Some(id)) => {
                Ok(Self::Key { workspace: workspace.to_owned(), id: id.to_owned() })
            }
            (Some("person"), Some(workspace), Some(name)) => {
                Ok(Self::Person { workspace: workspace.to_owned(), name: name.to_owned() })
            }
            _ => Err(ApiError::internal("a grant has no subject of ours")),
        }
    }
}

/// The caller of a guarded endpoint.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    pub(crate) subject: Subject,
    grant: Grant,
}

impl Caller {
    /// Whose rows the request reaches.
    pub(crate) fn workspace(&self) -> &str {
        match &self.subject {
            Subject::Key { workspace, .. } | Subject::Person { workspace, .. } => workspace,
        }
    }

    /// Whether the caller holds a scope, directly or because another one implies it.
    pub(crate) fn holds(&self, scope: Scope) -> bool {
        self.grant.holds(scope)
    }

    pub(crate) fn of(request: &HttpRequest) -> Result<Self, ApiError> {
        let extensions = request.extensions();
        // A guarded handler is not called without a grant; a handler that forgot its guard must not run either.
        let grant =
            extensions.get::<Grant>().ok_or_else(|| ApiError::internal("this handler is not guarded"))?;
        let subject = grant.subject().unwrap_or_default().parse()?;
        Ok(Self { subject, grant: grant.clone() })
    }
}

impl FromRequest for Caller {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::of(request))
    }
}

#[cfg(test)]
mod tests {
    use super::Subject;

    #[test]
    fn a_subject_comes_back_from_its_text() {
        for subject in [
            Subject::Key { workspace: "acme".to_owned(), id: "key_1".to_owned() },
            Subject::Person { workspace: "acme".to_owned(), name: "https://login/ada".to_owned() },
        ] {
            assert_eq!(subject.to_string().parse::<Subject>().unwrap(), subject);
        }
        assert!("".parse::<Subject>().is_err());
        assert!("robot/acme/1".parse::<Subject>().is_err());
    }
}
