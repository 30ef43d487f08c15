//! How full disks may be: the low mark, the high one and that of the flood stage, and what is to stay free
//! at most.

use crosstrust_settings::Setting;

use crate::node_settings::Subject;
use crate::node_settings::value::{Release, Share, bytes_of, share_of};

/// The first thing that is wrong with the marks, and with what is to stay free.
pub(super) fn problems<'a>(subject: &Subject<'a>) -> Vec<(&'a Setting, String)> {
    let find = |names: &[String]| names.iter().find_map(|name| subject.file.get(name));
    let marks = MARKS.map(|(name, _, _)| format!("{PREFIX}{name}"));
    let headrooms = MARKS.map(|(name, _, _)| format!("{PREFIX}{name}.max_headroom"));
    let of_marks = || Some((find(&marks)?, of_marks(subject)?));
    let of_headrooms = || Some((find(&headrooms)?, of_headrooms(subject)?));
    of_marks().into_iter().chain(of_headrooms()).collect()
}

fn of_marks(subject: &Subject<'_>) -> Option<String> {
    let [low, high, flood, _] = MARKS.map(|(name, share, _)| mark(subject, name, share));
    let is_apart = match (low?, high?, flood?) {
        (Share::Percent(low), Share::Percent(high), Share::Percent(flood)) => {
            low > high || high > flood
        }
        (Share::Bytes(low), Share::Bytes(high), Share::Bytes(flood)) => low < high || high < flood,
        _ => {
            return Some(format!(
                "`{PREFIX}low`, `high` and `flood_stage` are to be percentages all, or sizes all"
            ));
        }
    };
    is_apart.then(|| {
        format!(
            "of `{PREFIX}low`, `high` and `flood_stage` a later one is to leave no more of the disk free than \
             the one before it; the defaults are 85%, 90% and 95%"
        )
    })
}

fn of_headrooms(subject: &Subject<'_>) -> Option<String> {
    let [low, high, flood, frozen] =
        MARKS.map(|(name, _, default)| headroom(subject, name, default));
    let (low, high, flood, frozen) = (low?, high?, flood?, frozen?);
    let is_in_bytes = |name, share| matches!(mark(subject, name, share), Some(Share::Bytes(_)));
    let is_any_set = low >= 0 || high >= 0 || flood >= 0;
    if (is_in_bytes("low", "85%") && is_any_set)
        || (is_in_bytes("flood_stage.frozen", "95%") && frozen >= 0)
    {
        return Some(format!("`{PREFIX}*.max_headroom` are nothing beside watermarks in bytes"));
    }
    if (low >= 0 && high < 0) || (high >= 0 && flood < 0) {
        let message = "is set, and that of the next stage is not";
        return Some(format!("a `{PREFIX}*.max_headroom` {message}"));
    }
    ((low >= 0 && high > low) || (high >= 0 && flood > high))
        .then(|| format!("a `{PREFIX}*.max_headroom` is more than that of the stage before it"))
}

fn mark(subject: &Subject<'_>, name: &str, default: &str) -> Option<Share> {
    let key = format!("{PREFIX}{name}");
    if subject.is_open(&key) {
        return None;
    }
    let text = subject.text_of(&key);
    share_of(text.as_deref().unwrap_or(default), Release::Before)
}

/// What is to stay free at most. The default counts where the watermark itself is not set.
fn headroom(subject: &Subject<'_>, name: &str, default: &str) -> Option<i128> {
    let own = format!("{PREFIX}{name}.max_headroom");
    if subject.is_open(&own) {
        return None;
    }
    let default = match subject.set(&format!("{PREFIX}{name}")) {
        Some(_) => "-1",
        None => default,
    };
    let text = subject.text_of(&own);
    bytes_of(text.as_deref().unwrap_or(default), Release::Before)
}

const PREFIX: &str = "cluster.routing.allocation.disk.watermark.";

/// The stages, with the defaults of the watermark and of its headroom.
const MARKS: [(&str, &str, &str); 4] = [
    ("low", "85%", "200gb"),
    ("high", "90%", "150gb"),
    ("flood_stage", "95%", "100gb"),
    ("flood_stage.frozen", "95%", "20gb"),
];
