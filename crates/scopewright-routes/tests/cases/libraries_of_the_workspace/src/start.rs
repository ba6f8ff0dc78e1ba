pub async fn everything() {
    admin::run().await;
}
