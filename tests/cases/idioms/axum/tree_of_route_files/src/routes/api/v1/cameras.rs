use super::*;

pub fn router() -> Router<SharedState> {
    Router::new().route("/cameras", get(list).post(create)).route("/cameras/{id}", delete(remove))
}

#[requires_scope("read:cameras")]
async fn list(State(state): State<SharedState>) -> String {
    state.name.clone()
}

#[requires_scope("write:cameras")]
async fn create() -> &'static str {
    "created"
}

#[requires_scope("write:cameras")]
async fn remove(Path(id): Path<u32>) -> String {
    id.to_string()
}
