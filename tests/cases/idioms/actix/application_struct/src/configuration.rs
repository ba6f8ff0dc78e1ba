pub struct Settings {
    pub host: String,
    pub port: u16,
}

impl Settings {
    pub fn read() -> Self {
        let host = std::env::var("APP_HOST").unwrap_or_else(|_| "127.0.0.1".to_owned());
        Self { host, port: 0 }
    }
}
