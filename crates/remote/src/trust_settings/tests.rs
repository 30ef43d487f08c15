//! Tests of trust that is added and taken out.

use serde_json::{Value, json};

use super::{TrustChange, merge_trust};

fn deployment(trust: &Value) -> String {
    json!({"id": "d", "resources": {"elasticsearch": [{
        "ref_id": "main-elasticsearch", "region": "gcp-us-central1",
        "info": {
            "cluster_name": "logs",
            "plan_info": {"current": {"plan": {"cluster_topology": [], "elasticsearch": {"version": "9.1.0"}}}},
            "settings": {"dedicated_masters_threshold": 6, "trust": trust},
        },
    }]}})
    .to_string()
}

#[track_caller]
fn check(there: &Value, trust: &Value, change: TrustChange, expected: &Value) {
    let trust = json!({"trust": trust}).to_string();
    let body = merge_trust(&deployment(there), &trust, None, change).unwrap();
    let body: Value = serde_json::from_str(&body.text).unwrap();
    assert_eq!(body["prune_orphans"], false);
    let resource = &body["resources"]["elasticsearch"][0];
    assert_eq!(resource["ref_id"], "main-elasticsearch");
    assert_eq!(resource["region"], "gcp-us-central1");
    assert_eq!(resource["display_name"], "logs");
    assert_eq!(resource["plan"]["elasticsearch"]["version"], "9.1.0");
    assert_eq!(resource["settings"]["dedicated_masters_threshold"], 6);
    assert_eq!(resource["settings"]["trust"], *expected);
}

/// What is still to be filled in is not sent.
#[test]
fn placeholders_are_refused() {
    for id in ["REPLACE_WITH_THE_ID_OF_THE_TRUST_RELATIONSHIP", "<the id>"] {
        let entry = json!({"trust_relationship_id": id, "trust_all": true});
        let trust = json!({"trust": {"external": [entry]}}).to_string();
        let error = merge_trust(&deployment(&json!({})), &trust, None, TrustChange::Add);
        let message = error.unwrap_err().to_string();
        assert!(message.starts_with(&format!("`{id}` stands there")), "{message}");
    }
}

#[test]
fn entries_are_added_beside_those_that_are_there() {
    let own = json!({"account_id": "own", "trust_all": false, "trust_allowlist": ["x"]});
    let there = json!({"accounts": [own], "direct": [{"name": "a", "trust_all": false}]});
    let new = json!({"accounts": [{"account_id": "own", "trust_all": true}],
        "direct": [{"name": "b", "trust_all": true}]});
    let both = json!({"accounts": [own],
        "direct": [{"name": "a", "trust_all": false}, {"name": "b", "trust_all": true}]});
    check(&there, &new, TrustChange::Add, &both);
    check(&both, &new, TrustChange::Remove, &there);
    check(&Value::Null, &new, TrustChange::Add, &new);
}

/// Else every cluster of the scope would be let in by the new CA, of which one is asked for.
#[test]
fn an_entry_that_lets_in_everybody_gets_no_further_certificate() {
    let entry = |all: bool, pem: &str| {
        let mut entry = json!({"type": "ECE", "scope_id": "s", "name": "a", "trust_all": all, "certificates": [{"pem": pem}]});
        if !all {
            entry["trust_allowlist"] = json!(["c1"]);
        }
        entry
    };
    let (old, new) = (entry(true, "old"), entry(false, "new"));
    let there = json!({"direct": [old]});
    let both = json!({"direct": [old, new]});
    check(&there, &json!({"direct": [new]}), TrustChange::Add, &both);
    check(&both, &json!({"direct": [new]}), TrustChange::Add, &both);
}

#[test]
fn clusters_of_an_entry_are_joined_and_parted() {
    let one = |ids: &[&str]| json!({"accounts": [{"account_id": "own", "trust_all": false, "trust_allowlist": ids}]});
    check(&one(&["x"]), &one(&["y"]), TrustChange::Add, &one(&["x", "y"]));
    check(&one(&["x"]), &one(&["x"]), TrustChange::Add, &one(&["x"]));
    check(&one(&["x", "y"]), &one(&["y"]), TrustChange::Remove, &one(&["x"]));
    // The own account's entry stays, and lets in nobody.
    check(&one(&["y"]), &one(&["y"]), TrustChange::Remove, &one(&[]));
    // Who is let in is not shut out by a narrower entry, and it is told.
    let all = json!({"accounts": [{"account_id": "own", "trust_all": true}]});
    let both =
        json!({"accounts": [{"account_id": "own", "trust_all": true, "trust_allowlist": ["y"]}]});
    check(&all, &one(&["y"]), TrustChange::Add, &both);
    let trust = json!({"trust": one(&["y"])}).to_string();
    let notes = merge_trust(&deployment(&all), &trust, None, TrustChange::Add).unwrap().notes;
    assert!(notes[0].starts_with("`own` of `trust.accounts` is trusted as a whole"), "{notes:?}");
    check(
        &both,
        &one(&["y"]),
        TrustChange::Remove,
        &json!({"accounts": [{"account_id": "own",
        "trust_all": true, "trust_allowlist": []}]}),
    );
}

