//! Discovery on a generated service of 100,000 lines and 1,000 endpoints, beside only reading and parsing its files with
//! as many threads, and beside a run in which one file was touched. The ratios are printed.

mod generated;

use criterion::{Criterion, criterion_group, criterion_main};
use scopewright_model::Sink;
use scopewright_routes::{CrateRoot, FactsCache, Package, ReadFailure, SourceReader, Sources, discover};
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Files on disk, as the compiler has them.
struct Disk {
    root: tempfile::TempDir,
    names: Vec<PathBuf>,
}

impl Disk {
    fn new(service: &generated::Service) -> std::io::Result<Self> {
        let root = tempfile::tempdir()?;
        let mut names = Vec::new();
        for (name, text) in &service.files {
            let path = root.path().join(name);
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder)?;
            }
            std::fs::write(&path, text.as_bytes())?;
            names.push(path);
        }
        Ok(Self { root, names })
    }
}

impl SourceReader for Disk {
    fn read(&self, path: &str) -> Result<Arc<str>, ReadFailure> {
        std::fs::read_to_string(self.root.path().join(path)).map(Into::into).map_err(|error| {
            match error.kind() {
                std::io::ErrorKind::NotFound => ReadFailure::Missing,
                _ => ReadFailure::Unreadable(error.to_string()),
            }
        })
    }
}

#[derive(Default)]
struct Cache(Mutex<HashMap<u64, Vec<u8>>>);

impl FactsCache for Cache {
    fn load(&self, key: u64) -> Option<Vec<u8>> {
        self.0.lock().ok()?.get(&key).cloned()
    }

    fn store(&self, key: u64, facts: &[u8]) {
        if let Ok(mut all) = self.0.lock() {
            all.insert(key, facts.to_vec());
        }
    }
}

fn scan(disk: &Disk, cache: Option<&dyn FactsCache>) -> usize {
    let krate = CrateRoot { name: "service".to_owned(), file: "src/main.rs".to_owned(), is_library: false };
    let dependencies = ["axum", "scopewright", "tokio"].map(|name| (name.to_owned(), name.to_owned()));
    let package = Package {
        name: "service".to_owned(),
        crates: vec![krate],
        dependencies: BTreeMap::from(dependencies),
    };
    let sources = Sources { packages: std::slice::from_ref(&package), reader: disk, cache, roots: &[] };
    let (table, _) = discover(&sources, &mut Sink::default());
    assert!(table.unresolved.is_empty() && table.unreached.is_empty(), "{:?}", table.unresolved.first());
    table.routes.len()
}

/// Reads and parses every file, with as many threads as the machine has.
fn read_and_parse(disk: &Disk) -> usize {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let (next, items) = (AtomicUsize::new(0), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(path) = disk.names.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let text = std::fs::read_to_string(path).unwrap_or_default();
                    proc_macro2::extra::invalidate_current_thread_spans();
                    let file = syn::parse_file(&text).ok();
                    items.fetch_add(file.map_or(0, |file| file.items.len()), Ordering::Relaxed);
                }
            });
        }
    });
    items.into_inner()
}

/// The shortest of several runs, each after `prepare`.
fn shortest(mut prepare: impl FnMut(usize), mut run: impl FnMut()) -> Duration {
    const RUNS: usize = 15;
    let times = (0..RUNS).map(|at| {
        prepare(at);
        let start = Instant::now();
        run();
        start.elapsed()
    });
    times.min().unwrap_or_default()
}

fn touch(disk: &Disk, at: usize) {
    let path = disk.root.path().join("src/api/resource_7.rs");
    let text = std::fs::read_to_string(&path).unwrap_or_default();
    let text = text.trim_end_matches(|character| character != '}').to_owned();
    std::fs::write(&path, format!("{text}\n// touched {at}\n")).unwrap_or_default();
}

fn discovery(criterion: &mut Criterion) {
    let service = generated::service(1000, 100_000, 1);
    let Ok(disk) = Disk::new(&service) else { return };
    assert_eq!(scan(&disk, None), service.endpoints);
    let bytes: usize = service.files.values().map(|text| text.len()).sum();
    let parse = shortest(|_| {}, || assert!(read_and_parse(&disk) > 0));
    let cold = shortest(|_| {}, || assert_eq!(scan(&disk, None), service.endpoints));
    let cold_cache = shortest(|_| {}, || assert_eq!(scan(&disk, Some(&Cache::default())), service.endpoints));
    let cache = Cache::default();
    scan(&disk, Some(&cache));
    let stored: usize = cache.0.lock().map_or(0, |all| all.values().map(Vec::len).sum());
    let warm = shortest(|at| touch(&disk, at), || assert_eq!(scan(&disk, Some(&cache)), service.endpoints));
    let ratio = |one: Duration, other: Duration| one.as_secs_f64() / other.as_secs_f64();
    #[expect(clippy::print_stdout, reason = "the ratios are what this bench is for")]
    {
        println!(
            "{} lines, {} files, {} kB, {} endpoints; facts {} kB",
            service.lines,
            service.files.len(),
            bytes / 1000,
            service.endpoints,
            stored / 1000
        );
        println!("read and parse {parse:?}");
        println!("cold           {cold:?}  {:.2} of read and parse (goal 1.5)", ratio(cold, parse));
        println!(
            "cold, storing  {cold_cache:?}  {:.2} of read and parse (goal 1.5)",
            ratio(cold_cache, parse)
        );
        println!("one touched    {warm:?}  {:.3} of cold (goal 0.10)", ratio(warm, cold_cache));
    }
    let mut group = criterion.benchmark_group("discovery, 100k lines");
    group.sample_size(10);
    group.bench_function("read and parse", |bencher| bencher.iter(|| read_and_parse(&disk)));
    group.bench_function("cold", |bencher| bencher.iter(|| scan(&disk, None)));
    group.bench_function("warm", |bencher| bencher.iter(|| scan(&disk, Some(&cache))));
    group.finish();
}

criterion_group!(benches, discovery);
criterion_main!(benches);
