//! Handlers send to a task that works beside the server.

use actix_web::{HttpResponse, HttpServer, rt};
use scopewright::actix::{
    App, AuthenticateMiddleware, Rejection, authenticate_with, get, guarded, post, web,
};
use scopewright::{Grant, requires_scope};
use tokio::sync::{mpsc, oneshot};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

enum Job {
    Add(String),
    List(oneshot::Sender<Vec<String>>),
}

type Jobs = mpsc::Sender<Job>;

#[get("/cameras")]
#[requires_scope("read:cameras")]
async fn list_cameras(jobs: web::Data<Jobs>) -> actix_web::Result<HttpResponse> {
    let (sender, receiver) = oneshot::channel();
    jobs.send(Job::List(sender)).await.map_err(actix_web::error::ErrorServiceUnavailable)?;
    Ok(HttpResponse::Ok().json(receiver.await.map_err(actix_web::error::ErrorServiceUnavailable)?))
}

#[post("/cameras")]
#[requires_scope("write:cameras")]
async fn add_camera(jobs: web::Data<Jobs>, name: String) -> actix_web::Result<HttpResponse> {
    jobs.send(Job::Add(name)).await.map_err(actix_web::error::ErrorServiceUnavailable)?;
    Ok(HttpResponse::Accepted().finish())
}

async fn work(mut jobs: mpsc::Receiver<Job>) {
    let mut names = Vec::new();
    while let Some(job) = jobs.recv().await {
        match job {
            Job::Add(name) => names.push(name),
            Job::List(answer) => {
                // Nobody waits any more if the client is gone.
                let _ = answer.send(names.clone());
            }
        }
    }
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
    let (sender, receiver) = mpsc::channel(16);
    let worker = rt::spawn(work(receiver));
    let app = guarded::<Scope, _>(move || {
        App::new()
            .app_data(web::Data::new(sender.clone()))
            .service(list_cameras)
            .service(add_camera)
            .wrap(keys.clone())
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    let server = server.run();
    tokio::select! {
        done = server => done?,
        done = worker => done?,
    }
    Ok(())
}