/// Certificates of a CA that follows another are joined, and what the platform has made stays.
#[test]
fn a_new_ca_stands_beside_the_old_one() {
    let direct = |pems: &[&str], clusters: &[&str]| {
        let certificates: Vec<Value> = pems.iter().map(|pem| json!({"pem": pem})).collect();
        json!({"name": "a", "type": "ECE", "scope_id": "s", "certificates": certificates,
            "trust_all": false, "trust_allowlist": clusters})
    };
    let there = |mut entry: Value| {
        entry["uid"] = json!("u");
        json!({"direct": [entry]})
    };
    let new = json!({"direct": [direct(&["new\nline"], &["y"])]});
    let both = there(direct(&["old", "new\nline"], &["x", "y"]));
    check(&there(direct(&["old"], &["x"])), &new, TrustChange::Add, &both);
    check(&both, &json!({"direct": [direct(&["new line\n"], &["y"])]}), TrustChange::Add, &both);
    // What was there before is there again.
    check(&both, &new, TrustChange::Remove, &there(direct(&["old"], &["x"])));
    // Certificates by which others are let in stay, and go with the last of them.
    let shared = there(direct(&["old"], &["x", "y"]));
    let one = json!({"direct": [direct(&["old"], &["y"])]});
    let rest = there(direct(&["old"], &["x"]));
    check(&shared, &one, TrustChange::Remove, &rest);
    let last = json!({"direct": [direct(&["old"], &["x"])]});
    check(&rest, &last, TrustChange::Remove, &json!({"direct": []}));
}

/// Entries are one by type, scope and name together.
#[test]
fn partners_do_not_replace_each_other() {
    let partner = |fields: Value, pem: &str| {
        let mut entry = json!({"name": "My ECE environment", "certificates": [{"pem": pem}], "trust_all": false});
        entry.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        entry
    };
    let first = partner(json!({"type": "ECE", "scope_id": "1", "trust_allowlist": ["x"]}), "p");
    let list = |entries: &[&Value]| json!({"direct": entries});
    for other in [
        partner(json!({"type": "ECE", "scope_id": "2", "trust_allowlist": ["x"]}), "p"),
        partner(json!({"type": "proxy"}), "p"),
        partner(json!({"additional_node_names": ["n"]}), "p"),
    ] {
        check(&list(&[&first]), &list(&[&other]), TrustChange::Add, &list(&[&first, &other]));
        check(&list(&[&first, &other]), &list(&[&other]), TrustChange::Remove, &list(&[&first]));
    }
    // One without a scope lists its nodes, and one without a type is generic.
    let nodes =
        |names: &[&str]| partner(json!({"type": "generic", "additional_node_names": names}), "p");
    let mut untyped = nodes(&["b"]);
    untyped.as_object_mut().unwrap().remove("type");
    let both = list(&[&nodes(&["a", "b"])]);
    check(&list(&[&nodes(&["a"])]), &list(&[&untyped]), TrustChange::Add, &both);
    check(&both, &list(&[&untyped]), TrustChange::Remove, &list(&[&nodes(&["a"])]));
    // A server's CA beside another one is taken out alone.
    let server = |pems: &[&str]| {
        let certificates: Vec<Value> = pems.iter().map(|pem| json!({"pem": pem})).collect();
        json!({"direct": [{"type": "proxy", "name": "a", "trust_all": false, "certificates": certificates}]})
    };
    check(&server(&["p"]), &server(&["q"]), TrustChange::Add, &server(&["p", "q"]));
    check(&server(&["p", "q"]), &server(&["q"]), TrustChange::Remove, &server(&["p"]));
}

/// The whole of a scope stays let in, whoever adds or takes out a cluster of it.
#[test]
fn a_whole_scope_is_not_narrowed() {
    let entry = |all: bool, clusters: Option<&[&str]>| {
        let mut entry = json!({"type": "ECE", "name": "a", "scope_id": "s", "certificates": [{"pem": "p"}],
            "trust_all": all});
        if let Some(clusters) = clusters {
            entry["trust_allowlist"] = json!(clusters);
        }
        json!({"direct": [entry]})
    };
    let one = entry(false, Some(&["x"]));
    check(&entry(true, None), &one, TrustChange::Add, &entry(true, Some(&["x"])));
    check(&entry(true, Some(&["x"])), &one, TrustChange::Remove, &entry(true, None));
    // And the other way around, those that were listed stay listed.
    check(&one, &entry(true, None), TrustChange::Add, &entry(true, Some(&["x"])));
    check(&entry(true, Some(&["x"])), &entry(true, None), TrustChange::Remove, &one);
}

#[test]
fn what_is_no_answer_or_no_trust_is_refused() {
    #[track_caller]
    fn check(deployment: &str, trust: &str, ref_id: Option<&str>, expected: &str) {
        let error = merge_trust(deployment, trust, ref_id, TrustChange::Add).unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
    }

    let (whole, trust) = (deployment(&Value::Null), r#"{"trust": {"direct": []}}"#);
    check("", trust, None, "it is not JSON");
    check("{}", trust, None, "`resources.elasticsearch` is missing");
    check(&whole, "[]", None, "no `trust`");
    check(&whole, r#"{"trust": {"direkt": []}}"#, None, "`trust` has `direkt`");
    check(&whole, r#"{"trust": {"direct": [{}]}}"#, None, "has no `name`");
    check(&whole, trust, Some("other"), "no Elasticsearch resource `other`");
    let (no_plan, no_settings) = (whole.replace("plan_info", "p"), whole.replace("settings", "s"));
    check(&no_plan, trust, None, "show_plans=true");
    check(&no_settings, trust, None, "show_settings=true");
}
