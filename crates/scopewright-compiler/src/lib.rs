//! The pipeline: policy and routes in, plan and files out. The only crate that reads and writes files.
