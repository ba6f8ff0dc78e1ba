//! The two ways a handler gets at rows: [`Workspace`] reads them, [`Write`] changes them, once.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest, HttpResponse};
use serde::Serialize;

use crate::answer::Answer;
use crate::body::{self, RequestBody};
use crate::caller::Caller;
use crate::db::{Entity, Filter, Store};
use crate::error::{ApiError, ApiResult};
use crate::idempotency::{self, Exchange, IdempotencyKey};
use crate::page::Page;
use crate::state::AppState;

/// The rows of the caller's workspace, to be read.
pub(crate) struct Workspace {
    state: Data<AppState>,
    caller: Caller,
}

impl Workspace {
    /// Answers 200 with what `work` finds.
    pub(crate) async fn read<T, F>(self, work: F) -> ApiResult<HttpResponse>
    where
        T: Serialize + Send + 'static,
        F: FnOnce(Store<'_>) -> ApiResult<T> + Send + 'static,
    {
        let workspace = self.caller.workspace().to_owned();
        let found = self
            .state
            .database
            .read(move |connection| -> ApiResult<T> { work(Store { connection, workspace: &workspace }) });
        Ok(Answer::ok(&found.await?).into())
    }

    pub(crate) async fn list<F: Filter>(self, filter: F, page: Page) -> ApiResult<HttpResponse> {
        self.read(move |store| store.list(&filter, &page)).await
    }

    /// The rows that belong to one `P`; a 404 when there is no such `P`.
    pub(crate) async fn list_of<P: Entity, F: Filter>(
        self,
        parent: String,
        filter: F,
        page: Page,
    ) -> ApiResult<HttpResponse> {
        self.read(move |store| {
            store.get::<P>(&parent)?;
            store.list(&filter, &page)
        })
        .await
    }

    pub(crate) async fn get<T: Entity>(self, id: String) -> ApiResult<HttpResponse> {
        self.read(move |store| store.get::<T>(&id)).await
    }
}

impl FromRequest for Workspace {
    type Error = ApiError;
    type Future = Ready<ApiResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(state_of(request).and_then(|state| Ok(Self { state, caller: Caller::of(request)? })))
    }
}

/// A change to the rows of the caller's workspace, and the body that asks for it.
pub(crate) struct Write<T> {
    state: Data<AppState>,
    pub(crate) caller: Caller,
    pub(crate) body: T,
    exchange: Option<Exchange>,
}

impl<T: RequestBody> Write<T> {
    /// Does the work in a transaction and answers, or answers as it did when the same request came before.
    pub(crate) async fn run<F>(self, work: F) -> ApiResult<HttpResponse>
    where
        F: FnOnce(Store<'_>, T) -> ApiResult<Answer> + Send + 'static,
    {
        self.run_if(|_, _, _| Ok(()), work).await
    }

    /// [`run`](Self::run), if `permit` lets the caller: what depends on more of the caller than the guard asks for.
    ///
    /// It is asked each time, also before an answer is given again that an earlier request was given: what a credential
    /// held then is no reason now. What it refuses is not kept: a caller may hold more next time.
    pub(crate) async fn run_if<P, F>(self, permit: P, work: F) -> ApiResult<HttpResponse>
    where
        P: FnOnce(Store<'_>, &Caller, &T) -> ApiResult<()> + Send + 'static,
        F: FnOnce(Store<'_>, T) -> ApiResult<Answer> + Send + 'static,
    {
        let Self { state, caller, body, exchange } = self;
        let answer = state.database.write(move |transaction| -> ApiResult<Answer> {
            let store = Store { connection: transaction, workspace: caller.workspace() };
            permit(store, &caller, &body)?;
            let effect = || work(store, body);
            match &exchange {
                Some(exchange) => idempotency::once(transaction, exchange, effect),
                None => effect(),
            }
        });
        let answer = answer.await?;
        state.queued.notify_one();
        Ok(answer.into())
    }

    pub(crate) async fn remove<E: Entity>(self, id: String) -> ApiResult<HttpResponse> {
        self.run(move |store, _| {
            store.remove::<E>(&id)?;
            Ok(Answer::no_content())
        })
        .await
    }
}

impl<T: RequestBody + Serialize> Write<T> {
    /// Adds a row of the body's fields, found at `{path}/{id}` from then on.
    pub(crate) async fn create<E: Entity>(self, path: &'static str) -> ApiResult<HttpResponse> {
        self.run(move |store, body| {
            let made: E = store.insert(&body)?;
            Ok(Answer::created(format!("/api/v2/{path}/{}", made.id()), &made))
        })
        .await
    }

    /// Changes a row's columns that are fields of the body.
    pub(crate) async fn amend<E: Entity>(self, id: String) -> ApiResult<HttpResponse> {
        self.run(move |store, body| Ok(Answer::ok(&store.update::<E>(&id, &body)?))).await
    }
}

impl<T: RequestBody> FromRequest for Write<T> {
    type Error = ApiError;
    type Future = std::pin::Pin<Box<dyn Future<Output = ApiResult<Self>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let bytes = body::bytes(request, payload);
        let request = request.clone();
        Box::pin(async move {
            let state = state_of(&request)?;
            let caller = Caller::of(&request)?;
            let key = IdempotencyKey::of(&request)?;
            let bytes = bytes.await?;
            let body = T::read(request.content_type(), &bytes)?;
            let exchange = key.map(|key| Exchange {
                subject: caller.subject.to_string(),
                key,
                request: [
                    request.method().as_str().into(),
                    request.uri().to_string().into_bytes(),
                    bytes.to_vec(),
                ],
            });
            Ok(Self { state, caller, body, exchange })
        })
    }
}

fn state_of(request: &HttpRequest) -> ApiResult<Data<AppState>> {
    let state = request.app_data::<Data<AppState>>().cloned();
    state.ok_or_else(|| ApiError::internal("the service was put together without its state"))
}
