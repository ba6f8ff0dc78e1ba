//! What a form of a page sends: names and values, a name as often as there are ticked boxes of it.

use axum::extract::{FromRequest, RawForm, Request};

use crate::credentials::ScopeList;
use crate::error::{ApiError, ApiResult};

/// The pairs of a form, in their order.
pub(super) struct Form(Vec<(String, String)>);

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> ApiResult<Self> {
        let RawForm(bytes) = RawForm::from_request(request, state).await?;
        Ok(Self(form_urlencoded::parse(&bytes).into_owned().collect()))
    }
}

impl Form {
    /// The first value of a name.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.values(name).next()
    }

    /// The scopes whose boxes are ticked.
    pub(super) fn scopes(&self) -> ApiResult<ScopeList> {
        let scopes = self.values("scope").map(|name| {
            name.parse().map_err(|_| ApiError::Invalid(format!("`{name}` is no scope of the policy")))
        });
        scopes.collect()
    }

    fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}
