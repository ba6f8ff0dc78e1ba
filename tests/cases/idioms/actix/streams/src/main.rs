//! Bodies that are streamed in and out, and server-sent events.

use actix_web::body::{BodySize, MessageBody};
use actix_web::http::header::{CACHE_CONTROL, ContentType};
use actix_web::{HttpResponse, HttpServer, Responder};
use scopewright::actix::{
    App, AuthenticateMiddleware, Rejection, authenticate_with, get, guarded, post, web,
};
use scopewright::{Grant, requires_scope};
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::sync::mpsc;

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[get("/cameras")]
#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

/// The events of a channel.
struct Events(mpsc::Receiver<String>);

impl MessageBody for Events {
    type Error = Infallible;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<web::Bytes, Self::Error>>> {
        self.0
            .poll_recv(cx)
            .map(|event| event.map(|event| Ok(web::Bytes::from(format!("data: {event}\n\n")))))
    }
}

#[get("/events")]
#[requires_scope("read:cameras")]
async fn events() -> impl Responder {
    let (sender, receiver) = mpsc::channel(4);
    actix_web::rt::spawn(async move {
        for number in 0..3 {
            if sender.send(number.to_string()).await.is_err() {
                break;
            }
        }
    });
    HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header((CACHE_CONTROL, "no-cache"))
        .body(Events(receiver))
}

#[post("/echo")]
#[requires_scope("write:cameras")]
async fn echo(payload: web::Payload) -> HttpResponse {
    HttpResponse::Ok().content_type(ContentType::octet_stream()).streaming(payload)
}

#[post("/upload")]
#[requires_scope("write:cameras")]
async fn upload(payload: web::Payload) -> actix_web::Result<String> {
    let bytes = payload
        .to_bytes_limited(1 << 16)
        .await
        .map_err(|_| actix_web::error::ErrorPayloadTooLarge("no"))??;
    Ok(bytes.len().to_string())
}

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let keys =
        AuthenticateMiddleware::new(authenticate_with::<Scope, _>(|presented| match presented.secret() {
            "reader" => Ok(Grant::of(AuthMode::ApiKey, [Scope::ReadCameras])),
            "writer" => Ok(Grant::of(AuthMode::ApiKey, [Scope::WriteCameras])),
            "nobody" => Ok(Grant::new(AuthMode::ApiKey)),
            _ => Err(Rejection::Invalid),
        }));
    let app = guarded::<Scope, _>(move || {
        App::new().service(list_cameras).service(events).service(echo).service(upload).wrap(keys.clone())
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
