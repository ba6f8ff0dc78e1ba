//! axum's extractors for a service that answers what it could not read in a form of its own.

/// Makes `Path`, `Query` and `Body`: axum's `Path`, `Query` and `Json`, whose rejections become the service's error.
///
/// The error implements `From` for those rejections. A macro, because the error is part of the extractor's type, and a
/// handler should not have to name it.
#[macro_export]
macro_rules! extractors {
    ($error:ident) => {
        /// Parameters of the path.
        #[derive(axum::extract::FromRequestParts)]
        #[from_request(via(axum::extract::Path), rejection($error))]
        pub(crate) struct Path<T>(pub(crate) T);

        /// Parameters of the query.
        #[derive(axum::extract::FromRequestParts)]
        #[from_request(via(axum::extract::Query), rejection($error))]
        pub(crate) struct Query<T>(pub(crate) T);

        /// A JSON body.
        #[derive(axum::extract::FromRequest)]
        #[from_request(via(axum::Json), rejection($error))]
        pub(crate) struct Body<T>(pub(crate) T);
    };
}
