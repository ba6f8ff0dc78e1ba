//! Each subject by itself, with criterion's statistics; `ratios` compares them. `cargo bench -p scopewright --features
//! axum --bench each`

mod subjects;

use axum::body::Body;
use axum::http::{Request, Response};
use criterion::{Bencher, BenchmarkId, Criterion, criterion_group, criterion_main};
use subjects::{call, claim, decision, request};
use tower_service::Service;

fn decisions(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("decision");
    for (name, subject) in [
        ("bare, 64 scopes", decision::bare_64 as fn() -> bool),
        ("one of 64", decision::one_of_64),
        ("three of 64", decision::three_of_64),
        ("either of 64", decision::either_of_64),
        ("bare, 917 scopes", decision::bare_917),
        ("one of 917", decision::one_of_917),
        ("three of 917", decision::three_of_917),
    ] {
        group.bench_function(BenchmarkId::from_parameter(name), |bencher| bencher.iter(subject));
    }
    group.finish();
}

fn claims(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("claim");
    group.bench_function("split only", |bencher| bencher.iter(claim::split_only));
    group.bench_function("to a grant", |bencher| bencher.iter(claim::to_grant));
    group.bench_function("by a hash map", |bencher| bencher.iter(claim::by_hash_map));
    group.finish();
}

fn requests(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("request");
    group.bench_function("nothing", |bencher| serve(bencher, request::plain()));
    group.bench_function("layer", |bencher| serve(bencher, request::authenticated()));
    group.bench_function("layer and guard", |bencher| serve(bencher, request::authenticated_and_guarded()));
    group.bench_function("in `Router::layer`", |bencher| serve(bencher, request::layered_and_guarded()));
    group.bench_function("`from_fn`", |bencher| serve(bencher, request::from_fn_that_does_nothing()));
    group.finish();
}

fn serve(bencher: &mut Bencher<'_>, mut service: impl Service<Request<Body>, Response = Response<Body>>) {
    bencher.iter(|| call(&mut service));
}

criterion_group!(benches, decisions, claims, requests);
criterion_main!(benches);
