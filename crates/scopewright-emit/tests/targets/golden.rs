//! Every target on every situation, compared byte for byte with what is committed under `tests/golden`.

use crate::support::{Case, emit, files, folders, golden};
use scopewright_emit::{Document, Target};
use scopewright_model::Sink;

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
    let manifest = include_str!("../../Cargo.toml");
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

/// Every document of every case, with the plan it is merged with.
fn documents() -> Vec<(Case, Document)> {
    let of_case = |folder: std::path::PathBuf| {
        let documents = Case::read(&folder).documents;
        documents.into_iter().map(move |document| (Case::read(&folder), document))
    };
    folders(&golden().join(Target::OpenApi.name())).into_iter().flat_map(of_case).collect()
}

/// The merged text of one document, if it can be merged.
fn merged(case: &Case, document: Document) -> Option<String> {
    let made = emit(Target::OpenApi, &case.plan, &[document], &mut Sink::default());
    made.first().map(|file| file.contents().to_owned())
}

#[test]
fn line_breaks_and_a_byte_order_mark_are_kept() {
    for (case, document) in documents() {
        let expected = merged(&case, document.clone());
        let with_text = |text: String| merged(&case, Document { path: document.path.clone(), text });
        let windows = |text: &str| text.replace('\n', "\r\n");
        assert_eq!(with_text(windows(&document.text)), expected.as_deref().map(windows), "{}", document.path);
        let marked = |text: &str| format!("\u{feff}{text}");
        assert_eq!(with_text(marked(&document.text)), expected.as_deref().map(marked), "{}", document.path);
    }
}

#[test]
fn a_document_that_is_cut_off_is_merged_or_refused() {
    for (case, document) in documents() {
        for end in (0..document.text.len()).step_by(11).filter(|end| document.text.is_char_boundary(*end)) {
            let text = document.text[..end].to_owned();
            let Some(once) = merged(&case, Document { path: document.path.clone(), text }) else { continue };
            let twice = merged(&case, Document { path: document.path.clone(), text: once.clone() });
            assert_eq!(twice.as_deref(), Some(once.as_str()), "{} up to {end}", document.path);
        }
    }
}

#[test]
fn documents_of_version_3_0_are_read_by_typed_structures() {
    let mut read = 0;
    for folder in folders(&golden().join(Target::OpenApi.name())) {
        for (path, text) in files(&folder.join("expected")) {
            let value: serde_json::Value =
                serde_saphyr::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
            if !value["openapi"].as_str().unwrap().starts_with("3.0") {
                continue;
            }
            let document: openapiv3::OpenAPI = serde_json::from_value(value)
                .unwrap_or_else(|error| panic!("{}/{path}: {error}", folder.display()));
            let operations = document.operations().count();
            let decided =
                document.operations().filter(|(.., operation)| operation.security.is_some()).count();
            assert_eq!(decided, operations, "{}/{path}", folder.display());
            read += 1;
        }
    }
    assert!(read > 0);
}
