//! Clusters before each other.

#![allow(clippy::unwrap_used, reason = "a test")]

mod support;

use crosstrust_preflight::{Cluster, Settings, matrix};
use support::{cluster_ca, node, now, restrictions};

#[test]
fn a_cluster_that_admits_only_its_own_nodes_refuses_the_other_one_way() {
    let cloud_pattern = "*.node.0123456789abcdef0123456789abcdef.cluster.1053523734.account";
    let mut restricted = Settings::new(cluster_ca());
    restricted.restrictions = Some(restrictions(cloud_pattern));
    let clusters = [
        Cluster {
            name: "east".to_owned(),
            nodes: vec![node("self-managed-1"), node("self-managed-2")],
            settings: Settings::new(cluster_ca()),
        },
        Cluster { name: "cloud".to_owned(), nodes: vec![node("cloud-1")], settings: restricted },
    ];
    let matrix = matrix(&clusters, now());

    assert!(matrix.is_accepted(1, 0) && !matrix.is_accepted(0, 1));
    assert!(matrix.is_accepted(0, 0) && matrix.is_accepted(1, 1));
    let rows = matrix.acceptances().map(|acceptance| {
        let (from, to) = (matrix.label(acceptance.from), matrix.label(acceptance.to));
        let why = acceptance.verdict.reason().unwrap_or_default();
        format!("{from} > {to} {}", why.split('`').nth(1).unwrap_or("ok"))
    });
    let expected = [
        "east/self-managed-1 > east/self-managed-2 ok",
        "east/self-managed-1 > cloud/cloud-1 trust.yml",
        "east/self-managed-2 > east/self-managed-1 ok",
        "east/self-managed-2 > cloud/cloud-1 trust.yml",
        "cloud/cloud-1 > east/self-managed-1 ok",
        "cloud/cloud-1 > east/self-managed-2 ok",
    ];
    assert_eq!(rows.collect::<Vec<_>>(), expected);
}
