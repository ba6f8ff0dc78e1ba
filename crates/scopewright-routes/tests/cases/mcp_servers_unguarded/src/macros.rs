macro_rules! serve {
    ($tools:expr) => {
        StreamableHttpService::new(move || Ok($tools.clone()), sessions(), config())
    };
}

macro_rules! start {
    () => {
        fn started() {
            rmcp::serve_server(Tools, transport());
        }
    };
}

start!();

fn by_macro() {
    serve!(crate::Tools)
}
