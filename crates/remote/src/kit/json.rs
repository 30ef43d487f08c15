//! `kit.json`: the steps as data.

use serde_json::Value;

use super::Kit;
use super::curl::{ClusterRole, Request};
use super::step::Step;
use crate::connection::Connection;
use crate::document::{Document, map, texts};

/// The text of `kit.json`.
pub(super) fn write(kit: &Kit, connection: &Connection) -> String {
    let Connection { alias, model, mode, local, remote, .. } = connection;
    let platform = |word: &str| map([("platform", word.into())]);
    let steps = |steps: &[Step]| Document::List(steps.iter().map(step).collect());
    map([
        ("alias", alias.as_str().into()),
        ("model", model.word().into()),
        ("mode", mode.word().into()),
        ("local", platform(local.platform.word())),
        ("remote", platform(remote.platform.word())),
        ("steps", steps(&kit.steps)),
        ("removal", steps(&kit.removal)),
        ("migration", texts(&kit.migration)),
    ])
    .to_json()
}

/// The files of steps that a `kit.json` lists; none where the text is no such file, and none with a
/// path that no kit has.
pub(super) fn step_files(text: &str) -> Vec<String> {
    let Ok(kit) = serde_json::from_str::<Value>(text) else { return Vec::new() };
    let steps = ["steps", "removal"].into_iter().filter_map(|key| kit.get(key)?.as_array());
    let files = steps.flatten().flat_map(|step| [step.get("file"), step.get("patch")]);
    let files = files.flatten().filter_map(Value::as_str);
    files.filter(|path| is_of_a_step(path)).map(str::to_owned).collect()
}

/// Whether a path is that of a step's file: the side, the number and a name.
fn is_of_a_step(path: &str) -> bool {
    let Some((side, file)) = path.split_once('/') else { return false };
    let Some((number, name)) = file.split_once('-') else { return false };
    let is_side = [ClusterRole::Local, ClusterRole::Remote].iter().any(|role| role.word() == side);
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_side && is_number && !name.is_empty() && !name.contains(['/', '\\', '\0'])
}

fn step(step: &Step) -> Document {
    let Step { order, side, kind, title, who, file, patch, request, .. } = step;
    let Step { command, ui, details, check, undo, .. } = step;
    let text = |text: &Option<String>| text.as_deref().map_or(Document::Null, Document::from);
    let request = request.as_ref().map(|Request { method, path, .. }| {
        map([("method", (*method).into()), ("path", path.as_str().into())])
    });
    map([
        ("order", Document::Number(order.to_string())),
        ("side", side.word().into()),
        ("kind", kind.word().into()),
        ("title", title.as_str().into()),
        ("file", text(file)),
        ("request", request.unwrap_or(Document::Null)),
        ("command", text(command)),
        ("ui", ui.as_ref().map_or(Document::Null, texts)),
        ("who", who.as_str().into()),
        ("details", texts(details)),
        ("check", check.as_str().into()),
        ("undo", undo.as_str().into()),
    ])
    .maybe("patch", patch.as_deref())
}

#[cfg(test)]
mod tests {
    use super::step_files;

    #[test]
    fn only_files_that_a_kit_can_have_are_taken_from_its_list() {
        let text = r#"{"steps": [{"file": "local/01-trust.json"}, {"file": null}, {}, 3,
            {"file": "../other/01-a"}, {"file": "local/../01-a"}, {"file": "/etc/01-passwd"},
            {"file": "local/01-../../a"}, {"file": "README.md"}, {"file": "local/notes.txt"}],
            "removal": [{"file": "remote/14-remove.json"}]}"#;
        assert_eq!(step_files(text), ["local/01-trust.json", "remote/14-remove.json"]);
        for text in ["", "[]", "{\"steps\": {}}", "{\"steps\": [\"local/01-a\"]}"] {
            assert!(step_files(text).is_empty(), "{text}");
        }
    }
}
