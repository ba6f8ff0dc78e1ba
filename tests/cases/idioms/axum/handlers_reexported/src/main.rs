//! Handlers live in files of their own, `handlers` hands them out, routes name them through it.

mod auth;
mod handlers;
mod router;

scopewright::include_scopes!();

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = router::create_router().guarded::<scopes::Scope>()?.layer(auth::keys());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
