//! What several of actix-web's builders have alike. Methods that ask for a decision are not among it: what rustc says about
//! an undecided handler shows the bound it lacks, and that should not be the inside of a macro.

/// `wrap` and `wrap_fn`: actix-web's own, all other fields kept.
macro_rules! wraps {
    ($builder:ident { $($kept:ident),+ } $what:literal) => {
        #[doc = concat!("Wraps ", $what, ".")]
        pub fn wrap<M, B>(
            self,
            middleware: M,
        ) -> $builder<
            impl ServiceFactory<
                ServiceRequest,
                Config = (),
                Response = ServiceResponse<B>,
                Error = Error,
                InitError = (),
            >,
        >
        where
            M: Transform<
                    T::Service,
                    ServiceRequest,
                    Response = ServiceResponse<B>,
                    Error = Error,
                    InitError = (),
                > + 'static,
            B: MessageBody,
        {
            let Self { inner, $($kept),+ } = self;
            $builder { inner: inner.wrap(middleware), $($kept),+ }
        }

        #[doc = concat!("Wraps ", $what, " in a function.")]
        pub fn wrap_fn<F, R, B>(
            self,
            middleware: F,
        ) -> $builder<
            impl ServiceFactory<
                ServiceRequest,
                Config = (),
                Response = ServiceResponse<B>,
                Error = Error,
                InitError = (),
            >,
        >
        where
            F: Fn(ServiceRequest, &T::Service) -> R + Clone + 'static,
            R: Future<Output = Result<ServiceResponse<B>, Error>>,
            B: MessageBody,
        {
            let Self { inner, $($kept),+ } = self;
            $builder { inner: inner.wrap_fn(middleware), $($kept),+ }
        }
    };
}

/// What is put on an application and on a scope, and asks for no decision: because it holds decided things alone, or stands
/// behind a door.
macro_rules! mounts {
    () => {
        /// Takes in what a function registers.
        #[must_use]
        pub fn configure<F: FnOnce(&mut ServiceConfig)>(mut self, configure: F) -> Self {
            let mut config = ServiceConfig::new();
            configure(&mut config);
            let (steps, registered) = config.into_parts();
            self.registered.extend(registered);
            self.inner = self.inner.configure(steps);
            self
        }

        /// Takes in a part of the service that still is plain actix-web, behind a [`DoorMiddleware`]: of its routes only
        /// those in the policy's table are served, and only to callers who meet the table's decision.
        ///
        /// The start-up comparison does not see what is registered in it.
        ///
        /// [`DoorMiddleware`]: crate::actix::DoorMiddleware
        #[must_use]
        pub fn service_actix<C: Catalogue>(mut self, part: impl PlainPart) -> Self {
            self.registered.doors.push(C::policy());
            self.inner = self.inner.service(part.behind_door::<C>());
            self
        }

        /// Adds a route at a path.
        #[must_use]
        pub fn route(mut self, path: &str, route: Route) -> Self {
            let (route, registered) = route.at(path);
            self.registered.extend(registered);
            self.inner = self.inner.route(path, route);
            self
        }
    };
}

pub(super) use {mounts, wraps};
