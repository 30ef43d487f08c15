//! The states of a roll-over, as `rotate plan` says them: whether two nodes connect, each in any state.

use serde_json::Value;

use crosstrust_testkit::Folder;

use crate::judge::{Answer, judges};
use crate::kit::{authority, issue, run};
use crate::tally::Tally;

/// What a node presents and whom it trusts, and whether the plan says that nodes which trust so accept
/// those that present so.
struct State {
    presents: String,
    trusts: String,
    is_accepted: bool,
}

#[test]
fn nodes_connect_in_the_states_of_a_roll_over_where_the_plan_says_so() {
    let judges = judges();
    if judges.is_empty() {
        return;
    }
    let folder = Folder::new();
    let states = plan(&folder);
    let pairs: Vec<[&State; 2]> =
        states.iter().flat_map(|one| states.iter().map(move |other| [one, other])).collect();
    let questions: Vec<Vec<String>> =
        pairs.iter().enumerate().map(|(number, pair)| question(&folder, number, *pair)).collect();
    let accepts = |presents: &str, trusts: &str| {
        let is_it = |state: &&State| state.presents == presents && state.trusts == trusts;
        states.iter().find(is_it).unwrap().is_accepted
    };
    for judge in judges {
        let mut tally = Tally::new(&judge.name, "pairs of states of a roll-over");
        for ((pair, question), answer) in pairs.iter().zip(&questions).zip(judge.ask(&questions)) {
            let Answer::Ok(theirs) = answer else { panic!("{question:?}: {answer:?}") };
            let [server, client] = pair;
            let ours = accepts(&server.presents, &client.trusts)
                && accepts(&client.presents, &server.trusts);
            tally.compare(|| format!("{question:?} {theirs:?}"), &ours, &(theirs[0] == "done"));
        }
        tally.close(36);
    }
}

/// Plans a roll-over of two nodes, and gives the states that it says.
fn plan(folder: &Folder) -> Vec<State> {
    for ca in ["old", "new"] {
        authority(folder, ca);
    }
    std::fs::create_dir_all(folder.join("a")).unwrap();
    std::fs::create_dir_all(folder.join("b")).unwrap();
    for node in ["a", "b"] {
        issue(folder, "old", &format!("{node}/{node}.p12"), &[]);
    }
    let line = ["rotate", "plan", "--old", "old/ca.crt", "--new", "new/ca.p12", "--sign"];
    let secrets = ["--ca-pass", "secret", "--in-pass", "secret", "--pass", "secret"];
    let rest = ["--mode", "certificate", "--out", "plan", "a/a.p12", "b/b.p12"];
    run(folder, &[&line[..], &secrets, &rest].concat()).succeeds();
    let plan: Value = serde_json::from_slice(&folder.read("plan/plan.json")).unwrap();
    let text = |state: &Value, key: &str| state[key].as_str().unwrap().to_owned();
    let states = plan["states"].as_array().unwrap().iter().map(|state| State {
        presents: text(state, "presents"),
        trusts: text(state, "trusts"),
        is_accepted: state["accepted"].as_bool().unwrap(),
    });
    states.collect()
}

/// The node `a` is connected to, and `b` connects; every other pair trusts by a trust store.
fn question(folder: &Folder, number: usize, [server, client]: [&State; 2]) -> Vec<String> {
    let mut question = vec!["handshake".to_owned(), "es1.example.com".to_owned(), String::new()];
    for (side, node, state) in [("server", "a", server), ("client", "b", client)] {
        let path = |file: String| folder.join(&file).to_str().unwrap().to_owned();
        let store = match state.presents.as_str() {
            "old" => path(format!("{node}/{node}.p12")),
            _ => path(format!("plan/2-new-certificates/{node}/{node}.p12")),
        };
        let trusted = match state.trusts.as_str() {
            "old" => "old",
            "both" => "plan/1-trust-both",
            _ => "plan/3-trust-new",
        };
        let trust = if number.is_multiple_of(2) || trusted == "old" {
            vec![format!("certificate_authorities={}", path(format!("{trusted}/ca.crt")))]
        } else {
            let path = path(format!("{trusted}/truststore.p12"));
            vec![format!("truststore.path={path}"), "truststore.password=secret".to_owned()]
        };
        let own = [
            format!("keystore.path={store}"),
            "keystore.password=secret".to_owned(),
            "verification_mode=certificate".to_owned(),
        ];
        question.extend(own.iter().chain(&trust).map(|setting| format!("{side}:{setting}")));
    }
    question
}
