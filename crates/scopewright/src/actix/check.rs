//! An actix-web request as a decision sees it.

use super::path::canonical;
use crate::check::Asking;
use actix_web::dev::Extensions;
use actix_web::{HttpMessage, HttpRequest};
use std::borrow::Cow;
use std::cell::Ref;

pub(super) struct ActixRequest<'r> {
    request: &'r HttpRequest,
    extensions: Ref<'r, Extensions>,
}

impl<'r> ActixRequest<'r> {
    #[inline]
    pub(super) fn of(request: &'r HttpRequest) -> Self {
        Self { request, extensions: request.extensions() }
    }
}

impl Asking for ActixRequest<'_> {
    #[inline]
    fn remembered<T: Send + Sync + 'static>(&self) -> Option<&T> {
        self.extensions.get()
    }

    fn method(&self) -> &str {
        self.request.method().as_str()
    }

    fn route(&self) -> Cow<'_, str> {
        self.request.match_pattern().map(|pattern| canonical(&pattern)).unwrap_or_default().into()
    }
}
