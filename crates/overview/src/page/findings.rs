//! All findings, and below them what each of their codes means.

use std::collections::BTreeMap;
use std::fmt::Write;

use crosstrust_report::print::escaped;
use crosstrust_report::{Finding, Rule};

use super::{counted, prose};
use crate::overview::Overview;

pub(super) fn section(out: &mut String, overview: &Overview) {
    let findings = overview.report.findings();
    out.push_str("<section id=\"findings\"><h2>Findings</h2>\n");
    if findings.is_empty() {
        out.push_str("<p>Nothing is wrong.</p>\n</section>\n");
        return;
    }
    let mut sorted = findings.iter().collect::<Vec<_>>();
    sorted.sort_by_key(|finding| finding.severity());
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
    for finding in sorted {
        row(out, finding);
    }
    out.push_str("</tbody></table></div>\n");
    explanations(out, overview);
    out.push_str("</section>\n");
}

fn row(out: &mut String, finding: &Finding) {
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
    let _ = writeln!(
        out,
        "<tr data-kind=\"{severity}\"><td><span class=\"chip {severity}\">{severity}</span></td><td>\
         <a href=\"#{code}\">{code}</a></td><td>{message}{place}<br><span class=\"soft\">→ {help}</span></td></tr>"
    );
}

/// Each code that the page shows, once.
fn explanations(out: &mut String, overview: &Overview) {
    let mut rules: BTreeMap<&str, (&Rule, usize)> = BTreeMap::new();
    for finding in overview.report.findings() {
        let rule = finding.rule();
        let (_, count) = rules.entry(rule.code).or_insert((rule, 0));
        *count = count.saturating_add(1);
    }
    for group in overview.matrix.refusals() {
        rules.entry(group.rule.code).or_insert((group.rule, 0));
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
