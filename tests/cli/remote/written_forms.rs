//! The forms in which people write an `elasticsearch.yml`: the kit's patch and its lines fit each, to `patch` and
//! to `PyYAML`.

use std::fs;

use crosstrust_testkit::{Folder, Tool, python_with, tool};

use crate::{fixture, run};

const SSL: &str = "xpack.security.transport.ssl";

/// Each is a file with the CA list `[ca.crt]`, and other settings that must stay; it is asked about with and without
/// the end of its last line.
const FORMS: [&str; 15] = [
    "xpack.security.transport.ssl.certificate_authorities: [ca.crt]\nxpack.security.transport.ssl: {enabled: true}\n",
    "node.name: n\nxpack.security.transport.ssl.enabled: true\nxpack.security.transport.ssl.certificate_authorities: ca.crt\n",
    "xpack:\n  security:\n    transport:\n      ssl:\n        enabled: true\n        certificate_authorities: [ca.crt]\n        client_authentication: required\nnode.name: n\n",
    "xpack:\n  security:\n    transport:\n      ssl:\n        enabled: true\n        certificate_authorities:\n        - ca.crt\n",
    "xpack.security.transport:\n  ssl.enabled: true\n  ssl:\n    certificate_authorities: ca.crt # ours\n",
    "{xpack.security.transport.ssl.enabled: true, xpack.security.transport.ssl.certificate_authorities: [ca.crt], node.name: n}\n",
    "{xpack: {security: {transport: {ssl: {enabled: true, certificate_authorities: ca.crt}}}}}\n",
    "{\n  \"node.name\": n,\n  \"xpack.security.transport.ssl\": {\n    \"enabled\": true,\n    \"certificate_authorities\": [\"ca.crt\"]\n  }\n}\n",
    "xpack.security.transport.ssl: {enabled: true, certificate_authorities: [ca.crt]}\nnode.name: n\n",
    "xpack.security.transport.ssl.enabled: true\nxpack.security.transport.ssl.certificate_authorities: [\n  ca.crt, # ours\n  # more\n]\n",
    "xpack.security.transport.ssl.enabled: true\nxpack.security.transport.ssl.certificate_authorities: &cas\n  - ca.crt\nnode.name: n\n",
    "xpack.security.transport.ssl.enabled: true\nxpack.security.transport.ssl.certificate_authorities: &cas [ca.crt]\n",
    "  xpack.security.transport.ssl.enabled: true\n  xpack.security.transport.ssl.certificate_authorities: [ca.crt]\n",
    "---\nxpack.security.transport.ssl.enabled: true\nxpack.security.transport.ssl.certificate_authorities: [ca.crt]\n",
    "xpack.security.transport.ssl:\n  enabled: true\nxpack.security.transport.ssl.certificate_authorities: old.crt\nxpack.security:\n  transport.ssl.certificate_authorities: [ca.crt]\n",
];

/// What `PyYAML` reads of a file, with dots, as lines of a setting and its list.
fn flat(python: &Tool, folder: &Folder, path: &str) -> Vec<String> {
    let script = "import sys, yaml\n\
        def walk(name, value):\n\
        \x20   if isinstance(value, dict):\n\
        \x20       for key in value: yield from walk(name + [str(key)], value[key])\n\
        \x20   else:\n\
        \x20       yield '.'.join(name), value if isinstance(value, list) else [value]\n\
        found = {}\n\
        for name, value in walk([], yaml.safe_load(open(sys.argv[1]))): found[name] = value\n\
        for name in sorted(found): print(name, found[name])\n";
    let ended = python.with(["-c", script, path]).folder(folder.path()).run().succeeds();
    ended.text().lines().map(str::to_owned).collect()
}

#[test]
fn patch_and_lines_fit_the_file_however_it_is_written() {
    let (Some(python), Some(patch)) = (python_with("yaml"), tool("patch")) else { return };
    let endless = FORMS.iter().map(|form| form.trim_end().to_owned());
    for form in FORMS.map(str::to_owned).into_iter().chain(endless) {
        let folder = Folder::new();
        std::os::unix::fs::symlink(fixture("cluster"), folder.join("cluster")).unwrap();
        folder.write("elasticsearch.yml", &form);
        folder.write("ca.crt", fs::read(fixture("cluster/ca.crt")).unwrap());
        folder.write("old.crt", fs::read(fixture("cluster/ca.crt")).unwrap());
        folder.write(
            "c.yml",
            "alias: east\nmodel: tls\nlocal: {platform: self-managed, version: 9.1.0, elasticsearch_yml: elasticsearch.yml, \
             ca: cluster/ca.crt, node_names: [a1.example.com]}\nremote: {platform: self-managed, version: 9.1.0, \
             endpoint: es.example.com, ca: cluster/other-ca.crt, node_names: [b1.example.com]}\n\
             access: {search: [{names: [a]}]}\n",
        );
        let plan = ["remote", "plan", "c.yml", "--at", "2026-11-22T00:00:00Z", "--out", "kit"];
        run(&folder, &plan).succeeds();
        let names = fs::read_dir(folder.join("kit/local")).unwrap();
        let names: Vec<String> =
            names.map(|name| name.unwrap().file_name().into_string().unwrap()).collect();
        let of = |end: &str| {
            let name = names.iter().find(|name| name.ends_with(end));
            format!("kit/local/{}", name.unwrap_or_else(|| panic!("{form}: no {end} in {names:?}")))
        };
        let wanted = [
            format!("{SSL}.certificate_authorities ['ca.crt', 'east-ca.crt']"),
            format!("{SSL}.trust_restrictions.path ['east-trust.yml']"),
        ];
        assert_eq!(flat(&python, &folder, &of("-elasticsearch.yml")), wanted, "{form}");

        let mut expected = flat(&python, &folder, "elasticsearch.yml");
        expected.retain(|line| !line.starts_with(&format!("{SSL}.certificate_authorities")));
        expected.extend(wanted);
        expected.sort();
        let diff = of("elasticsearch.yml.patch");
        let words = ["--fuzz=0", "--output=new.yml", "elasticsearch.yml", &diff];
        patch.with(words).folder(folder.path()).run().succeeds();
        assert_eq!(
            flat(&python, &folder, "new.yml"),
            expected,
            "{form}: {}",
            folder.read_text("new.yml")
        );
        let comments = |text: &str| text.matches('#').count();
        assert_eq!(comments(&form), comments(&folder.read_text("new.yml")), "{form}");
        assert_eq!(form.contains('&'), folder.read_text("new.yml").contains('&'), "{form}");
    }
}
