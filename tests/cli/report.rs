//! `crosstrust report`: the page, its JSON and its metrics.

use crosstrust_testkit::{Folder, root, tool};
use serde_json::Value;

use crate::{crosstrust, fixture, run};

const AT: &str = "2026-06-01T00:00:00Z";

/// Two clusters of one CA; the cloud admits only its own nodes.
fn clusters(folder: &Folder) {
    let pattern = "*.node.0123456789abcdef0123456789abcdef.cluster.1053523734.account";
    let text = format!("trust.subject_name:\n  - '{pattern}'\n  - 'nobody.example'\n");
    folder.write("all/cloud/trust_restrictions.yml", text);
    for (cluster, nodes) in
        [("east", &["self-managed-1", "self-managed-2"][..]), ("cloud", &["cloud-1"])]
    {
        for node in nodes {
            let bytes = crosstrust_testkit::fixture(&format!("cluster/nodes/{node}.crt"));
            folder.write(&format!("all/{cluster}/{node}.crt"), bytes);
        }
        let ca = crosstrust_testkit::fixture("cluster/ca.crt");
        folder.write(&format!("all/{cluster}/ca/ca.crt"), ca);
    }
    folder.write("all/notes/readme.txt", "no certificate");
}

#[test]
fn each_folder_of_a_folder_is_a_cluster_with_its_restrictions() {
    let folder = Folder::new();
    clusters(&folder);
    let arguments = ["report", "--out", "r", "all", "--json-pairs", "--at", AT];
    let ended = run(&folder, &arguments).exits_with(1);
    assert!(ended.text().contains("refused   east → cloud\n"), "{}", ended.text());
    assert!(ended.text().contains("accepted  cloud → east\n"), "{}", ended.text());
    let document: Value = serde_json::from_str(&folder.read_text("r/report.json")).unwrap();
    let names = document["clusters"].as_array().unwrap().iter().map(|one| one["name"].as_str());
    assert_eq!(names.collect::<Vec<_>>(), [Some("cloud"), Some("east")]);
    let restrictions = &document["clusters"][0]["restrictions"];
    let admits = &restrictions["patterns"][0]["admits"];
    assert_eq!(admits, &serde_json::json!(["cloud/all/cloud/cloud-1.crt"]));
    assert_eq!(restrictions["patterns"][1]["admits"], serde_json::json!([]));
    assert_eq!(restrictions["outside"].as_array().unwrap().len(), 2);
    assert!(document["clusters"][1]["restrictions"].is_null());
    // Three nodes, each before both clusters.
    let accepts = document["accepts"].as_array().unwrap();
    assert_eq!(accepts.len(), 6);
    for row in accepts {
        let one_way = row["from"].as_str().unwrap().starts_with("east/") && row["to"] == "cloud";
        assert_eq!(row["accepted"], !one_way, "{row}");
        assert_eq!(row["code"] == "PF033", one_way, "{row}");
    }
    // The CA and three nodes; the CA is trusted twice and listed once.
    let certificates = document["certificates"].as_array().unwrap();
    assert_eq!(certificates.len(), 4);
    let authority = certificates.iter().find(|one| one["is_ca"] == true).unwrap();
    assert_eq!(authority["uses"].as_array().unwrap().len(), 2);
}

