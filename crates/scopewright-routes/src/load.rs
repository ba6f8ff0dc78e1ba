//! Reads files and turns them into facts: in parallel, from the cache where the content is known, and in full only
//! where a file can matter.

use crate::facts::{FORMAT, FileFacts};
use crate::lower::{self, Depth, NotRust};
use crate::{FactsCache, ReadFailure, Sources, hash, words};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Larger sources are refused: no person wrote them.
const LARGEST: usize = 4 << 20;
/// Deep syntax needs a deep stack. Only what is touched is ever taken from the machine.
const STACK: usize = 512 << 20;

/// How much of a file is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Its facts, if a word in it matters.
    IfItMatters,
    /// Its facts.
    Words,
    /// Its facts with every body.
    All,
}

/// A file after pass 1.
#[derive(Debug)]
pub struct Loaded {
    pub text: Arc<str>,
    pub content: Content,
}

/// What a file came to.
#[derive(Debug, Serialize, Deserialize)]
pub enum Content {
    /// No word in it matters; it declares no module files.
    Skipped,
    Facts(FileFacts),
    /// It is no Rust.
    #[serde(skip)]
    NotRust(NotRust),
}

/// Reads one file.
pub fn load(path: &str, level: Level, sources: &Sources<'_>) -> Result<Loaded, ReadFailure> {
    let text = sources.reader.read(path)?;
    if text.len() > LARGEST {
        return Err(ReadFailure::Unreadable(format!("it is larger than {} MiB", LARGEST >> 20)));
    }
    let content = content(&text, level, sources.cache);
    Ok(Loaded { text, content })
}

/// The facts of a text.
pub fn content(text: &str, level: Level, cache: Option<&dyn FactsCache>) -> Content {
    let key = cache.map(|cache| (cache, hash::hash(text.as_bytes(), FORMAT << 8 | level as u64)));
    if let Some((cache, key)) = key
        && let Some(stored) = cache.load(key)
        && let Ok(content) = postcard::from_bytes(&stored)
    {
        return content;
    }
    let content = read(text, level);
    if let Some((cache, key)) = key
        && !matches!(content, Content::NotRust(_))
        && let Ok(stored) = postcard::to_allocvec(&content)
    {
        cache.store(key, &stored);
    }
    content
}

fn read(text: &str, level: Level) -> Content {
    let depth = match level {
        Level::IfItMatters if !words::file_matters(text) => return Content::Skipped,
        Level::IfItMatters | Level::Words => Depth::Words,
        Level::All => Depth::All,
    };
    match lower::lower(text, depth) {
        Ok(facts) => Content::Facts(facts),
        Err(reason) => Content::NotRust(reason),
    }
}

/// Reads several files, as many at once as there are processors. The results are in the order of `paths`.
pub fn load_all(paths: &[String], level: Level, sources: &Sources<'_>) -> Vec<Result<Loaded, ReadFailure>> {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(paths.len());
    if threads <= 1 {
        return paths.iter().map(|path| load(path, level, sources)).collect();
    }
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(paths.len()));
    let work = || {
        while let at = next.fetch_add(1, Ordering::Relaxed)
            && let Some(path) = paths.get(at)
        {
            let loaded = load(path, level, sources);
            done.lock().unwrap_or_else(PoisonError::into_inner).push((at, loaded));
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads {
            // Without a second thread this one does all of the work.
            let _ = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        }
        work();
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, loaded)| loaded).collect()
}

/// Runs `work` on a thread whose stack is deep enough for deep syntax.
pub fn with_deep_stack<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    std::thread::scope(|scope| {
        let handle = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).ok()?;
        match handle.join() {
            Ok(result) => Some(result),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}
