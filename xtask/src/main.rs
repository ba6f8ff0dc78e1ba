//! Tasks of this repository: `test`, `tidy`, `regenerate`.

fn main() {}
