//! A drawing of the clusters on a ring, and a line for whom they accept. Lines run inside of the ring and names
//! stand outside of it, so that no line strikes a name.

use std::f64::consts::TAU;
use std::fmt::Write;

use crosstrust_report::print::escaped;

use super::is_large;
use super::text::cut;
use crate::direction::Glance;
use crate::overview::Overview;

/// The drawing; nothing where it would say less than the table: with one cluster, or with many.
pub(super) fn diagram(overview: &Overview<'_>) -> String {
    if overview.count() < 2 || is_large(overview) {
        return String::new();
    }
    let (top, height) = extent(overview);
    let mut out = format!(
        "<figure class=\"ring\"><svg class=\"diagram\" viewBox=\"0 {top} {WIDTH} {height}\" role=\"img\" aria-label=\"who accepts whom\">\n"
    );
    drawing(&mut out, overview);
    out.push_str(
        "</svg><figcaption>An arrow goes from the nodes that are accepted to the cluster that accepts them. \
         <span class=\"key yes\">accepted</span> <span class=\"key warn\">in part</span> \
         <span class=\"key unknown\">not judged</span>; no line: refused. The ring around a point says the same of the \
         cluster's own nodes.</figcaption></figure>\n",
    );
    out
}

/// Where the drawing begins, and how high it is: one cluster or two beside each other need no more than a strip.
pub(crate) fn extent(overview: &Overview<'_>) -> (f64, f64) {
    if overview.count() <= 2 { (HEIGHT / 2.0 - 40.0, 80.0) } else { (0.0, HEIGHT) }
}

/// The lines and the clusters, without what is around them.
pub(crate) fn drawing(out: &mut String, overview: &Overview<'_>) {
    out.push_str("<defs>");
    for class in ["yes", "no", "warn", "unknown"] {
        let _ = write!(
            out,
            "<marker id=\"head-{class}\" class=\"{class}\" viewBox=\"0 0 10 10\" refX=\"8\" refY=\"5\" markerWidth=\"7\" \
             markerHeight=\"7\" orient=\"auto-start-reverse\"><path d=\"M0 0 10 5 0 10z\"/></marker>"
        );
    }
    out.push_str("</defs>\n");
    lines(out, overview);
    for cluster in 0..overview.count() {
        seat(out, overview, cluster);
    }
}

fn lines(out: &mut String, overview: &Overview<'_>) {
    for from in 0..overview.count() {
        for to in 0..overview.count() {
            let glance = Glance::of(&overview.direction(from, to));
            if from == to || glance == Glance::Refused {
                continue;
            }
            let back = Glance::of(&overview.direction(to, from));
            // One line with two heads where both directions are alike.
            if back == glance && to < from {
                continue;
            }
            let both = back == glance;
            let beside = if both || back == Glance::Refused { 0.0 } else { BESIDE };
            line(out, [spot(overview, from), spot(overview, to)], glance.class(), (both, beside));
        }
    }
}

/// A line between two points, short of both, and so far beside the straight one.
fn line(out: &mut String, [from, to]: [Spot; 2], class: &str, (both, beside): (bool, f64)) {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let length = dx.hypot(dy).max(1.0);
    let (dx, dy) = (dx / length, dy / length);
    let at = |distance: f64| {
        (dx.mul_add(distance, from.x) - dy * beside, dy.mul_add(distance, from.y) + dx * beside)
    };
    let ((x1, y1), (x2, y2)) = (at(GAP), at(length - GAP));
    let start = if both { format!(" marker-start=\"url(#head-{class})\"") } else { String::new() };
    let _ = writeln!(
        out,
        "<g class=\"arrow {class}\"><line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" \
         marker-end=\"url(#head-{class})\"{start}/></g>"
    );
}

/// A cluster's point and its name beside it.
fn seat(out: &mut String, overview: &Overview<'_>, cluster: usize) {
    let Spot { x, y, along } = spot(overview, cluster);
    let glance = Glance::of(&overview.direction(cluster, cluster));
    let (text_x, text_y) = (along.0.mul_add(LABEL, x), along.1.mul_add(LABEL, y) + 5.0);
    let anchor = match along.0 {
        right if right > 0.2 => "start",
        left if left < -0.2 => "end",
        _ => "middle",
    };
    let _ = writeln!(
        out,
        "<g class=\"cluster {}\"><circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"8\"/><text class=\"name\" x=\"{text_x:.1}\" \
         y=\"{text_y:.1}\" text-anchor=\"{anchor}\">{}</text></g>",
        glance.class(),
        drawn_name(overview.cluster_name(cluster))
    );
}

/// A name as it is drawn, cut where it is long.
pub(crate) fn drawn_name(name: &str) -> String {
    escaped(&cut(name, LONGEST_DRAWN).unwrap_or_else(|| name.to_owned()))
}

/// Where a cluster is, and the direction from the middle to it.
#[derive(Clone, Copy)]
struct Spot {
    x: f64,
    y: f64,
    along: (f64, f64),
}

fn spot(overview: &Overview<'_>, cluster: usize) -> Spot {
    let number = |value: usize| u32::try_from(value).map_or(0.0, f64::from);
    let count = number(overview.count()).max(1.0);
    // Two lie beside each other.
    let first = if overview.count() <= 2 { 0.5 } else { 0.25 };
    let angle = (number(cluster) / count - first) * TAU;
    let along = (angle.cos(), angle.sin());
    let high = if overview.count() <= 2 { RADIUS } else { RADIUS.min(HEIGHT / 2.0 - 35.0) };
    Spot { x: along.0.mul_add(RADIUS, WIDTH / 2.0), y: along.1.mul_add(high, HEIGHT / 2.0), along }
}

pub(crate) const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 440.0;
/// Characters of a name.
const LONGEST_DRAWN: usize = 22;
/// Of the ring.
const RADIUS: f64 = 200.0;
/// From a point to its name.
const LABEL: f64 = 20.0;
/// Between a point and a line's end.
const GAP: f64 = 13.0;
/// From the straight line to that of one direction, where there is another in the other direction.
const BESIDE: f64 = 5.0;
