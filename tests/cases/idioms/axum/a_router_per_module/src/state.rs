use std::sync::Arc;

#[derive(Clone)]
pub struct AppState {
    inner: Arc<Inner>,
}

struct Inner {
    site: String,
}

impl AppState {
    pub fn new(site: impl Into<String>) -> Self {
        Self { inner: Arc::new(Inner { site: site.into() }) }
    }

    pub fn site(&self) -> &str {
        &self.inner.site
    }
}
