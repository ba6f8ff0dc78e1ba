//! Turns a credential into the grant that the guards ask about.
//!
//! A session's scopes are enforced as a key's are: the document's table asks for scopes by endpoint and tells no
//! credential apart, and a token that was issued for reading should not delete. So a session needs scopes, in its claim
//! `scope`; names there that are not ours (`openid`, `profile`) are for somebody else and are counted only.

use example_keyring::jwt::Claims;
use example_keyring::keys;
use rusqlite::OptionalExtension as _;
use scopewright::{Authenticate, Presented, Rejection};
use serde_json::Value;

use crate::caller::Subject;
use crate::error::{ApiError, ApiResult};
use crate::scopes::{AuthMode, Grant, Scope};
use crate::state::AppState;

/// The `acr` of a session whose user has just proved who they are (RFC 9470, section 6.2).
pub(crate) const VERIFIED: &str = "verified";

/// Looks up API keys in the database and verifies tokens with the keys of the issuer.
pub(crate) struct Authenticator(pub(crate) AppState);

impl Authenticate for Authenticator {
    type Catalogue = Scope;

    async fn authenticate(&self, presented: Presented<'_, Scope>) -> Result<Grant, Rejection> {
        match presented.mode() {
            Some(AuthMode::ApiKey) => self.grant_of_key(presented.secret().to_owned()).await,
            Some(AuthMode::Jwt | AuthMode::VerifiedJwt) => self.grant_of_session(presented.secret()).await,
            None => Err(Rejection::Invalid),
        }
    }
}

impl Authenticator {
    async fn grant_of_key(&self, secret: String) -> Result<Grant, Rejection> {
        let found = self
            .0
            .database
            .read(move |connection| -> ApiResult<_> { Ok(keys::find_active(connection, &secret)?) });
        let key = found.await.map_err(unavailable)?.ok_or(Rejection::Invalid)?;
        let subject = Subject::Key { workspace: key.owner, id: key.id };
        Ok(Grant::from_scopes(AuthMode::ApiKey, &key.scopes).with_subject(subject.to_string()))
    }

    /// Type, signature, `exp`, `nbf`, `aud` and `iss` come first; no scope is looked at before.
    async fn grant_of_session(&self, token: &str) -> Result<Grant, Rejection> {
        let claims: Claims = self.0.verifier.verify(token).await.map_err(|_| Rejection::Invalid)?;
        let workspace = claims.other.get("workspace").and_then(Value::as_str).ok_or(Rejection::Invalid)?;
        let workspace = self.existing_workspace(workspace.to_owned()).await?;
        let is_verified = claims.acr.as_deref() == Some(VERIFIED);
        let mode = if is_verified { AuthMode::VerifiedJwt } else { AuthMode::Jwt };
        let grant = match &claims.scope {
            Value::Null => Grant::new(mode),
            Value::String(names) => Grant::from_claim(mode, names).map_err(|_| Rejection::Invalid)?,
            _ => return Err(Rejection::Invalid),
        };
        let subject = Subject::Person { workspace, name: claims.sub };
        Ok(grant.with_subject(subject.to_string()))
    }

    async fn existing_workspace(&self, id: String) -> Result<String, Rejection> {
        let found = self.0.database.read(move |connection| -> ApiResult<Option<String>> {
            let sql = "SELECT id FROM workspaces WHERE id = ?1";
            Ok(connection.prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional()?)
        });
        found.await.map_err(unavailable)?.ok_or(Rejection::Invalid)
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the form `map_err` takes")]
fn unavailable(error: ApiError) -> Rejection {
    error.report();
    Rejection::Unavailable
}
