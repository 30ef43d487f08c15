//! What expires when: a bar for every certificate on one axis of time, the first to expire on top.

use std::fmt::Write;

use crosstrust_report::print::escaped;
use crosstrust_x509::Timestamp;

use super::buckets;
use super::text::counted;
use crate::certificate::{ListedCertificate, Use, UseKind, ValidityState};
use crate::overview::Overview;

pub(super) fn section(out: &mut String, overview: &Overview<'_>) {
    out.push_str("<section id=\"expiry\"><h2>What expires when</h2>\n");
    if overview.certificates.is_empty() {
        out.push_str("<p>There is no certificate.</p>\n</section>\n");
        return;
    }
    let shown = overview.certificates.len().min(MOST_BARS);
    if shown < overview.certificates.len() {
        buckets::table(out, overview);
        let _ = writeln!(
            out,
            "<details class=\"first\"><summary>The first {shown} to expire</summary>"
        );
    }
    out.push_str(
        "<p class=\"filter\" hidden data-for=\"certificate-rows\"><label>Show <input type=\"search\" \
         placeholder=\"subject, name or file\"></label> <label><input type=\"checkbox\" value=\"ca\" checked> \
         CAs</label> <label><input type=\"checkbox\" value=\"node\" checked> nodes</label> \
         <output class=\"soft\"></output></p>\n",
    );
    let axis = Axis::new(overview);
    axis.grid(out);
    out.push_str(
        "<div class=\"wide\"><table class=\"list timeline\"><thead><tr><th scope=\"col\">Certificate</th>\
         <th scope=\"col\" class=\"axis\">",
    );
    axis.labels(out);
    out.push_str(
        "</th><th scope=\"col\">Expires</th></tr></thead>\n<tbody id=\"certificate-rows\">\n",
    );
    for certificate in overview.certificates.iter().take(shown) {
        row(out, overview, &axis, certificate);
    }
    out.push_str("</tbody></table></div>\n");
    if shown < overview.certificates.len() {
        out.push_str("</details>\n");
    }
    out.push_str("</section>\n");
}

fn row(out: &mut String, overview: &Overview<'_>, axis: &Axis, certificate: &ListedCertificate) {
    let kind = if certificate.is_ca { "ca" } else { "node" };
    let chip = if certificate.is_ca { "CA" } else { "node" };
    let subject = escaped(&certificate.subject);
    let uses = certificate.uses.iter().map(|used| use_text(overview, used));
    let more = certificate.uses.len().saturating_sub(MOST_USES);
    let mut uses = uses.take(MOST_USES).collect::<Vec<_>>().join("; ");
    if more > 0 {
        let _ = write!(uses, "; and {more} more");
    }
    let title = escaped(&certificate.names.join(", "));
    let state = certificate.state.word();
    let day = certificate.not_after.to_string();
    let day = day.get(..10).unwrap_or(&day);
    let _ = write!(
        out,
        "<tr data-kind=\"{kind}\"><th scope=\"row\" title=\"{title}\"><span class=\"chip {kind}\">{chip}</span> \
         {subject}<br><span class=\"soft\">{uses}</span></th><td class=\"bar\">"
    );
    axis.bar(out, certificate);
    let _ = writeln!(
        out,
        "</td><td class=\"when {state}\"><time datetime=\"{}\">{day}</time><br><span>{}</span></td>\
         </tr>",
        certificate.not_after,
        left(certificate)
    );
}

fn use_text(overview: &Overview<'_>, used: &Use) -> String {
    let cluster = escaped(overview.cluster_name(used.cluster));
    let path = used.path.as_deref().map(escaped);
    match (used.kind, path) {
        (UseKind::Node, Some(path)) => format!("{cluster}: {path}"),
        (UseKind::Trusted, Some(path)) => format!("trusted by {cluster}: {path}"),
        (UseKind::Trusted, None) => format!("trusted by {cluster}"),
        (UseKind::Presented, _) => {
            format!("presented by {} of {cluster}", counted(used.count, "node"))
        }
        (UseKind::Node, None) => cluster,
    }
}

/// `in 12 days`, `expired 3 days ago`, `from 2027-01-01`.
fn left(certificate: &ListedCertificate) -> String {
    let days = usize::try_from(certificate.days_left.unsigned_abs()).unwrap_or(usize::MAX);
    match certificate.state {
        ValidityState::Expired => format!("expired {} ago", counted(days, "day")),
        ValidityState::NotYet => {
            let day = certificate.not_before.to_string();
            format!("from {}", day.get(..10).unwrap_or(&day))
        }
        ValidityState::Soon => format!("soon: in {}", counted(days, "day")),
        ValidityState::Valid => format!("in {}", counted(days, "day")),
    }
}

/// A span of time across the width of a cell.
struct Axis {
    start: i64,
    end: i64,
    now: Timestamp,
    /// Years and where they begin.
    ticks: Vec<(String, i64)>,
}

