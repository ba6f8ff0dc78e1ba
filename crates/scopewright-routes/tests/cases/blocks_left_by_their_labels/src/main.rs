use axum::{Router, routing::get};

async fn bare() {}

async fn main() {
    let picked = 'pick: {
        if std::env::args().count() > 1 {
            break 'pick Router::new().route("/left", get(bare));
        }
        Router::new().route("/last", get(bare))
    };
    let found = 'outer: loop {
        loop {
            break 'outer Router::new().route("/outer", get(bare));
        }
    };
    let mut changed = Router::new().route("/first", get(bare));
    'rounds: loop {
        loop {
            if std::env::args().count() > 2 {
                break 'rounds;
            }
            break;
        }
        changed = Router::new().route("/second", get(bare));
        break;
    }
    'done: {
        for name in std::env::args() {
            if name == "--done" {
                break 'done;
            }
        }
        axum::serve(listener(), Router::new().route("/inside", get(bare))).await;
    }
    axum::serve(listener(), picked.merge(found).merge(changed)).await
}
