//! A service without a counterpart in `scopewright::actix::web`.

use scopewright::actix::{App, web};

fn main() {
    let _ = App::new().service(web::redirect("/from", "/to"));
}
