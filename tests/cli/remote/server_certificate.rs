//! The certificate that a remote cluster server has already: judged as the local side will judge it.

use std::fs;

use crosstrust_testkit::{Folder, tool};

use crate::{fixture, run};

fn connection(folder: &Folder, settings: &str) {
    folder.write(
        "remote.yml",
        format!("network.host: 192.0.2.1\nremote_cluster_server.enabled: true\n{settings}"),
    );
    folder.write(
        "c.yml",
        "alias: east\nmodel: api-key\nlocal: {platform: ech, version: 9.1.0}\nremote: {platform: self-managed, \
         version: 9.1.0, endpoint: es.example.com, ca: cluster/ca.crt, elasticsearch_yml: remote.yml}\n\
         access: {search: [{names: [a]}]}\n",
    );
}

fn codes(folder: &Folder) -> String {
    let check = ["remote", "check", "c.yml", "--pass", "changeit"];
    let ended = run(folder, &check);
    assert!(ended.status.is_some_and(|status| status < 2), "{}", ended.messages());
    ended.text().to_owned()
}

/// The verdicts are those of `openssl verify` for a server of this name.
#[test]
fn the_certificate_of_a_running_server_is_judged() {
    let Some(openssl) = tool("openssl") else { return };
    let folder = Folder::new();
    std::os::unix::fs::symlink(fixture("cluster"), folder.join("cluster")).unwrap();
    let pem = "xpack.security.remote_cluster_server.ssl.certificate: s.crt\nxpack.security.remote_cluster_server.ssl.key: s.key\n";
    let store = "xpack.security.remote_cluster_server.ssl.keystore.path: s.p12\n";
    for (authority, host) in
        [("ca", "es.example.com"), ("ca", "other.example.com"), ("other-ca", "es.example.com")]
    {
        let issue = format!(
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout s.key -out s.crt -subj /CN=s -days 365 \
             -CA cluster/{authority}.crt -CAkey cluster/{authority}.key -addext subjectAltName=DNS:{host} \
             -addext basicConstraints=CA:false"
        );
        openssl.with(issue.split_whitespace()).folder(folder.path()).run().succeeds();
        let keep = "pkcs12 -export -in s.crt -inkey s.key -out s.p12 -passout pass:changeit";
        openssl.with(keep.split_whitespace()).folder(folder.path()).run().succeeds();
        let verify = |host: &str| {
            let words = format!("verify -CAfile cluster/ca.crt -purpose sslserver {host} s.crt");
            openssl.with(words.split_whitespace()).folder(folder.path()).run().status == Some(0)
        };
        for settings in [pem, store] {
            connection(&folder, settings);
            let found = codes(&folder);
            assert_eq!(!found.contains("error[RC013]"), verify(""), "{authority} {host}: {found}");
            if authority == "ca" {
                let fits = verify("-verify_hostname es.example.com");
                assert_eq!(!found.contains("error[RC012]"), fits, "{authority} {host}: {found}");
            }
            assert!(!found.contains("RC047"), "{found}");
        }
    }
    // Nobody looked at one that is not there.
    fs::remove_file(folder.join("s.crt")).unwrap();
    connection(&folder, pem);
    let found = codes(&folder);
    assert!(
        found.contains("warning[RC047]: nobody looked into `s.crt` of the remote nodes"),
        "{found}"
    );
}
