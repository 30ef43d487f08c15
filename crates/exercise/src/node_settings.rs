//! Settings files of nodes: read, checked, and each file that they name looked at.

use crosstrust_preflight::node_settings::{
    FileFacts, IdentityFiles, NamedFile, NodeSettings, TlsContext, TrustFiles,
};
use crosstrust_report::{Report, print};

pub(crate) fn run(input: &[u8]) {
    let environment = |name: &str| (name != "NOWHERE").then(|| name.to_lowercase());
    let Ok(settings) = NodeSettings::parse("elasticsearch.yml", input, &environment) else {
        return;
    };
    let lines = input.split(|octet| *octet == b'\n').count();
    told(&settings.report, lines);
    for context in &settings.contexts {
        for file in files(context) {
            look(&settings, file, lines);
        }
    }
    let again = NodeSettings::parse("elasticsearch.yml", input, &environment);
    assert!(again.is_ok_and(|again| again.report == settings.report), "read twice");
}

/// Each finding has a place in the file, and every printer copes with it.
fn told(report: &Report, lines: usize) {
    for finding in report.findings() {
        let Some((line, column)) = finding.place() else {
            panic!("{} has no place", finding.message())
        };
        assert!((1..=lines).contains(&line) && column > 0, "{}: line {line}", finding.message());
    }
    for text in [print::json(report), print::sarif(report, "0")] {
        assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "the report is no JSON");
    }
    let _ = (print::human(report, print::Layout::default()), print::github(report, false));
}

fn files(context: &TlsContext) -> Vec<&NamedFile> {
    let mut files: Vec<&NamedFile> = context.restrictions.iter().collect();
    match &context.identity {
        Some(IdentityFiles::KeyStore(store)) => files.push(&store.file),
        Some(IdentityFiles::Pem { certificate, key, .. }) => files.extend([certificate, key]),
        None => {}
    }
    match &context.trust {
        TrustFiles::Authorities(authorities) => files.extend(authorities),
        TrustFiles::Store(store) => files.push(&store.file),
        TrustFiles::Everybody | TrustFiles::Unsaid => {}
    }
    files
}

/// A file that is missing is an error; a sound one is not.
fn look(settings: &NodeSettings, file: &NamedFile, lines: usize) {
    assert!(!file.path.is_empty(), "`{}` names nothing", file.setting);
    let problem = Some("no such file or directory".to_owned());
    let missing = settings.check_file(file, &FileFacts { problem, ..FileFacts::default() });
    assert!(missing.has_errors());
    told(&missing, lines);
    assert!(settings.check_file(file, &FileFacts::default()).is_empty());
}
