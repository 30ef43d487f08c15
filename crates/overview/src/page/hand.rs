//! The verdict in a sentence, and what needs a hand today: what could not be read, clusters that refuse their own
//! nodes, acceptances that nobody expects, certificates that end.

use std::collections::BTreeMap;
use std::fmt::Write;

use crosstrust_preflight::Explanation;
use crosstrust_report::print::escaped;
use crosstrust_report::{Finding, Severity};

use super::text::{counted, elided, grouped, prose};
use crate::certificate::ValidityState;
use crate::overview::Overview;

/// The verdict on all clusters.
pub(super) fn sentence(overview: &Overview<'_>) -> String {
    let kinds = Kind::ALL.map(|kind| (kind, kind.count(overview)));
    let told = kinds.iter().filter(|(_, count)| *count > 0);
    let told = told.map(|(kind, count)| kind.words(*count, overview.warn_days));
    let told = told.collect::<Vec<_>>();
    let verdict = match told.as_slice() {
        [] => format!(
            "Each cluster accepts its own nodes, everything was read, and nothing expires within {}.",
            counted(days(overview), "day")
        ),
        [rest @ .., last] => {
            let head = if rest.is_empty() { String::new() } else { rest.join(", ") + " and " };
            format!("{head}{last}.")
        }
    };
    verdict + &others(overview)
}

/// How many directions between clusters are accepted.
fn others(overview: &Overview<'_>) -> String {
    let (accepted, all) = overview.accepted_between();
    match (all, all.saturating_sub(accepted)) {
        (0, _) => String::new(),
        (_, 0) => " All clusters accept each other.".to_owned(),
        _ => format!(
            " Between clusters, {} of {} are accepted.",
            grouped(accepted),
            counted(all, "direction")
        ),
    }
}

pub(super) fn section(out: &mut String, overview: &Overview<'_>) {
    out.push_str("<section id=\"hand\"><h2>What needs a hand today</h2>\n");
    let mut is_empty = true;
    for kind in Kind::ALL {
        let items = kind.items(overview);
        if items.is_empty() {
            continue;
        }
        is_empty = false;
        let heading = kind.words(kind.count(overview), overview.warn_days);
        let _ = writeln!(out, "<h3>{heading}</h3>\n<ul class=\"hand\">");
        for item in items.iter().take(SHOWN) {
            let _ = writeln!(out, "<li>{item}</li>");
        }
        out.push_str("</ul>\n");
        if let Some(more) = items.len().checked_sub(SHOWN).filter(|more| *more > 0) {
            let _ = writeln!(out, "<p class=\"soft\">and {} more: see below</p>", grouped(more));
        }
    }
    if is_empty {
        out.push_str("<p>Nothing.</p>\n");
    }
    out.push_str("</section>\n");
}

/// What may need a hand.
#[derive(Clone, Copy)]
enum Kind {
    Unread,
    Own,
    Unexpected,
    Shared,
    Expired,
    Soon,
}

impl Kind {
    const ALL: [Self; 6] =
        [Self::Unread, Self::Own, Self::Unexpected, Self::Shared, Self::Expired, Self::Soon];

    fn count(self, overview: &Overview<'_>) -> usize {
        match self {
            Self::Unread => problems(overview).count(),
            Self::Own => failing(overview).count(),
            Self::Unexpected => between(overview, "PF132").count(),
            Self::Shared => between(overview, "PF131").count(),
            Self::Expired => in_state(overview, ValidityState::Expired),
            Self::Soon => in_state(overview, ValidityState::Soon),
        }
    }

    fn words(self, count: usize, warn_days: u32) -> String {
        let many = |one: &str, more: &str| {
            format!("{} {}", grouped(count), if count == 1 { one } else { more })
        };
        match self {
            Self::Unread => many("problem with what was read", "problems with what was read"),
            Self::Own => many(
                "cluster does not accept all of its own nodes",
                "clusters do not accept all of their own nodes",
            ),
            Self::Unexpected => many(
                "cluster accepts somebody whom nobody expects",
                "clusters accept somebody whom nobody expects",
            ),
            Self::Shared => many(
                "shared CA has no trust restrictions behind it",
                "shared CAs have no trust restrictions behind them",
            ),
            Self::Expired => many("certificate has expired", "certificates have expired"),
            Self::Soon => format!(
                "{} within {warn_days} days",
                many("certificate expires", "certificates expire")
            ),
        }
    }

