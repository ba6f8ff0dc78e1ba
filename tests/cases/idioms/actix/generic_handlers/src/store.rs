use std::sync::Mutex;

pub trait Store {
    fn list(&self) -> Vec<String>;
    fn add(&self, name: String);
}

#[derive(Default)]
pub struct MemoryStore(Mutex<Vec<String>>);

impl Store for MemoryStore {
    fn list(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }

    fn add(&self, name: String) {
        self.0.lock().unwrap().push(name);
    }
}
