//! `kit.json`: the steps as data.

use super::Kit;
use super::step::{Request, Step};
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

fn step(step: &Step) -> Document {
    let Step { order, side, kind, title, who, file, request, command, ui, details, check, undo } =
        step;
    let text = |text: &Option<String>| text.as_deref().map_or(Document::Null, Document::from);
    let request = request.as_ref().map(|Request { method, path }| {
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
}
