//! A drawing of the clusters: one box each, and an arrow in each direction between two of them.

use std::fmt::Write;

use crosstrust_report::print::escaped;

use super::counted;
use crate::direction::{Direction, Glance};
use crate::overview::Overview;

/// The drawing; nothing where it would say less than the table: with one cluster, or with many.
pub(super) fn diagram(overview: &Overview) -> String {
    let clusters = &overview.matrix.clusters;
    let Some(seats) = SEATS.iter().find(|seats| seats.len() == clusters.len()) else {
        return String::new();
    };
    let lowest = seats.iter().map(|seat| seat.1).max().unwrap_or(0);
    let height = lowest.saturating_add(HALF_HEIGHT).saturating_add(16);
    let mut out = format!(
        "<svg class=\"diagram\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"who accepts whom\">\n<defs>"
    );
    for class in ["yes", "no", "warn", "unknown"] {
        let _ = write!(
            out,
            "<marker id=\"head-{class}\" class=\"{class}\" viewBox=\"0 0 10 10\" refX=\"8\" refY=\"5\" markerWidth=\"7\" \
             markerHeight=\"7\" orient=\"auto-start-reverse\"><path d=\"M0 0 10 5 0 10z\"/></marker>"
        );
    }
    out.push_str("</defs>\n");
    for direction in overview.directions() {
        let Direction { from, to, nodes, .. } = direction;
        let verdict = Verdict::new(direction);
        match (seats.get(from), seats.get(to), clusters.get(from)) {
            (Some(seat), _, Some(cluster)) if from == to => {
                cluster_box(&mut out, *seat, &cluster.name, nodes, &verdict);
            }
            (Some(one), Some(other), _) => arrow(&mut out, *one, *other, &verdict),
            _ => {}
        }
    }
    out.push_str("</svg>\n");
    out
}

/// How an arrow looks, and what stands on it.
struct Verdict {
    class: &'static str,
    text: String,
    glance: Glance,
}

impl Verdict {
    fn new(direction: Direction) -> Self {
        let Direction { accepted, nodes, .. } = direction;
        let glance = direction.glance();
        let text = format!("{} {accepted} of {nodes}", glance.mark());
        Self { class: glance.class(), text, glance }
    }
}

/// A cluster: its name, how many nodes it has, and whether they accept each other.
fn cluster_box(out: &mut String, (x, y): (i32, i32), name: &str, nodes: usize, own: &Verdict) {
    let (left, top) = (x.saturating_sub(HALF_WIDTH), y.saturating_sub(HALF_HEIGHT));
    let (width, height) = (HALF_WIDTH.saturating_mul(2), HALF_HEIGHT.saturating_mul(2));
    let (upper, lower) = (y.saturating_sub(6), y.saturating_add(16));
    let shown: String = name.chars().take(LONGEST_NAME).collect();
    let shown = if shown == name { shown } else { format!("{shown}…") };
    let (name, shown, nodes) = (escaped(name), escaped(&shown), counted(nodes, "node"));
    let Verdict { class, glance, .. } = own;
    let text = match glance {
        Glance::Accepted => "✓ accept each other",
        Glance::Refused => "✗ refuse each other",
        Glance::NotJudged => "? not judged",
        Glance::InPart => "◐ accept each other in part",
    };
    let _ = writeln!(
        out,
        "<g class=\"cluster\"><rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" rx=\"10\"/>\
         <text class=\"name\" x=\"{x}\" y=\"{upper}\">{shown}</text><text x=\"{x}\" y=\"{lower}\">{nodes} · \
         <tspan class=\"{class}\">{text}</tspan></text><title>{name}</title></g>"
    );
}

/// An arrow from one box to another, beside the one in the other direction.
fn arrow(out: &mut String, from: (i32, i32), to: (i32, i32), verdict: &Verdict) {
    let (x, y) = (f64::from(from.0), f64::from(from.1));
    let (dx, dy) = (f64::from(to.0) - x, f64::from(to.1) - y);
    let length = dx.hypot(dy).max(1.0);
    let (dx, dy) = (dx / length, dy / length);
    let (x, y) = (x - dy * BESIDE, y + dx * BESIDE);
    // How far the box's edge is from its middle in this direction.
    let reach = |half: i32, along: f64| f64::from(half) / along.abs().max(0.001);
    let edge = reach(HALF_WIDTH, dx).min(reach(HALF_HEIGHT, dy)) + GAP;
    let at = |distance: f64| (dx.mul_add(distance, x), dy.mul_add(distance, y));
    let ((x1, y1), (x2, y2)) = (at(edge), at(length - edge));
    let (middle, base) = at((length - 2.0 * edge).mul_add(0.42, edge));
    let Verdict { class, text, .. } = verdict;
    let _ = writeln!(
        out,
        "<g class=\"arrow {class}\"><line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" \
         marker-end=\"url(#head-{class})\"/><rect x=\"{:.1}\" y=\"{:.1}\" width=\"92\" height=\"24\" rx=\"12\"/>\
         <text x=\"{middle:.1}\" y=\"{:.1}\">{text}</text></g>",
        middle - 46.0,
        base - 12.0,
        base + 5.0
    );
}

const WIDTH: i32 = 860;
const HALF_WIDTH: i32 = 125;
const HALF_HEIGHT: i32 = 36;
/// From the line between the middles to either arrow.
const BESIDE: f64 = 17.0;
/// Between a box and an arrow's end.
const GAP: f64 = 8.0;
const LONGEST_NAME: usize = 24;
/// Where the boxes' middles are, for two, three and four clusters.
const SEATS: [&[(i32, i32)]; 3] = [
    &[(135, 52), (725, 52)],
    &[(430, 52), (135, 250), (725, 250)],
    &[(135, 52), (725, 52), (135, 290), (725, 290)],
];
