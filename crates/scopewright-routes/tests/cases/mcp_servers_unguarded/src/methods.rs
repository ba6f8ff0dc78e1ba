use crate::Tools;
use rmcp::ServiceExt;

async fn methods(unknown: Vec<Server>) {
    Tools.serve(transport()).await;
    Tools::new().serve_with_ct(transport(), token).await;
    ServiceExt::serve(Tools, transport()).await;
    made_elsewhere().serve(transport()).await;
}
