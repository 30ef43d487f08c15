//! The outcomes of all classes of nodes before all classes of judges, in two bytes each.

use rayon::prelude::*;

use super::Outcome;

/// As client and as server.
type Roles = [Outcome; 2];

/// By class of nodes and class of judges.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// The outcomes that there are.
    distinct: Vec<Roles>,
    rows: Vec<Vec<u16>>,
}

impl Table {
    /// Takes how many classes of nodes and of judges there are, and what a pair of them comes to.
    pub(super) fn new(
        nodes: usize,
        judges: usize,
        outcomes: impl Fn(usize, usize) -> Roles + Sync,
    ) -> Self {
        let rows = (0..nodes).into_par_iter().map(|class| {
            let mut distinct = Vec::new();
            let row = (0..judges).map(|judge| position(&mut distinct, outcomes(class, judge)));
            (row.collect::<Vec<_>>(), distinct)
        });
        let mut table = Self::default();
        for (row, distinct) in rows.collect::<Vec<_>>() {
            let places = distinct.into_iter().map(|roles| position(&mut table.distinct, roles));
            let places = places.collect::<Vec<_>>();
            let place = |of_row: u16| places.get(usize::from(of_row)).copied().unwrap_or(u16::MAX);
            table.rows.push(row.into_iter().map(place).collect());
        }
        table
    }

    pub(super) fn get(&self, nodes: usize, judges: usize) -> Option<Roles> {
        let place = *self.rows.get(nodes)?.get(judges)?;
        self.distinct.get(usize::from(place)).copied()
    }
}

/// The position of an outcome, which is added if it is new. There are as many as pairs of rules at most.
fn position(distinct: &mut Vec<Roles>, roles: Roles) -> u16 {
    let known = distinct.iter().position(|one| *one == roles);
    let found = known.unwrap_or_else(|| {
        distinct.push(roles);
        distinct.len().saturating_sub(1)
    });
    u16::try_from(found).unwrap_or(u16::MAX)
}
