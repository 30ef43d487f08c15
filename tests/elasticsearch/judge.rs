//! The programs that `setup.sh` makes, one for each line of Elasticsearch and Java.

use std::path::{Path, PathBuf};

use crosstrust_pattern::tsv;
use crosstrust_testkit::{Run, missing};

/// A program that puts questions to the classes of one Elasticsearch on one Java.
pub(crate) struct Judge {
    /// Such as `8.19-java17`.
    pub(crate) name: String,
    program: PathBuf,
}

/// What Elasticsearch says to a question.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Answer {
    Ok(Vec<String>),
    Error(String),
}

/// All judges that are set up. If there is none, says so, or panics if there must be one.
#[track_caller]
pub(crate) fn judges() -> Vec<Judge> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("elasticsearch");
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let programs = entries.map(|entry| entry.unwrap().path().join("judge"));
    let mut judges: Vec<Judge> = programs.filter(|program| program.is_file()).map(judge).collect();
    judges.sort_by(|left, right| left.name.cmp(&right.name));
    if judges.is_empty() {
        missing("Elasticsearch is not set up by tests/elasticsearch/setup.sh");
    }
    judges
}

fn judge(program: PathBuf) -> Judge {
    let folder = program.parent().unwrap().file_name().unwrap();
    Judge { name: folder.to_str().unwrap().to_owned(), program }
}

impl Judge {
    /// Another program beside it, such as `node`.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.program.with_file_name(name)
    }

    /// The major version of Elasticsearch.
    pub(crate) fn major(&self) -> u32 {
        self.name.split('.').next().unwrap().parse().unwrap()
    }

    /// Puts questions, each a list of columns, and gives an answer to each.
    #[track_caller]
    pub(crate) fn ask(&self, questions: &[Vec<String>]) -> Vec<Answer> {
        let line = |columns: &Vec<String>| {
            let columns: Vec<String> = columns.iter().map(|column| escape(column)).collect();
            columns.join("\t") + "\n"
        };
        let input: String = questions.iter().map(line).collect();
        let ended = Run::new(&self.program).stdin(input).run().succeeds();
        let answers: Vec<Answer> = ended.text().lines().map(answer).collect();
        assert_eq!(answers.len(), questions.len(), "{}: {}", self.name, ended.messages());
        answers
    }
}

fn escape(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('\t', "\\t");
    text.replace('\n', "\\n").replace('\r', "\\r")
}

#[track_caller]
fn answer(line: &str) -> Answer {
    let columns = line.split('\t').map(|column| tsv::unescape(column).unwrap());
    let mut columns: Vec<String> = columns.collect();
    match columns.remove(0).as_str() {
        "ok" => Answer::Ok(columns),
        "error" => Answer::Error(columns.join(" ")),
        _ => panic!("no such question: {line}"),
    }
}
