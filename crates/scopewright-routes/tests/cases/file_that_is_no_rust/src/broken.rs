pub fn router() -> Router {
    let = ;
}
