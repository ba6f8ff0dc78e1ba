use crate::{Config, auth, routes::routes, scopes::Scope};
use scopewright::axum::GuardedService;
use tokio::net::TcpListener;

pub struct Application {
    listener: TcpListener,
    router: GuardedService,
}

impl Application {
    pub async fn build(config: Config) -> anyhow::Result<Self> {
        let listener = TcpListener::bind((config.host.as_str(), config.port)).await?;
        println!("LISTEN {}", listener.local_addr()?);
        Ok(Self { listener, router: routes().guarded::<Scope>()? })
    }

    pub fn port(&self) -> std::io::Result<u16> {
        Ok(self.listener.local_addr()?.port())
    }

    pub async fn run_until_stopped(self) -> std::io::Result<()> {
        axum::serve(self.listener, self.router.layer(auth::keys())).await
    }
}
