//! Conversations about an index: each question is answered with what the search finds.

use actix_web::HttpResponse;
use actix_web::web::{Path, Query};
use scopewright::actix::web::ServiceConfig;
use scopewright::actix::{get, post};
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};

use crate::answer::Answer;
use crate::db::{Filter, Store, entity, query_all, query_one, read_json};
use crate::error::{ApiError, ApiResult};
use crate::page::Page;
use crate::search::{self, Hit};
use crate::values::{Name, Prose, TopK};
use crate::workspace::{Workspace, Write};

#[derive(Deserialize, Serialize)]
struct Conversation {
    id: String,
    index_id: String,
    title: String,
    created_at: String,
}

entity!(Conversation, "conversation" => "conversations");

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct NewConversation {
    index_id: String,
    title: Name,
}

#[derive(Deserialize, Serialize)]
struct ConversationFilter {
    index_id: Option<String>,
}

impl Filter for ConversationFilter {
    type Row = Conversation;
    const WHERE: &'static str = "(:index_id IS NULL OR index_id = :index_id)";
}

#[derive(Deserialize, Serialize)]
struct Message {
    id: String,
    role: String,
    text: String,
    #[serde(deserialize_with = "read_json")]
    citations: Vec<Hit>,
    created_at: String,
}

#[derive(Serialize)]
struct ConversationWithMessages {
    #[serde(flatten)]
    conversation: Conversation,
    messages: Vec<Message>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    text: Prose,
}

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(list_conversations).service(start_conversation).service(get_conversation).service(ask);
}

#[requires_scope("search")]
#[get("/chat/conversations")]
async fn list_conversations(
    workspace: Workspace,
    filter: Query<ConversationFilter>,
    page: Query<Page>,
) -> ApiResult<HttpResponse> {
    workspace.list(filter.into_inner(), page.into_inner()).await
}

#[requires_scope("search")]
#[post("/chat/conversations")]
async fn start_conversation(write: Write<NewConversation>) -> ApiResult<HttpResponse> {
    write.create::<Conversation>("chat/conversations").await
}

#[requires_scope("search")]
#[get("/chat/conversations/{conversation_id}")]
async fn get_conversation(workspace: Workspace, id: Path<String>) -> ApiResult<HttpResponse> {
    workspace
        .read(move |store| {
            let conversation = store.get(&id)?;
            let messages = query_all(
                store.connection,
                "SELECT m.id, m.role, m.text, m.citations, m.created_at
                 FROM messages AS m JOIN conversations AS c ON c.n = m.conversation_n
                 WHERE c.workspace = ?1 AND c.id = ?2
                 ORDER BY m.n",
                [store.workspace, &id],
            )?;
            Ok(ConversationWithMessages { conversation, messages })
        })
        .await
}

#[requires_scope("search")]
#[post("/chat/conversations/{conversation_id}/messages")]
async fn ask(write: Write<Question>, id: Path<String>) -> ApiResult<HttpResponse> {
    write
        .run(move |store, question| {
            let conversation: Conversation = store.get(&id)?;
            let index = Some(conversation.index_id.as_str());
            let citations = search::find(store, index, question.text.as_str(), TopK(3))?;
            add(store, &id, "user", question.text.as_str(), &[])?;
            let reply = add(store, &id, "assistant", &reply_from(&citations), &citations)?;
            Ok(Answer::created(format!("/api/v2/chat/conversations/{id}"), &reply))
        })
        .await
}

fn reply_from(citations: &[Hit]) -> String {
    match citations {
        [] => "Nothing in this index matches.".to_owned(),
        [only] => format!("One passage matches: {}", only.text),
        [best, rest @ ..] => format!("{} passages match. The closest: {}", rest.len() + 1, best.text),
    }
}

fn add(
    store: Store<'_>,
    conversation: &str,
    role: &str,
    text: &str,
    citations: &[Hit],
) -> ApiResult<Message> {
    let citations = serde_json::to_string(citations).map_err(ApiError::internal)?;
    let made = query_one(
        store.connection,
        "INSERT INTO messages (workspace, conversation_n, role, text, citations)
         SELECT workspace, n, ?3, ?4, ?5 FROM conversations WHERE workspace = ?1 AND id = ?2
         RETURNING id, role, text, citations, created_at",
        [store.workspace, conversation, role, text, &citations],
    )?;
    made.ok_or_else(|| ApiError::internal("a message was not stored"))
}
