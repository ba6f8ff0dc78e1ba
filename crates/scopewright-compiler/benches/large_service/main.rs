//! Compiling a service of 100,000 lines with 1,000 endpoints: cold, and warm with one file touched, beside reading and
//! parsing its files and nothing else.
//!
//! `cargo bench -p scopewright-compiler`

#![allow(clippy::unwrap_used, missing_docs, reason = "a bench stops at what it did not expect")]

mod generator;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use scopewright_compiler::{
    DiskFileSystem, FactsFile, FileSystem as _, Inputs, Outcome, Target, compile, read_package,
};
use std::hint::black_box;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

fn large_service(criterion: &mut Criterion) {
    let service = generator::service(200, 97, 1);
    let folder = tempfile::tempdir().unwrap();
    let files = DiskFileSystem::new(folder.path());
    for (path, text) in &service.files {
        files.write_if_changed(path, text.as_bytes()).unwrap();
    }
    let lines = service.lines();
    assert!((95_000..110_000).contains(&lines), "the service has {lines} lines");

    // What is measured must be the whole work.
    let facts = FactsFile::default();
    let outcome = run(&files, &facts);
    assert_eq!(outcome.routes.routes.len(), 1000);
    assert!(!outcome.has_errors(), "{:?}", outcome.diagnostics.first());
    let remembered = facts.to_bytes();
    assert!(remembered.len() > 1000, "nothing was remembered");

    let mut group = criterion.benchmark_group("large_service");
    group.sample_size(20);
    group.bench_function("read and parse only", |bench| {
        bench.iter(|| black_box(read_and_parse(&files, &service)));
    });
    group.bench_function("cold", |bench| {
        bench.iter(|| black_box(run(&files, &FactsFile::default())));
    });
    let mut touched = 0_usize;
    group.bench_function("warm, one file touched", |bench| {
        bench.iter_batched(
            || {
                touched += 1;
                let (path, text) = service.files.first().unwrap();
                files.write_if_changed(path, format!("{text}\n// {touched}\n").as_bytes()).unwrap();
            },
            |()| {
                // As a build script does: the cache is read and made ready to be written.
                let facts = FactsFile::from_bytes(&remembered);
                let outcome = run(&files, &facts);
                black_box((outcome, facts.to_bytes()))
            },
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

fn run(files: &DiskFileSystem, facts: &FactsFile) -> Outcome {
    let package = read_package(files, "").unwrap();
    compile(&Inputs {
        files,
        package: Some(&package),
        policy: None,
        today: "2026-06-15",
        cache: Some(facts),
        targets: &[Target::Rust],
    })
}

/// The least that any tool must do which reads the whole source: with as many threads as there are processors.
fn read_and_parse(files: &DiskFileSystem, service: &generator::Service) -> usize {
    let rust: Vec<&str> =
        service.files.iter().map(|(path, _)| path.as_str()).filter(|path| path.starts_with("src/")).collect();
    let next = AtomicUsize::new(0);
    let items = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(path) = rust.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let text = files.read_text(path).unwrap();
                    items.fetch_add(syn::parse_file(&text).unwrap().items.len(), Ordering::Relaxed);
                }
            });
        }
    });
    items.into_inner()
}

criterion_group!(benches, large_service);
criterion_main!(benches);