/// What the classes of the document say of each pair is what the list of pairs says.
#[test]
fn the_classes_say_what_the_pairs_say() {
    let folder = Folder::new();
    clusters(&folder);
    run(&folder, &["report", "--out", "r", "all", "--json-pairs", "--at", AT]).exits_with(1);
    let document: Value = serde_json::from_str(&folder.read_text("r/report.json")).unwrap();
    let clusters = document["clusters"].as_array().unwrap();
    let mut pairs = document["accepts"].as_array().unwrap().iter();
    for from in clusters {
        for node in from["nodes"].as_array().unwrap() {
            let class = &document["node_classes"]
                [usize::try_from(node["class"].as_u64().unwrap()).unwrap()];
            for to in clusters {
                let listed = |one: &&Value| {
                    one["judge_classes"].as_array().unwrap().contains(&to["judges_as"])
                };
                let found = class["verdicts"].as_array().unwrap().iter().find(listed);
                let found = found.unwrap_or(&class["otherwise"]);
                let pair = pairs.next().unwrap();
                assert_eq!(pair["to"], to["name"]);
                assert_eq!(found["verdict"], pair["verdict"], "{pair}");
                assert_eq!(found["code"], pair["code"], "{pair}");
            }
        }
    }
    assert!(pairs.next().is_none());
    // The same without the pairs.
    run(&folder, &["report", "--out", "s", "all", "--at", AT]).exits_with(1);
    let short: Value = serde_json::from_str(&folder.read_text("s/report.json")).unwrap();
    assert!(short.get("accepts").is_none() && short["clusters"][0].get("restrictions").is_none());
    assert_eq!(short["node_classes"], document["node_classes"]);
    let patterns = &short["restrictions"][0]["patterns"];
    assert_eq!(patterns[1], "nobody.example");
}

/// Whatever is wrong in a cluster's files is a finding at its place, and the rest is judged.
#[test]
fn what_cannot_be_read_is_a_finding_and_the_rest_is_judged() {
    let folder = Folder::new();
    clusters(&folder);
    let ca = crosstrust_testkit::fixture("cluster/ca.crt");
    let node = crosstrust_testkit::fixture("cluster/nodes/self-managed-1.crt");
    let store = crosstrust_testkit::fixture("p12/openssl/2des.p12");
    folder.write("all/junk/node.crt", &node);
    folder.write("all/junk/ca.crt", &ca);
    folder.write("all/junk/junk.p12", "no key store");
    folder.write("all/locked/node.crt", &node);
    folder.write("all/locked/ca.crt", &ca);
    folder.write("all/locked/store.p12", &store);
    folder.write("all/only-ca/root.crt", &ca);
    folder.write("all/broken/node.crt", &node);
    folder.write("all/broken/ca.crt", &ca);
    folder.write("all/broken/trust.yml", "trust.subject_name: *.other\n");
    folder.write("all/orphan/node.crt", &node);
    std::fs::create_dir(folder.join("all/empty")).unwrap();
    let arguments = ["report", "--out", "r", "all", "--json-pairs", "--at", AT, "--pass", "wrong"];
    run(&folder, &arguments).exits_with(1);
    let document: Value = serde_json::from_str(&folder.read_text("r/report.json")).unwrap();
    let found = |code: &str, path: &str| {
        let findings = document["findings"].as_array().unwrap();
        findings.iter().any(|one| one["code"] == code && one["path"] == path)
    };
    for (code, path) in [
        ("PF130", "all/junk/junk.p12"),
        ("PF130", "all/locked/store.p12"),
        ("PF133", "all/only-ca"),
        ("PF133", "all/empty"),
        ("PF134", "all/orphan"),
    ] {
        assert!(found(code, path), "{code} {path}: {}", document["findings"]);
    }
    let broken = document["findings"].as_array().unwrap().iter();
    assert!(broken.clone().any(|one| one["path"] == "all/broken/trust.yml" && one["line"] == 1));
    for pair in document["accepts"].as_array().unwrap() {
        let (from, to) = (pair["from"].as_str().unwrap(), pair["to"].as_str().unwrap());
        if ["broken", "orphan", "empty"].contains(&to) {
            assert_eq!(pair["verdict"], "not_judged", "{pair}");
        }
        // Whether its nodes start is not known, and the cloud refuses them anyhow.
        if from.starts_with("broken/") {
            let expected = if to == "cloud" { "refused" } else { "not_judged" };
            assert_eq!(pair["verdict"], expected, "{pair}");
        }
        if from.starts_with("junk/") && ["east", "junk", "locked", "only-ca"].contains(&to) {
            assert_eq!(pair["verdict"], "accepted", "{pair}");
        }
    }
    let page = folder.read_text("r/index.html");
    assert!(page.contains("junk.p12") && page.contains("could not be used"), "{page}");
}

