use crate::prelude::*;

pub fn app() -> State {
    let mut app = State::new();
    app = app.route("/a", get(list));
    app
}

#[rs("read:a")]
async fn list() {}
