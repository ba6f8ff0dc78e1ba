//! Every target on every situation, compared byte for byte with what is committed under `tests/golden`.
#![cfg(all(feature = "openapi", feature = "docs", feature = "sdk"))]

mod support;

use scopewright_emit::{Document, Target};
use scopewright_model::Sink;
use support::{Case, emit, files, folders, golden};

#[test]
fn every_target_makes_what_is_committed() {
    let mut problems = Vec::new();
    for target in Target::ALL {
        let cases = folders(&golden().join(target.name()));
        for folder in cases {
            let case = Case::read(&folder);
            let mut sink = Sink::default();
            let made = emit(target, &case.plan, &case.documents, &mut sink);
            let made_again = emit(target, &case.plan, &case.documents, &mut Sink::default());
            assert_eq!(made, made_again, "{}", folder.display());
            problems.extend(case.expect(&made, &sink.finish()).err());
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn every_golden_folder_belongs_to_a_target() {
    let names = Target::ALL.map(Target::name);
    for folder in folders(&golden()) {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        assert!(names.contains(&name.as_str()), "{name}");
    }
}

#[test]
fn every_target_has_an_emitter_a_feature_and_a_golden_folder() {
    let manifest = include_str!("../Cargo.toml");
    for target in Target::ALL {
        assert!(!files(&golden().join(target.name())).is_empty(), "{}", target.name());
        if let Some(feature) = target.feature() {
            assert!(manifest.contains(&format!("\n{feature} = [")), "{feature}");
        }
        let everything = Case::read(&golden().join("openapi/cortexvigil"));
        let made = emit(target, &everything.plan, &everything.documents, &mut Sink::default());
        assert_eq!(made.len(), 1, "{}", target.name());
    }
}

#[test]
fn a_second_run_changes_no_document() {
    for folder in folders(&golden().join(Target::OpenApi.name())) {
        let case = Case::read(&folder);
        let made = emit(Target::OpenApi, &case.plan, &case.documents, &mut Sink::default());
        let documents: Vec<Document> = made
            .iter()
            .map(|file| Document { path: file.path().to_owned(), text: file.contents().to_owned() })
            .collect();
        let again = emit(Target::OpenApi, &case.plan, &documents, &mut Sink::default());
        assert_eq!(made, again, "{}", folder.display());
    }
}
