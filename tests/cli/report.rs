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
    let ended = run(&folder, &["report", "--out", "r", "all", "--at", AT]).exits_with(1);
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

/// Standard input can be read once only; what it says is judged and linted all the same.
#[test]
fn restrictions_from_standard_input_are_judged_and_linted() {
    let folder = Folder::new();
    clusters(&folder);
    let words =
        ["report", "--out", "r", "east=all/east,restrictions=-", "cloud=all/cloud", "--at", AT];
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
    assert_eq!(ended.text().matches("<p class=\"filter\" data-for=").count(), 2);
}