/// With what is expected an intended refusal is no error, and an acceptance that nobody expects is one.
#[test]
fn what_is_expected_decides_what_is_wrong() {
    let folder = Folder::new();
    clusters(&folder);
    let inventory = |east: &str, cloud: &str| {
        folder.write(
            "crosstrust.yml",
            format!(
                "clusters:\n  east:\n    nodes: all/east\n    expect: {east}\n  cloud:\n    nodes: all/cloud\n    expect: \
                 {cloud}\n"
            ),
        );
        let report = ["report", "--out", "r", "--force", "--at", AT];
        let status = run(&folder, &report).status;
        let document: Value = serde_json::from_str(&folder.read_text("r/report.json")).unwrap();
        let findings = document["findings"].as_array().unwrap().iter();
        let codes = findings.map(|one| one["code"].as_str().unwrap().to_owned());
        let told = |code: &String| ["PF070", "PF131", "PF132"].contains(&code.as_str());
        (status, codes.filter(told).collect::<Vec<_>>().join(" "))
    };
    let told = |status, codes: &str| (Some(status), codes.to_owned());
    let (closed, open) = ("{nobody_else: true}", "{accepts: []}");
    // The cloud refuses east, and east, without restrictions, lets the cloud in.
    assert_eq!(inventory("{accepts: [cloud], nobody_else: true}", closed), told(0, ""));
    assert_eq!(inventory(closed, closed), told(1, "PF132 PF131"));
    assert_eq!(inventory(open, closed), told(0, "PF131"));
    assert_eq!(inventory("{accepts: [cloud]}", "{accepts: [east]}"), told(1, "PF070"));
}

/// Whoever has a certificate of a shared CA is let in where nothing restricts the names.
#[test]
fn a_shared_ca_without_restrictions_is_told() {
    let folder = Folder::new();
    clusters(&folder);
    run(&folder, &["report", "--out", "r", "all", "--at", AT]).exits_with(1);
    let document: Value = serde_json::from_str(&folder.read_text("r/report.json")).unwrap();
    let findings = document["findings"].as_array().unwrap().iter();
    let told = findings.filter(|one| one["code"] == "PF131").collect::<Vec<_>>();
    // The cloud has restrictions.
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0]["message"].as_str().unwrap().starts_with("`east` has no trust restrictions"));
    run(&folder, &["report", "--out", "s", "east=all/east", "--at", AT]).succeeds();
    assert!(!folder.read_text("s/report.json").contains("PF131"));
}

/// Timers want metrics alone, and no failure for what the metrics say.
#[test]
fn metrics_need_no_page_and_timers_no_failure() {
    let folder = Folder::new();
    clusters(&folder);
    run(&folder, &["report", "--prometheus", "m.prom", "all", "--at", AT]).exits_with(1);
    let timer = ["report", "--prometheus", "-", "all", "--at", AT, "--fail-on", "never"];
    let ended = run(&folder, &timer).succeeds();
    assert_eq!(ended.text(), folder.read_text("m.prom"));
    // The CA has the path of the file that it is in.
    let trusted = ended.text().lines().filter(|line| line.contains("kind=\"trusted\""));
    assert!(trusted.clone().count() > 0);
    for line in trusted {
        assert!(line.contains("/ca/ca.crt\""), "{line}");
    }
    let ended = run(&folder, &["report", "all"]).exits_with(2);
    assert!(ended.messages().contains("--out"), "{}", ended.messages());
}

