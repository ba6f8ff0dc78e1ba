mod cameras;
mod health;

use scopewright::actix::web;

pub fn config(cfg: &mut web::ServiceConfig) {
    cfg.configure(health::config).configure(cameras::config);
}
