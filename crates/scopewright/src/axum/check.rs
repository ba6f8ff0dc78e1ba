//! An axum request as a decision sees it.

use crate::check::Asking;
use ::axum::extract::MatchedPath;
use http::request::Parts;
use http::{Extensions, Method, Request};
use std::borrow::Cow;

#[derive(Clone, Copy)]
pub(super) struct AxumRequest<'r> {
    pub(super) method: &'r Method,
    pub(super) extensions: &'r Extensions,
}

impl<'r> AxumRequest<'r> {
    #[inline]
    pub(super) fn of<B>(request: &'r Request<B>) -> Self {
        Self { method: request.method(), extensions: request.extensions() }
    }

    #[inline]
    pub(super) const fn of_parts(parts: &'r Parts) -> Self {
        Self { method: &parts.method, extensions: &parts.extensions }
    }
}

impl Asking for AxumRequest<'_> {
    #[inline]
    fn remembered<T: Send + Sync + 'static>(&self) -> Option<&T> {
        self.extensions.get()
    }

    fn method(&self) -> &str {
        self.method.as_str()
    }

    fn route(&self) -> Cow<'_, str> {
        self.remembered::<MatchedPath>().map_or("", MatchedPath::as_str).into()
    }
}