/// The alerts fire on what the metrics say, and are silent on a fleet in order.
#[test]
fn promtool_checks_the_alert_rules() {
    let Some(promtool) = tool("promtool") else { return };
    let folder = Folder::new();
    let rules = root().join("examples/prometheus/crosstrust.rules.yml");
    folder.write("rules.yml", std::fs::read(rules).unwrap());
    let series = |name: &str, labels: &str, values: &str| {
        format!("      - {{series: '{name}{{{labels}}}', values: '{values}'}}\n")
    };
    let input = [
        series("crosstrust_nodes", "cluster=\"east\"", "3x10"),
        series("crosstrust_nodes", "cluster=\"west\"", "2x10"),
        series("crosstrust_accepted_nodes", "from=\"east\",to=\"east\"", "1x10"),
        series("crosstrust_accepted_nodes", "from=\"west\",to=\"west\"", "2x10"),
        series("crosstrust_accepted_nodes", "from=\"east\",to=\"west\"", "3 3 0x8"),
        series(
            "x509_cert_not_after",
            "cluster=\"east\",kind=\"node\",path=\"n\",subject=\"CN=n\"",
            "1x10",
        ),
    ];
    let mut test = format!(
        "rule_files: [rules.yml]\ntests:\n  - interval: 1m\n    input_series:\n{}    promql_expr_test:\n",
        input.concat()
    );
    let alerts = [
        ("ClusterRefusesItsOwnNodes", 1),
        ("ClusterNoLongerAccepted", 1),
        ("CertificateExpired", 1),
    ];
    for (alert, count) in alerts {
        test += &format!(
            "      - {{expr: 'count(ALERTS{{alertname=\"{alert}\",alertstate=\"firing\"}})', eval_time: 5m, exp_samples: \
             [{{labels: '{{}}', value: {count}}}]}}\n"
        );
    }
    folder.write("test.yml", test);
    promtool.with(["check", "rules", "rules.yml"]).folder(folder.path()).run().succeeds();
    promtool.with(["test", "rules", "test.yml"]).folder(folder.path()).run().succeeds();
}

/// Standard input can be read once only; what it says is judged and linted all the same.
#[test]
fn restrictions_from_standard_input_are_judged_and_linted() {
    let folder = Folder::new();
    clusters(&folder);
    let words =
        ["report", "--out", "r", "east=all/east,restrictions=-", "cloud=all/cloud", "--at", AT];
    let words = [&words[..], &["--json-pairs"]].concat();
    let text = "trust.subject_name:\n  - 'nobody.example'\n";
    let ended = crosstrust(&folder, &words).stdin(text).run().exits_with(1);
    assert!(ended.text().contains("refused   cloud → east\n"), "{}", ended.text());
    let document: Value = serde_json::from_str(&folder.read_text("r/report.json")).unwrap();
    assert_eq!(document["clusters"][0]["restrictions"]["patterns"][0]["pattern"], "nobody.example");
    let findings = document["findings"].as_array().unwrap();
    let locked_out = |one: &Value| one["code"] == "TR050" && one["path"] == "-";
    assert!(findings.iter().any(locked_out), "{findings:#?}");
}

#[test]
fn the_page_needs_nothing_else_and_explains_each_code_that_it_names() {
    let folder = Folder::new();
    clusters(&folder);
    run(&folder, &["report", "--out", "r", "all", "--at", AT]).exits_with(1);
    let page = folder.read_text("r/index.html");
    for needle in ["http:", "https:", " src=", "@import", "<link rel=\"style"] {
        assert!(!page.contains(needle), "{needle}");
    }
    let mut links = 0;
    for link in page.split("href=\"#").skip(1) {
        let target = link.split('"').next().unwrap();
        assert!(page.contains(&format!("id=\"{target}\"")), "nothing has the id {target}");
        links += 1;
    }
    assert!(links > 10, "{links}");
    assert!(page.contains("id=\"PF033\""), "a refusal's own code is explained, too");
}

