//! HCL as `terraform fmt` leaves it: attributes that follow each other have their `=` below each other.

use serde_json::Value;

/// A text in the making.
#[derive(Debug, Default)]
pub(super) struct Hcl {
    text: String,
    depth: usize,
    /// Attributes that wait for those beside them.
    waiting: Vec<(String, String)>,
}

impl Hcl {
    /// Lines of comment.
    pub(super) fn comment(&mut self, text: &str) {
        self.flush();
        for line in text.lines() {
            self.line(&format!("# {line}"));
        }
    }

    /// An empty line.
    pub(super) fn gap(&mut self) {
        self.flush();
        self.text.push('\n');
    }

    /// `head {`, up to the matching `close`.
    pub(super) fn open(&mut self, head: &str) {
        self.flush();
        self.line(&format!("{head} {{"));
        self.depth = self.depth.saturating_add(1);
    }

    pub(super) fn close(&mut self) {
        self.flush();
        self.depth = self.depth.saturating_sub(1);
        self.line("}");
    }

    /// An attribute with an expression in one line.
    pub(super) fn set(&mut self, name: &str, expression: impl Into<String>) {
        self.waiting.push((name.to_owned(), expression.into()));
    }

    pub(super) fn finish(mut self) -> String {
        self.flush();
        self.text
    }

    fn flush(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        let width = waiting.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
        for (name, expression) in waiting {
            self.line(&format!("{name:width$} = {expression}"));
        }
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(&"  ".repeat(self.depth));
        self.text.push_str(line);
        self.text.push('\n');
    }
}

/// A value as an expression.
pub(super) fn expression(value: &Value) -> String {
    match value {
        Value::Array(items) => {
            format!("[{}]", items.iter().map(expression).collect::<Vec<_>>().join(", "))
        }
        Value::Object(map) => {
            let pairs = map.iter().map(|(key, value)| format!("{key} = {}", expression(value)));
            format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "))
        }
        Value::String(text) => quoted(text),
        other => other.to_string(),
    }
}

/// A text in quotes, in which nothing is a template.
pub(super) fn quoted(text: &str) -> String {
    let json = Value::from(text).to_string();
    json.replace("${", "$${").replace("%{", "%%{")
}
