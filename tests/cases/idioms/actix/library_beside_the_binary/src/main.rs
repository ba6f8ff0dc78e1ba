//! The binary of a package serves what its library makes.

use library_beside_the_binary::startup;

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    startup::run("127.0.0.1:0").await
}
