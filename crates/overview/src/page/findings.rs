//! All findings, and below them what each of their codes means.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crosstrust_preflight::explain;
use crosstrust_report::print::escaped;
use crosstrust_report::{Finding, Rule};

use super::text::{counted, grouped, prose};
use crate::overview::Overview;

pub(super) fn section(out: &mut String, overview: &Overview<'_>) {
    let findings = overview.report.findings();
    out.push_str("<section id=\"findings\"><h2>Findings</h2>\n");
    if findings.is_empty() {
        out.push_str("<p>Nothing is wrong.</p>\n</section>\n");
        return;
    }
    let groups = grouped_findings(findings);
    out.push_str(
        "<p class=\"filter\" hidden data-for=\"finding-rows\"><label>Show <input type=\"search\" \
         placeholder=\"text, file or code\"></label> <label><input type=\"checkbox\" value=\"error\" checked> \
         errors</label> <label><input type=\"checkbox\" value=\"warning\" checked> warnings</label> <label>\
         <input type=\"checkbox\" value=\"note\" checked> notes</label> <output class=\"soft\"></output></p>\n",
    );
    out.push_str(
        "<div class=\"wide\"><table class=\"list findings\"><thead><tr><th scope=\"col\">Severity</th>\
         <th scope=\"col\">Code</th><th scope=\"col\">Finding</th></tr></thead>\n<tbody id=\"finding-rows\">\n",
    );
    for (position, (finding, count)) in groups.iter().take(MOST_ROWS).enumerate() {
        row(out, finding, *count, position >= PRINTED);
    }
    out.push_str("</tbody></table></div>\n");
    if let Some(more) = groups.len().checked_sub(MOST_ROWS).filter(|more| *more > 0) {
        let _ = writeln!(out, "<p class=\"soft\">and {} more: see report.json</p>", grouped(more));
    }
    explanations(out, overview);
    out.push_str("</section>\n");
}

/// The findings, worst first. Where they are many, those with the same rule and remedy in the same folder are one:
/// the first of them, and how many.
fn grouped_findings(findings: &[Finding]) -> Vec<(&Finding, usize)> {
    let mut groups: Vec<(&Finding, usize)> = Vec::new();
    let mut known = BTreeMap::new();
    let are_few = findings.len() <= FEW_FINDINGS;
    for (position, finding) in findings.iter().enumerate() {
        let folder =
            finding.path().and_then(|path| path.rsplit_once('/')).map(|(folder, _)| folder);
        let key = (finding.rule().code, folder, are_few.then_some(position));
        let index = *known.entry(key).or_insert(groups.len());
        match groups.get_mut(index) {
            Some((_, count)) => *count = count.saturating_add(1),
            None => groups.push((finding, 1)),
        }
    }
    groups.sort_by_key(|(finding, _)| finding.severity());
    groups
}

fn row(out: &mut String, finding: &Finding, count: usize, is_late: bool) {
    let (severity, code) = (finding.severity(), finding.rule().code);
    let place = match (finding.path(), finding.place()) {
        (Some(path), Some((line, column))) => format!("{path}:{line}:{column}"),
        (Some(path), None) => path.to_owned(),
        (None, _) => String::new(),
    };
    let place = match place.as_str() {
        "" => String::new(),
        place => format!("<br><span class=\"soft\">{}</span>", escaped(place)),
    };
    let (message, help) = (prose(finding.message()), prose(finding.help()));
    let more = match count.saturating_sub(1) {
        0 => String::new(),
        more => format!(" <b>and {} more here</b>", grouped(more)),
    };
    let late = if is_late { " class=\"late\"" } else { "" };
    let _ = writeln!(
        out,
        "<tr{late} data-kind=\"{severity}\"><td><span class=\"chip {severity}\">{severity}</span></td><td>\
         <a href=\"#{code}\">{code}</a></td><td>{message}{more}{place}<br><span class=\"soft\">→ {help}</span></td></tr>"
    );
}

/// Each code that the page shows, once.
fn explanations(out: &mut String, overview: &Overview<'_>) {
    let mut rules: BTreeMap<&str, (&Rule, usize)> = BTreeMap::new();
    for finding in overview.report.findings() {
        let rule = finding.rule();
        let (_, count) = rules.entry(rule.code).or_insert((rule, 0));
        *count = count.saturating_add(1);
    }
    let codes = overview.shortfalls.iter().filter_map(|shortfall| shortfall.outcome.code());
    for rule in codes.collect::<BTreeSet<_>>().into_iter().filter_map(explain) {
        rules.entry(rule.code).or_insert((rule, 0));
    }
    out.push_str("<h3>What the codes mean</h3>\n<dl class=\"codes\">\n");
    for (code, (rule, count)) in rules {
        let severity = rule.severity;
        let found = match count {
            0 => String::new(),
            count => format!(" <span class=\"soft\">{}</span>", counted(count, "finding")),
        };
        let _ = writeln!(
            out,
            "<div id=\"{code}\"><dt><span class=\"chip {severity}\">{code}</span> {}{found}</dt><dd>{}<br>\
             <span class=\"soft\">→ {}</span></dd></div>",
            prose(rule.summary),
            prose(rule.explanation),
            prose(rule.help)
        );
    }
    out.push_str("</dl>\n");
}

/// Findings that are shown one by one.
const FEW_FINDINGS: usize = 60;
/// So many rows are on the page, and so many of them on paper.
const MOST_ROWS: usize = 600;
const PRINTED: usize = 12;
