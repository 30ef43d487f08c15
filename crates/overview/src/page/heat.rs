//! All directions at a glance, a point each: rows present, columns judge.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::text::{counted, grouped};
use crate::direction::Glance;
use crate::overview::Overview;

/// The map; of very many clusters a point stands for several next to each other.
pub(super) fn map(out: &mut String, overview: &Overview<'_>) {
    let count = overview.count();
    let (accepted, all) = overview.accepted_between();
    let _ = writeln!(
        out,
        "<p>Between the {}, {} of {} directions are accepted for all nodes, and the others in part, refused or not \
         judged.</p>",
        counted(count, "cluster"),
        grouped(accepted),
        grouped(all)
    );
    let _ = write!(
        out,
        "<figure class=\"heat\"><svg viewBox=\"-0.5 -0.5 {side} {side}\" role=\"img\" aria-label=\"who accepts whom\">",
        side = points(overview).saturating_add(1)
    );
    drawing(out, overview);
    out.push_str("</svg>");
    legend(out, each(overview));
    out.push_str("</figure>\n");
}

/// How many clusters a point stands for, in a row and in a column.
pub(crate) fn each(overview: &Overview<'_>) -> usize {
    overview.count().div_ceil(MOST_POINTS).max(1)
}

/// How many points there are in a row.
pub(crate) fn points(overview: &Overview<'_>) -> usize {
    overview.count().div_ceil(each(overview))
}

/// The points, each one unit wide and high, without what is around them.
pub(crate) fn drawing(out: &mut String, overview: &Overview<'_>) {
    let each = each(overview);
    let mut cells: BTreeMap<(usize, usize), Glance> = BTreeMap::new();
    for direction in overview.directions() {
        let glance = Glance::of(direction);
        if glance == Glance::Refused && direction.from != direction.to {
            continue;
        }
        let cell = (direction.from / each, direction.to / each);
        let known = cells.entry(cell).or_insert(glance);
        *known = (*known).max(glance);
    }
    let side = points(overview).saturating_add(1);
    let _ = write!(
        out,
        "<rect class=\"ground\" x=\"-0.5\" y=\"-0.5\" width=\"{side}\" height=\"{side}\"/>"
    );
    for glance in [Glance::Accepted, Glance::InPart, Glance::NotJudged, Glance::Refused] {
        let path = runs(&cells, glance);
        if !path.is_empty() {
            let _ = write!(out, "<path class=\"{}\" d=\"{path}\"/>", glance.class());
        }
    }
}

/// The points of one look, those side by side as one line.
fn runs(cells: &BTreeMap<(usize, usize), Glance>, wanted: Glance) -> String {
    let mut out = String::new();
    let mut run: Option<(usize, usize, usize)> = None;
    let mut end = |run: Option<(usize, usize, usize)>| {
        if let Some((row, start, length)) = run {
            let _ = write!(out, "M{start} {row}.5h{length}");
        }
    };
    for ((row, column), _) in cells.iter().filter(|(_, glance)| **glance == wanted) {
        run = match run {
            Some((at, start, length)) if at == *row && start.saturating_add(length) == *column => {
                Some((at, start, length.saturating_add(1)))
            }
            old => {
                end(old);
                Some((*row, *column, 1))
            }
        };
    }
    end(run);
    out
}

fn legend(out: &mut String, each: usize) {
    out.push_str("<figcaption>A row presents, a column judges, in the order of the list below");
    if each > 1 {
        let _ = write!(
            out,
            "; a point stands for {each} × {each} clusters and shows the worst that is not refused"
        );
    }
    out.push_str(
        ". <span class=\"key yes\">accepted</span> <span class=\"key warn\">accepted in part</span> \
         <span class=\"key unknown\">not judged</span> <span class=\"key no\">refuses its own</span> \
         <span class=\"key\">refused</span></figcaption>",
    );
}

/// More points in a row would be too small to see.
const MOST_POINTS: usize = 250;