#[test]
fn the_policy_of_the_page_names_the_digest_of_its_script() {
    let folder = Folder::new();
    clusters(&folder);
    run(&folder, &["report", "--out", "r", "all", "--at", AT]).exits_with(1);
    let Some(python) = tool("python3") else { return };
    let script = "\
import base64, hashlib, re
page = open('r/index.html', encoding='utf-8').read()
script = re.search('<script>(.*?)</script>', page, re.S).group(1)
digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
print(f\"script-src 'sha256-{digest}'\" in page, page.count('<script'))
";
    let seen = python.with(["-c", script]).folder(folder.path()).run().succeeds();
    assert_eq!(seen.text(), "True 1\n");
}

/// A CA and a node whose names are an attempt at everything that text can be put into.
#[test]
fn a_hostile_name_is_text_and_nothing_else() {
    let folder = Folder::new();
    let hostile = r#"CN=\</title\>\<script\>alert(1)\</script\>\"' onload=x \\ ]]\> `"#;
    let ca = ["ca", "--pem", "--out", "ca", "--dn", hostile, "--key-type", "ec-p256"];
    run(&folder, &ca).succeeds();
    let cert =
        ["cert", "--ca-cert", "ca/ca.crt", "--ca-key", "ca/ca.key", "--pem", "--out", "east/nodes"];
    let node = ["--name", "n1", "--dns", "n1", "--cn", "<img/src=x>", "--key-type", "ec-p256"];
    run(&folder, &[&cert[..], &node[..]].concat()).succeeds();
    let report = ["report", "--out", "r", "--prometheus", "m.prom", "<b>=east,ca=ca/ca.crt"];
    run(&folder, &report).succeeds();
    let page = folder.read_text("r/index.html");
    assert_eq!(page.matches("<script").count(), 1);
    assert!(!page.contains("<img") && !page.contains("<b>="), "{page}");
    assert!(page.contains(r"&lt;script\&gt;alert(1)\&lt;/script\&gt;\&quot;"), "{page}");
    let Some(promtool) = tool("promtool") else { return };
    let metrics = folder.read_text("m.prom");
    promtool.with(["check", "metrics"]).stdin(metrics).run().succeeds();
}

#[test]
fn promtool_has_nothing_to_say_of_the_metrics() {
    let folder = Folder::new();
    clusters(&folder);
    let arguments = ["report", "--out", "r", "--prometheus", "m.prom", "all", "--at", AT];
    run(&folder, &arguments).exits_with(1);
    let metrics = folder.read_text("m.prom");
    // The fixtures' CA ends with this second: openssl x509 -enddate, date -u +%s.
    if let Some(end) = crate::openssl(
        &folder,
        &["x509", "-in", &fixture("cluster/ca.crt"), "-noout", "-enddate", "-dateopt", "iso_8601"],
    ) {
        let (_, end) = end.trim().split_once('=').unwrap();
        let seconds = tool("date").unwrap().with(["-u", "-d", end, "+%s"]).run().succeeds();
        let lines = metrics.lines().filter(|line| {
            line.starts_with("x509_cert_not_after{cluster=\"east\",kind=\"trusted\"")
                && line.ends_with(&format!(" {}", seconds.text().trim()))
        });
        assert_eq!(lines.count(), 1, "{metrics}");
    }
    assert!(
        metrics.contains("crosstrust_accepted_nodes{from=\"east\",to=\"cloud\"} 0\n"),
        "{metrics}"
    );
    assert!(
        metrics.contains("crosstrust_accepted_nodes{from=\"cloud\",to=\"east\"} 1\n"),
        "{metrics}"
    );
    let Some(promtool) = tool("promtool") else { return };
    let checked = promtool.with(["check", "metrics"]).stdin(metrics).run().succeeds();
    assert_eq!((checked.text(), checked.messages().as_str()), ("", ""));
}

#[test]
fn nothing_is_overwritten_unasked_and_the_same_input_makes_the_same_bytes() {
    let folder = Folder::new();
    clusters(&folder);
    let arguments = ["report", "--out", "r", "all", "--at", AT];
    run(&folder, &arguments).exits_with(1);
    let before = (folder.read("r/index.html"), folder.read("r/report.json"));
    let refused = run(&folder, &arguments).exits_with(2);
    assert!(refused.messages().contains("r/index.html: already exists"), "{}", refused.messages());
    run(&folder, &[&arguments[..], &["--force"]].concat()).exits_with(1);
    assert!(before == (folder.read("r/index.html"), folder.read("r/report.json")));
    folder.write("m.prom", "");
    let arguments = ["report", "--out", "new", "--prometheus", "m.prom", "all", "--at", AT];
    run(&folder, &arguments).exits_with(2);
    assert!(!folder.join("new").exists());
}

#[test]
fn what_is_no_cluster_is_refused_with_a_hint() {
    let folder = Folder::new();
    clusters(&folder);
    for argument in ["all/notes", "nothing", "x=all/notes"] {
        let ended = run(&folder, &["report", "--out", "r", argument]).exits_with(2);
        assert!(ended.messages().contains("crosstrust: hint: "), "{}", ended.messages());
        assert!(!folder.join("r").exists());
    }
    let ended = run(&folder, &["report", "--out", "r", "all", "east=all/east"]).exits_with(2);
    assert!(ended.messages().contains("two clusters have this name"), "{}", ended.messages());
}

/// Pages grow with the number of nodes, not with its square.
#[test]
fn the_page_grows_evenly() {
    let sizes = [20, 40, 80].map(|count: usize| {
        let folder = Folder::new();
        let leaf = std::fs::read(fixture("cluster/nodes/cloud-1.crt")).unwrap();
        folder.write("ca.crt", crosstrust_testkit::fixture("cluster/ca.crt"));
        folder.write("one/n.crt", leaf);
        let mut instances = "instances:\n".to_owned();
        for number in 0..count {
            instances += &format!(
                "  - {{name: n{number:03}, dns: [n{number:03}.example], cn: [n{number:03}.x]}}\n"
            );
        }
        folder.write("i.yml", instances);
        run(&folder, &["ca", "--pem", "--out", "ca", "--key-type", "ec-p256"]).succeeds();
        let cert =
            ["cert", "--ca-cert", "ca/ca.crt", "--ca-key", "ca/ca.key", "--pem", "--in", "i.yml"];
        run(&folder, &[&cert[..], &["--key-type", "ec-p256", "--out", "many"]].concat()).succeeds();
        let report = ["report", "--out", "r", "many=many", "one=one,ca=ca.crt"];
        run(&folder, &report).exits_with(1);
        folder.read("r/index.html").len()
    });
    let [first, second] = [sizes[1] - sizes[0], sizes[2] - sizes[1]];
    assert!(second < 2 * first + first / 10, "{sizes:?}");
}

/// The page in a browser: it is drawn, and neither policy nor script has anything to complain of.
#[test]
fn a_browser_shows_the_page_without_a_complaint() {
    let folder = Folder::new();
    clusters(&folder);
    run(&folder, &["report", "--out", "r", "all", "--at", AT]).exits_with(1);
    // A browser is too large to demand it of every machine that runs the tests.
    let installed = ["/usr/bin/chromium", "/usr/bin/google-chrome"];
    let Some(browser) = installed.iter().find(|path| std::path::Path::new(path).is_file()) else {
        return;
    };
    let page = format!("file://{}", folder.join("r/index.html").display());
    let profile = format!("--user-data-dir={}", folder.join("profile").display());
    let arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr"];
    let ended = crosstrust_testkit::Run::new(browser)
        .args(arguments)
        .args([profile.as_str(), "--dump-dom", &page])
        .folder(root())
        .run()
        .succeeds();
    assert!(!ended.messages().contains("CONSOLE"), "{}", ended.messages());
    // The script has shown the filters, which are hidden without it.
    assert_eq!(ended.text().matches("<p class=\"filter\" data-for=").count(), 3);
}
