//! How many questions a judge answered, and on how many it agrees with us.

use std::io::Write;

/// The count for one judge and one kind of question.
pub(crate) struct Tally {
    title: String,
    asked: usize,
    agreed: usize,
    listed: usize,
    disagreements: Vec<String>,
}

impl Tally {
    pub(crate) fn new(judge: &str, kind: &str) -> Self {
        let title = format!("elasticsearch {judge}: {kind}");
        Self { title, asked: 0, agreed: 0, listed: 0, disagreements: Vec::new() }
    }

    /// A question on which both should agree.
    pub(crate) fn compare<T: PartialEq + std::fmt::Debug>(
        &mut self,
        question: impl FnOnce() -> String,
        ours: &T,
        theirs: &T,
    ) {
        self.asked += 1;
        if ours == theirs {
            self.agreed += 1;
        } else {
            let place = question();
            self.disagreements.push(format!("{place}: ours {ours:?}, Elasticsearch {theirs:?}"));
        }
    }

    /// A question on which they differ, as is known and told to users.
    pub(crate) fn listed(&mut self) {
        self.asked += 1;
        self.listed += 1;
    }

    /// Prints the count; panics where there is a disagreement, or fewer questions than expected.
    #[track_caller]
    pub(crate) fn close(self, least: usize) {
        let Self { title, asked, agreed, listed, disagreements } = self;
        // Not by the macro: what that prints is kept back when the test passes.
        let _ = writeln!(
            std::io::stderr(),
            "{title}: {asked} asked, {agreed} agree, {listed} differ as listed, {} disagree",
            disagreements.len()
        );
        let shown: Vec<&String> = disagreements.iter().take(40).collect();
        assert!(shown.is_empty(), "{title}: {} disagreements\n{shown:#?}", disagreements.len());
        assert!(asked >= least, "{title}: only {asked} questions, {least} expected");
    }
}
