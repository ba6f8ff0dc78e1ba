//! What our router and utoipa-axum's have alike.

/// `layer` and `route_layer` of a router, by those of a field.
macro_rules! layers {
    ($router:ident) => {
        /// Wraps everything registered so far, fallbacks included.
        #[must_use]
        pub fn layer<L>(self, layer: L) -> Self
        where
            L: Layer<Route> + Clone + Send + Sync + 'static,
            L::Service: Service<Request> + Clone + Send + Sync + 'static,
            <L::Service as Service<Request>>::Response: IntoResponse + 'static,
            <L::Service as Service<Request>>::Error: Into<Infallible> + 'static,
            <L::Service as Service<Request>>::Future: Send + 'static,
        {
            Self { $router: self.$router.layer(layer), ..self }
        }

        /// Wraps every route registered so far, but not fallbacks.
        ///
        /// # Panics
        /// As axum: if there is no route yet.
        #[must_use]
        #[track_caller]
        pub fn route_layer<L>(self, layer: L) -> Self
        where
            L: Layer<Route> + Clone + Send + Sync + 'static,
            L::Service: Service<Request> + Clone + Send + Sync + 'static,
            <L::Service as Service<Request>>::Response: IntoResponse + 'static,
            <L::Service as Service<Request>>::Error: Into<Infallible> + 'static,
            <L::Service as Service<Request>>::Future: Send + 'static,
        {
            Self { $router: self.$router.route_layer(layer), ..self }
        }
    };
}
pub(super) use layers;