impl Axis {
    /// From the earliest beginning to the latest end, but not more than a few years around now, so that
    /// a CA of twenty years does not squeeze everything else.
    fn new(overview: &Overview<'_>) -> Self {
        let now = overview.now;
        let starts = overview.certificates.iter().map(|one| one.not_before);
        let ends = overview.certificates.iter().map(|one| one.not_after);
        let start =
            starts.min().unwrap_or(now).max(now.plus_days(-PAST)).min(now.plus_days(-MARGIN));
        let end = ends.max().unwrap_or(now).min(now.plus_days(FUTURE)).max(now.plus_days(MARGIN));
        let mut axis = Self { start: start.unix(), end: end.unix(), now, ticks: Vec::new() };
        axis.ticks = ticks(start, end);
        axis
    }

    /// How far along the axis a time is, in hundredths of a percent; at its ends what lies beyond.
    fn at(&self, time: i64) -> i64 {
        let span = self.end.saturating_sub(self.start).max(1);
        let along = time.clamp(self.start, self.end).saturating_sub(self.start);
        along.saturating_mul(10_000).checked_div(span).unwrap_or(0)
    }

    /// The lines of years and of now, which every row refers to.
    fn grid(&self, out: &mut String) {
        out.push_str("<svg width=\"0\" height=\"0\" aria-hidden=\"true\" class=\"grid\"><defs><g id=\"grid\">");
        for (_, time) in &self.ticks {
            let x = percent(self.at(*time));
            let _ =
                write!(out, "<line x1=\"{x}\" x2=\"{x}\" y1=\"0\" y2=\"100%\" class=\"tick\"/>");
        }
        let x = percent(self.at(self.now.unix()));
        let _ = writeln!(
            out,
            "<line x1=\"{x}\" x2=\"{x}\" y1=\"0\" y2=\"100%\" class=\"now\"/></g></defs></svg>"
        );
    }

    fn labels(&self, out: &mut String) {
        let _ = write!(out, "<svg width=\"100%\" height=\"18\" role=\"img\" aria-label=\"years\">");
        let now = self.at(self.now.unix());
        for (label, time) in &self.ticks {
            let at = self.at(*time);
            if (300..=9_700).contains(&at) && at.abs_diff(now) > 450 {
                let x = percent(at);
                let _ = write!(out, "<text x=\"{x}\" y=\"13\">{label}</text>");
            }
        }
        let x = percent(now);
        let _ = write!(out, "<text x=\"{x}\" y=\"13\" class=\"today\">now</text></svg>");
    }

    /// A certificate's validity; an arrow where it goes on beyond the axis.
    fn bar(&self, out: &mut String, certificate: &ListedCertificate) {
        let (from, to) = (certificate.not_before.unix(), certificate.not_after.unix());
        let left = self.at(from);
        let width = self.at(to).saturating_sub(left).clamp(90, 10_000);
        let left = left.min(10_000_i64.saturating_sub(width));
        let (x, width) = (percent(left), percent(width));
        let class = certificate.state.word();
        let label = format!("{} to {}", certificate.not_before, certificate.not_after);
        let authority = if certificate.is_ca { " ca" } else { "" };
        let _ = write!(
            out,
            "<svg width=\"100%\" height=\"48\" role=\"img\" aria-label=\"{label}\"><use href=\"#grid\"/>\
             <rect class=\"{class}{authority}\" x=\"{x}\" width=\"{width}\" y=\"19\" height=\"10\" rx=\"3\"><title>{label}\
             </title></rect>"
        );
        if to > self.end {
            out.push_str("<text class=\"on\" x=\"99.5%\" y=\"29\">›</text>");
        }
        out.push_str("</svg>");
    }
}

/// The first of January of each year between two times; of every second or fifth where they are many.
fn ticks(start: Timestamp, end: Timestamp) -> Vec<(String, i64)> {
    let year = |time: Timestamp| {
        let text = time.to_string();
        text.get(..4).and_then(|year| year.parse::<u32>().ok()).unwrap_or(1970)
    };
    let years = year(start)..=year(end);
    let begins = years.filter_map(|year| {
        let first = Timestamp::parse_rfc3339(&format!("{year:04}-01-01T00:00:00Z")).ok()?;
        (first >= start).then(|| (year.to_string(), first.unix()))
    });
    begins.collect()
}

/// Hundredths of a percent as a percentage.
fn percent(hundredths: i64) -> String {
    let whole = hundredths.div_euclid(100);
    format!("{whole}.{:02}%", hundredths.rem_euclid(100))
}

/// So many certificates have a bar each.
const MOST_BARS: usize = 100;
/// So many uses of a certificate are told.
const MOST_USES: usize = 6;
/// Days before now that the axis shows at most.
const PAST: i64 = 3 * 365;
/// Days after now that the axis shows at most.
const FUTURE: i64 = 6 * 365;
/// Days on either side of now that it shows at least.
const MARGIN: i64 = 120;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_have_two_decimals() {
        assert_eq!([0, 5, 1_234, 10_000].map(percent), ["0.00%", "0.05%", "12.34%", "100.00%"]);
    }

    #[test]
    fn a_tick_stands_at_each_new_year_between_the_ends() {
        let time = |text| Timestamp::parse_rfc3339(text).unwrap();
        let found = ticks(time("2024-03-01T00:00:00Z"), time("2026-06-01T00:00:00Z"));
        // date -u -d 2025-01-01 +%s
        let expected = [("2025".to_owned(), 1_735_689_600), ("2026".to_owned(), 1_767_225_600)];
        assert_eq!(found, expected);
    }
}
