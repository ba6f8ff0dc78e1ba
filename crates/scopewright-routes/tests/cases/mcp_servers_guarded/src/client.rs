use rmcp::model::ClientInfo;
use rmcp::{ClientHandler, ServiceExt};

struct Watcher;

impl ClientHandler for Watcher {}

async fn clients(info: ClientInfo) {
    ().serve(transport()).await;
    Watcher.serve(transport()).await;
    info.serve(transport()).await;
    ClientInfo::default().serve(transport()).await;
    rmcp::serve_client(made(), transport()).await;
}

/// Another crate's `serve`.
mod other {
    fn served() {
        made().serve(transport());
    }
}
