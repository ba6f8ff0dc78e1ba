//! How a credential is found, and what a handler learns of the caller.

use crate::client::send;
use crate::service::app;

async fn whoami(headers: &[(&str, &str)]) -> (u16, String) {
    let reply = send(app(), "GET", "/whoami", headers).await;
    (reply.status, reply.body)
}

#[tokio::test]
async fn a_handler_learns_who_called_and_how() {
    assert_eq!(whoami(&[("X-API-Key", "k_")]).await, (200, "Ada via api_key, unverified".to_owned()));
    assert_eq!(
        whoami(&[("Authorization", "Bearer op_")]).await,
        (200, "Ada via operator, unverified".to_owned())
    );
    assert_eq!(whoami(&[("Authorization", "BEARER x")]).await, (200, "Ada via oauth2, verified".to_owned()));
    assert_eq!(whoami(&[("Cookie", "session=x")]).await, (200, "Ada via session, unverified".to_owned()));
}

#[tokio::test]
async fn two_credentials_are_refused() {
    let key = ("x-api-key", "k_");
    let token = ("authorization", "Bearer op_");
    for headers in [
        &[key, key][..],
        &[key, token],
        &[token, token],
        &[token, ("authorization", "Basic YTpi")],
        &[key, ("cookie", "session=x")],
        &[("cookie", "session=x; session=y")],
        &[("cookie", "session=x"), ("cookie", "session=y")],
    ] {
        assert_eq!(whoami(headers).await.0, 400, "{headers:?}");
    }
}

#[tokio::test]
async fn what_is_no_credential_of_any_mode_is_none() {
    for headers in [
        &[("x-api-key", "")][..],
        &[("x-api-key", "other_1")],
        &[("x-api-key", "\u{e4}")],
        &[("authorization", "Bearer")],
        &[("authorization", "Bearer ")],
        &[("authorization", "Bearerx")],
        &[("authorization", "Basic YTpi")],
        &[("authorization", "k_")],
        &[("cookie", "sessions=x")],
    ] {
        assert_eq!(whoami(headers).await.0, 401, "{headers:?}");
    }
}

#[tokio::test]
async fn another_scheme_is_no_credential_of_ours() {
    let search = async |headers: &[(&str, &str)]| send(app(), "GET", "/search", headers).await.status;
    assert_eq!(search(&[("authorization", "Basic YTpi")]).await, 200);
    assert_eq!(search(&[("authorization", "Bearer")]).await, 401, "a bearer token was sent, and it is empty");
    assert_eq!(search(&[("x-api-key", "other_1")]).await, 401, "a key was sent, and it is of no mode");
}
