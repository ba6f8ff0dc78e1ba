struct Other;

impl Other {
    #[rmcp::tool(name = "fully_named")]
    fn tool(&self) {}
}
