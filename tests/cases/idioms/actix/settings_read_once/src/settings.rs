use std::env;
use std::sync::LazyLock;

pub static SETTINGS: LazyLock<Settings> = LazyLock::new(Settings::read);

pub struct Settings {
    pub host: String,
    pub port: u16,
    pub workers: usize,
    pub greeting: String,
}

impl Settings {
    fn read() -> Self {
        let text = |name, default: &str| env::var(name).unwrap_or_else(|_| default.to_owned());
        Self {
            host: text("CAMERAS_HOST", "127.0.0.1"),
            port: text("CAMERAS_PORT", "0").parse().expect("CAMERAS_PORT is a port"),
            workers: text("CAMERAS_WORKERS", "1").parse().unwrap_or(1),
            greeting: text("CAMERAS_GREETING", "cameras"),
        }
    }
}
