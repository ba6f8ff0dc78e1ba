use rmcp::{tool, tool_router};
use scopewright::requires_scope;

pub struct Tools;

#[tool_router]
impl Tools {
    #[tool(description = "Lists the cameras.")]
    async fn list_cameras(&self) -> String {}

    #[requires_scope("write:camera")]
    #[tool]
    async fn pair_camera(&self) -> String {}

    #[requires_scope("read:cameras")]
    #[tool(name = "show")]
    async fn show_camera(&self) -> String {}

    #[requires_scope("read:cameras")]
    #[tool]
    async fn show(&self) -> String {}

    #[cfg(feature = "ffmpeg")]
    #[requires_scope("read:cameras")]
    #[tool(name = "clip")]
    async fn clip_by_ffmpeg(&self) -> String {}

    #[cfg(not(feature = "ffmpeg"))]
    #[requires_scope("write:cameras")]
    #[tool(name = "clip")]
    async fn clip_by_hand(&self) -> String {}

    #[cfg(feature = "still")]
    #[requires_scope("read:cameras")]
    #[tool(name = "still")]
    async fn still_now(&self) -> String {}

    #[cfg(not(feature = "still"))]
    #[requires_scope("read:cameras")]
    #[tool(name = "still")]
    async fn still_later(&self) -> String {}
}
