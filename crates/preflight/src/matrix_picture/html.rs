//! The matrix as HTML.

use std::fmt::Write;

use crosstrust_report::print::escaped;

use super::{Cell, Picture, Reason, Row, Why};
use crate::matrix::Matrix;

/// The matrix as one HTML document.
pub fn html(matrix: &Matrix) -> String {
    let picture = Picture::new(matrix);
    let mut body = table_of(&picture);
    if !picture.reasons.is_empty() {
        body.push_str("<h2>Why</h2>\n<ol>\n");
        picture.reasons.iter().for_each(|reason| explained(&mut body, reason));
        body.push_str("</ol>\n");
    }
    let headline = escaped(&picture.headline());
    format!(
        r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<link rel="icon" href="data:,">
<title>Who accepts whom</title>
<style>{COLOURS}{STYLE}</style>
</head>
<body>
<main>
<h1>Who accepts whom</h1>
<p class="soft">{headline}. A row presents its certificate, a column judges it; a node must be accepted as client and as server.</p>
{body}</main>
</body>
</html>
"#
    )
}

/// The table of the matrix.
fn table_of(picture: &Picture) -> String {
    let mut body = String::new();
    let columns = picture.columns.len().saturating_add(1);
    table_head(&mut body, picture);
    for group in &picture.clusters {
        let name = escaped(&group.name);
        let _ = writeln!(
            body,
            r#"<tbody><tr><th class="cluster" colspan="{columns}" scope="rowgroup">{name}</th></tr>"#
        );
        for row in &group.rows {
            one_row(&mut body, row);
        }
        body.push_str("</tbody>\n");
    }
    body.push_str("</table></div>\n");
    body
}

fn table_head(out: &mut String, picture: &Picture) {
    out.push_str("<div class=\"wide\"><table>\n<thead><tr><th scope=\"col\" class=\"corner\">presents ↓ &nbsp; judges →</th>");
    for name in &picture.columns {
        let _ = write!(out, r#"<th scope="col">{}</th>"#, escaped(name));
    }
    out.push_str("</tr></thead>\n");
}

fn one_row(out: &mut String, row: &Row) {
    let (label, title) = (escaped(&row.label), escaped(&row.title));
    let _ = write!(out, r#"<tr><th scope="row" title="{title}">{label}</th>"#);
    for cell in &row.cells {
        match cell {
            Cell::Accepted => out.push_str(r#"<td class="yes">✓ <span>accepted</span></td>"#),
            Cell::NotJudged(why) => marked(out, "unknown", "? <span>not judged</span>", why),
            Cell::Refused(why) => marked(out, "no", "✗ <span>refused</span>", why),
        }
    }
    out.push_str("</tr>\n");
}

/// A mark with the number of its reason.
fn marked(out: &mut String, class: &str, mark: &str, why: &Why) {
    let Why { number, reason } = why;
    let reason = escaped(reason);
    let _ = write!(
        out,
        "<td class=\"{class}\" title=\"{reason}\">{mark} <a href=\"#r{number}\">{number}</a></td>"
    );
}

fn explained(out: &mut String, reason: &Reason) {
    let Reason { number, head, code, text, help } = reason;
    let (head, text, help) = (escaped(head), escaped(text), escaped(help));
    let _ = writeln!(
        out,
        r#"<li id="r{number}" value="{number}"><b>{head}</b> <code>{code}</code><br>{text}<br><span class="soft">{help}</span></li>"#
    );
}

/// The colours of a picture, for light and dark.
pub const COLOURS: &str = "
:root{color-scheme:light dark;--page:#fff;--text:#1f2328;--soft:#59636e;--line:#d1d9e0;--band:#f6f8fa;--yes:#116329;--yes-back:#dafbe1;--no:#a40e26;--no-back:#ffebe9;--unknown:#7d4e00;--unknown-back:#fff8c5}
@media(prefers-color-scheme:dark){:root{--page:#0d1117;--text:#e6edf3;--soft:#9198a1;--line:#3d444d;--band:#151b23;--yes:#56d364;--yes-back:#12361f;--no:#ff7b72;--no-back:#4b1113;--unknown:#e3b341;--unknown-back:#3b2e00}}
";

/// The style of the table, and of the page around it.
pub const STYLE: &str = "
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:15px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif}
main{max-width:70rem;margin:0 auto;padding:2rem 1.25rem 3rem}
h1{font-size:1.5rem;margin:0}h2{font-size:1.1rem;margin:2rem 0 .5rem}
.soft{color:var(--soft)}p{margin:.25rem 0 1.25rem}
.wide{overflow-x:auto}
table{border-collapse:separate;border-spacing:4px;width:100%}
th{text-align:left;font-weight:400;padding:.3rem .6rem;white-space:nowrap}
thead th{font-weight:600;text-align:center;vertical-align:bottom;white-space:normal;overflow-wrap:anywhere;min-width:7rem}
thead .corner{font-weight:400;text-align:left;color:var(--soft)}
.cluster{font-weight:600;background:var(--band);border-top:1px solid var(--line)}
tbody th[scope=row]{padding-left:1.5rem;max-width:22rem;overflow:hidden;text-overflow:ellipsis;position:sticky;left:0;background:var(--page)}
td{text-align:center;padding:.3rem .6rem;border-radius:6px;white-space:nowrap}
.yes{color:var(--yes);background:var(--yes-back)}.no{color:var(--no);background:var(--no-back)}
.unknown{color:var(--unknown);background:var(--unknown-back)}
td a{color:inherit;font-weight:600}
ol{padding-left:2rem;margin:0}li{margin:.75rem 0;overflow-wrap:anywhere}li::marker{color:var(--no);font-weight:600}li:target{outline:2px solid var(--no);outline-offset:6px;border-radius:4px}
code{font:.85em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;color:var(--soft)}
";
