//! What becomes of each node.

use crosstrust_issue::Authority;
use crosstrust_x509::Timestamp;

use super::node::{Node, target};
use super::options::Arguments;
use crate::context::{Context, now};
use crate::failure::Failure;
use crate::input;
use crate::output::{self, Overwrite};
use crate::written::destination::Destination;
use crate::written::existing::{self, Decision, Look, Renewal, Target};
use crate::written::listing::{Action, Fate};
use crate::written::place::Place;
use crate::written::wanted::{Key, Names, Signer, Wanted};

/// Where new certificates go, when, and what is there.
pub(super) struct Decided {
    pub(super) destination: Destination,
    pub(super) place: Place,
    pub(super) now: Timestamp,
}

/// What becomes of each node: its own certificate may be right, or with `--skip-existing` one that was
/// made before.
pub(super) fn decide(
    nodes: &mut [Node<'_>],
    arguments: &Arguments,
    authority: Option<&Authority>,
    context: &mut Context,
) -> Result<Decided, Failure> {
    let Arguments { out, form, skip, instances, renew, validity, .. } = arguments;
    let now = now();
    for node in nodes.iter_mut() {
        node.decision = Decision::unseen(own_fate(node, arguments, now));
    }
    let count = nodes.iter().filter(|node| node.decision.makes()).count();
    let destination = Destination::for_instances(out, form.pem, count)?;
    if !skip.skip_existing {
        let making = nodes.iter_mut().filter(|node| node.decision.makes());
        if instances.is_none() {
            refuse_existing(making, destination, arguments)?;
        }
        return Ok(Decided { destination, place: Place::default(), now });
    }
    let mut place = destination.look(out, context)?;
    let look = Look {
        place: &place,
        source: arguments.password.source(),
        force: arguments.overwrite.force,
        renewal: Renewal::new(renew.renew_within, validity.days, authority, now),
        now,
    };
    let making = nodes.iter_mut().filter(|node| node.decision.makes());
    let decisions = making.map(|node| {
        let target = target(node, destination, arguments);
        let decision = decide_one(node, &target, &look, authority, context)?;
        let paths = target.paths().cloned().collect::<Vec<_>>();
        let replaced = if decision.replaces() { paths } else { Vec::new() };
        node.decision = decision;
        Ok(replaced)
    });
    let replaced = Failure::collect(decisions)?;
    place.make_room(replaced.iter().flatten());
    Ok(Decided { destination, place, now })
}

/// What becomes of a node by its own certificate alone.
pub(super) fn own_fate(node: &Node<'_>, arguments: &Arguments, now: Timestamp) -> Fate {
    if !node.plan.unchanged {
        return Fate::created();
    }
    let end = node.old.not_after();
    match arguments.renew.renew_within {
        Some(within) if end < now.plus_days(i64::from(within)) => {
            Fate::new(Action::Renewed, existing::ending(end, now))
        }
        _ => Fate::new(Action::Unchanged, "it has the name already"),
    }
}

/// What becomes of a node by what is at the place of its new certificate.
pub(super) fn decide_one(
    node: &Node<'_>,
    target: &Target,
    look: &Look<'_>,
    authority: Option<&Authority>,
    context: &mut Context,
) -> Result<Decision, Failure> {
    let instance = node.plan.instance(&node.old);
    let wanted = Wanted {
        subject: &instance.subject,
        names: Names::Of(&instance),
        signer: authority.map_or(Signer::Unknown, Signer::Authority),
        key: Key::Private(None),
    };
    let mut decision = look.decide(target, &wanted, context)?;
    // Where nothing is there, the node's own certificate is what is renewed.
    if decision.found.is_none() && node.decision.fate.action == Action::Renewed {
        decision.fate = node.decision.fate.clone();
    }
    Ok(decision)
}

/// Refuses files that are there; where they may be replaced, says so of each node.
pub(super) fn refuse_existing<'a, 'b: 'a>(
    nodes: impl Iterator<Item = &'a mut Node<'b>>,
    destination: Destination,
    arguments: &Arguments,
) -> Result<(), Failure> {
    let Arguments { out, overwrite, .. } = arguments;
    let overwrite = Overwrite::or_skip(overwrite.force, false);
    for node in nodes {
        let target = target(node, destination, arguments);
        let is_archive = destination == Destination::Archive;
        let paths = target.paths().filter(|_| !is_archive).chain(is_archive.then_some(out));
        for path in paths {
            output::refuse_existing(path.as_ref(), overwrite)?;
            if input::is_taken(path) {
                node.decision = Decision::unseen(Fate::unseen(path));
            }
        }
    }
    Ok(())
}