    fn items(self, overview: &Overview<'_>) -> Vec<String> {
        match self {
            Self::Unread => problems(overview).map(|(name, one)| problem(name, one)).collect(),
            Self::Own => failing(overview).filter_map(|cluster| own(overview, cluster)).collect(),
            Self::Unexpected => between(overview, "PF132").map(told).collect(),
            Self::Shared => between(overview, "PF131").map(told).collect(),
            Self::Expired => ending(overview, ValidityState::Expired),
            Self::Soon => ending(overview, ValidityState::Soon),
        }
    }
}

fn days(overview: &Overview<'_>) -> usize {
    usize::try_from(overview.warn_days).unwrap_or(usize::MAX)
}

fn problems<'a>(overview: &'a Overview<'_>) -> impl Iterator<Item = (&'a str, &'a Finding)> {
    overview.members.iter().flat_map(|member| {
        let findings = member.problems.findings().iter();
        let errors = findings.filter(|finding| finding.severity() == Severity::Error);
        errors.map(|finding| (member.cluster.name.as_str(), finding))
    })
}

fn problem(name: &str, finding: &Finding) -> String {
    let place = finding.path().map_or_else(String::new, |path| format!(" {}:", elided(path, 60)));
    format!(
        "<b>{}</b>{place} {} <a href=\"#{code}\"><code>{code}</code></a>",
        elided(name, LONGEST_NAME),
        prose(finding.message()),
        code = finding.rule().code
    )
}

/// The clusters that do not accept all of their own nodes.
fn failing<'a>(overview: &'a Overview<'_>) -> impl Iterator<Item = usize> + use<'a> {
    let own = overview.directions.iter().filter(|one| one.from == one.to);
    own.filter(|one| one.accepted < one.nodes).map(|one| one.from)
}

fn own(overview: &Overview<'_>, cluster: usize) -> Option<String> {
    let direction = overview.direction(cluster, cluster);
    let first = overview
        .shortfalls
        .iter()
        .find(|one| one.judges.as_slice() == [cluster] && one.from == cluster)?;
    let Explanation { rule, reason, .. } =
        overview.fleet.explanation(first.first, first.first_judge)?;
    Some(format!(
        "<b>{}</b>: {} of {} accepted. {} <a href=\"#{code}\"><code>{code}</code></a>",
        elided(overview.cluster_name(cluster), LONGEST_NAME),
        direction.accepted,
        counted(direction.nodes, "node"),
        prose(&reason),
        code = rule.code
    ))
}

fn between<'a>(
    overview: &'a Overview<'_>,
    code: &'static str,
) -> impl Iterator<Item = &'a Finding> {
    overview.between.findings().iter().filter(move |finding| finding.rule().code == code)
}

fn told(finding: &Finding) -> String {
    let code = finding.rule().code;
    format!("{} <a href=\"#{code}\"><code>{code}</code></a>", prose(finding.message()))
}

fn in_state(overview: &Overview<'_>, state: ValidityState) -> usize {
    overview.certificates.iter().filter(|one| one.state == state).count()
}

/// Certificates in a state, those of one cluster and one day together.
fn ending(overview: &Overview<'_>, state: ValidityState) -> Vec<String> {
    let mut groups: BTreeMap<(String, bool, usize), (usize, &str)> = BTreeMap::new();
    for one in overview.certificates.iter().filter(|one| one.state == state) {
        let day = one.not_after.to_string();
        let day = day.get(..10).unwrap_or(&day).to_owned();
        let cluster = one.uses.first().map_or(0, |used| used.cluster);
        let (count, _) =
            groups.entry((day, !one.is_ca, cluster)).or_insert((0, one.subject.as_str()));
        *count = count.saturating_add(1);
    }
    let lines = groups.into_iter().map(|((day, is_node, cluster), (count, subject))| {
        let kind = if is_node { "node" } else { "CA" };
        let more = if count > 1 { format!("{count} {kind}s, ") } else { String::new() };
        format!(
            "<time>{day}</time> <b>{}</b>: {more}<span class=\"soft\">{}</span>",
            elided(overview.cluster_name(cluster), LONGEST_NAME),
            escaped(subject)
        )
    });
    lines.collect()
}

/// So many things of a kind are listed.
const SHOWN: usize = 12;
/// Longer names of clusters are cut.
pub(super) const LONGEST_NAME: usize = 40;
