use crate::{AppState, Scope, Tools};
use rmcp::transport::streamable_http_server as http;
use rmcp::{ServerHandler, ServiceExt};
use scopewright::mcp::{GuardedTools, ToolMismatch};

type Http<S> = http::StreamableHttpService<S, Never>;

fn guarded() -> Result<GuardedTools<Scope, Tools>, ToolMismatch> {
    GuardedTools::new(Tools, &Tools::tool_router())
}

fn service<S: ServerHandler + Clone>(server: S) -> Http<S> {
    http::StreamableHttpService::new(move || Ok(server.clone()), sessions(), config())
}

fn generic() {
    service(guarded()?);
    service(guarded().unwrap());
}

struct Shared(http::StreamableHttpService<GuardedTools<Scope, Tools>, Never>);

impl Shared {
    fn new(state: AppState) -> Result<Self, ToolMismatch> {
        let tools = GuardedTools::new(Tools, &Tools::tool_router())?;
        Ok(Self(http::StreamableHttpService::new(move || Ok(tools.clone()), sessions(), config())))
    }

    fn of(state: AppState) -> Self {
        let make = move || match guarded() {
            Ok(tools) => Ok(tools),
            Err(error) => Err(std::io::Error::other(error)),
        };
        Self(http::StreamableHttpService::new(make, sessions(), config()))
    }
}

fn mapped() {
    guarded().map(|tools| http::StreamableHttpService::new(move || Ok(tools.clone()), sessions(), config()));
    Http::new(|| guarded().map_err(std::io::Error::other), sessions(), config());
    http::StreamableHttpService::new(guarded, sessions(), config());
}

fn of_state(state: &AppState) {
    let tools = state.tools.clone();
    http::StreamableHttpService::new(move || Ok(tools.clone()), sessions(), config());
}

async fn as_server() {
    rmcp::serve_server(guarded()?, transport()).await;
    guarded()?.serve(transport()).await;
    rmcp::service::serve_directly::<rmcp::RoleServer, GuardedTools<Scope, Tools>, _, _, _>(
        made(),
        transport(),
        None,
    );
}

static SERVICE: LazyLock<Http<GuardedTools<Scope, Tools>>> = LazyLock::new(|| {
    http::StreamableHttpService::<GuardedTools<Scope, Tools>, _>::new(guarded, sessions(), config())
});
