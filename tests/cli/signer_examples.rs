//! The programs in `examples/signers/`, each before the real server that it asks.

use crosstrust_testkit::{Ended, Folder, Run, python_with, root, tool, unpackaged_tool};

use crate::{INSTANCES, openssl, run};

/// How Python is told to start `OpenBao` for development, with two keys, and to run a command beside it.
const BAO: &str = r#"
import json, os, socket, subprocess, sys, time
bao, program, *words = sys.argv[1:]
with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    address = "127.0.0.1:%d" % free.getsockname()[1]
environment = dict(os.environ, BAO_ADDR="http://" + address, BAO_TOKEN="root", HOME=os.getcwd())
options = ["-dev", "-dev-no-store-token", "-dev-root-token-id=root", "-dev-listen-address=" + address]
server = subprocess.Popen([bao, "server", *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
def ask(*words):
    return subprocess.run([bao, *words], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
try:
    for _ in range(300):
        if ask("status").returncode == 0:
            break
        time.sleep(0.1)
    ask("secrets", "enable", "transit")
    for name, kind in (("rsa", "rsa-2048"), ("ec", "ecdsa-p256")):
        ask("write", "-f", "transit/keys/" + name, "type=" + kind)
        key = json.loads(ask("read", "-format=json", "transit/keys/" + name).stdout)
        open(name + ".pub", "w").write(key["data"]["keys"]["1"]["public_key"])
    ask("secrets", "enable", "pki")
    ask("secrets", "tune", "-max-lease-ttl=87600h", "pki")
    root = ask("write", "-field=certificate", "pki/" + "root/generate/internal", "common_name=Transport CA", "ttl=87600h")
    open("pki.crt", "wb").write(root.stdout)
    ask("write", "pki/roles/nodes", "allow_any_name=true", "enforce_hostnames=false", "key_type=any", "max_ttl=8760h",
        "allowed_other_sans=2.5.4.3;UTF8:*.node.1234567abcd.cluster.myscope.account")
    policy = 'path "transit/sign/+/*" { capabilities = ["update"] }\npath "pki/*" { capabilities = ["update"] }'
    open("policy.hcl", "w").write(policy)
    ask("policy", "write", "sign", "policy.hcl")
    token = json.loads(ask("token", "create", "-policy=sign", "-format=json").stdout)
    environment["BAO_TOKEN"] = token["auth"]["client_token"]
    sys.exit(subprocess.run([program, *words], env=environment).returncode)
finally:
    server.kill()
    server.wait()
"#;

/// The same with moto, which answers as AWS does.
const MOTO: &str = r#"
import base64, os, subprocess, sys
from moto.server import ThreadedMotoServer
_, program, *words = sys.argv[1:]
server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
server.start()
host, port = server.get_host_and_port()
os.environ.update(AWS_ENDPOINT_URL="http://%s:%s" % (host, port), AWS_DEFAULT_REGION="eu-central-1",
    AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="test", NO_PROXY="127.0.0.1")
import boto3
kms = boto3.client("kms")
for name, kind in (("rsa", "RSA_2048"), ("ec", "ECC_NIST_P256")):
    key = kms.create_key(KeyUsage="SIGN_VERIFY", KeySpec=kind)["KeyMetadata"]["KeyId"]
    kms.create_alias(AliasName="alias/" + name, TargetKeyId=key)
    text = base64.encodebytes(kms.get_public_key(KeyId=key)["PublicKey"]).decode()
    open(name + ".pub", "w").write("-----BEGIN PUBLIC KEY-----\n" + text + "-----END PUBLIC KEY-----\n")
sys.exit(subprocess.run([program, *words]).returncode)
"#;

/// Makes the certificate of a CA for a public key, below a root whose key is in a file, and issues with it.
const ISSUE: &str = r#"
set -eu
for name in rsa ec; do
    openssl x509 -new -force_pubkey "$name.pub" -subj "/CN=CA $name" -days 30 \
        -CA root/ca.crt -CAkey root/ca.key -extfile ca.ext -out "$name.crt"
    cat root/ca.crt >> "$name.crt"
    crosstrust cert --ca-cert "$name.crt" --ca-signer "$1$name" \
        --in instances.yml --pem --key-type ec-p256 --out "of-$name"
    for node in node1 node2; do
        file="of-$name/$node/$node.crt"
        openssl verify -CAfile root/ca.crt -untrusted "$file" "$file"
    done
done
if crosstrust cert --ca-cert rsa.crt --ca-signer "${1}none" --name n --out none 2> refused; then exit 9; fi
if crosstrust cert --ca-cert rsa.crt --ca-signer "${1}ec" --name n --out none 2> other; then exit 9; fi
test ! -e none
"#;

/// A folder with a root, for CAs whose keys are elsewhere.
fn folder() -> Folder {
    let folder = Folder::new();
    let root = ["ca", "--pem", "--dn", "CN=Root", "--out", "root", "--key-type", "ec-p256"];
    run(&folder, &root).succeeds();
    folder.write("instances.yml", INSTANCES);
    folder.write("ca.ext", "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n");
    folder.write("issue.sh", ISSUE);
    folder
}

/// The path of an example as a word of a command.
fn example(name: &str) -> String {
    format!("'{}'", root().join("examples/signers").join(name).display())
}

/// With the command under test on the path.
fn with_command(run: Run) -> Run {
    let mut places =
        vec![std::path::Path::new(env!("CARGO_BIN_EXE_crosstrust")).parent().unwrap().to_owned()];
    places.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    run.env("PATH", std::env::join_paths(places).unwrap())
}

#[track_caller]
fn issues(ended: Ended) {
    let ended = ended.succeeds();
    assert_eq!(ended.text().matches(".crt: OK").count(), 4, "{}", ended.text());
}

#[test]
fn openbao_signs_by_its_transit_engine() {
    let (Some(bao), Some(python)) = (unpackaged_tool("bao"), tool("python3")) else { return };
    let folder = folder();
    let signer = format!("python3 {} ", example("transit.py"));
    let words = ["-c", BAO, &bao.path().to_string_lossy(), "sh", "issue.sh", &signer];
    issues(with_command(python.with(words).folder(folder.path())).run());
    let refused = folder.read_text("refused");
    assert!(refused.contains("it refuses: signing key not found"), "{refused}");
    let other = folder.read_text("other");
    assert!(other.contains("its signature has") || other.contains("it refuses"), "{other}");
}

/// What the page on CA keys says of `OpenBao`'s own PKI.
#[test]
fn openbao_signs_requests_that_preflight_accepts() {
    let (Some(bao), Some(python)) = (unpackaged_tool("bao"), tool("python3")) else { return };
    let folder = folder();
    let script = r#"
        set -eu
        name=node1.node.1234567abcd.cluster.myscope.account
        crosstrust csr --name node1 --dns node1.example.com --cn "$name" --key-type ec-p256 --out requests
        bao write -field=certificate pki/sign-verbatim csr=@requests/node1/node1.csr ttl=8760h > verbatim.crt
        bao write -field=certificate pki/sign/nodes csr=@requests/node1/node1.csr common_name=node1 ttl=8760h \
            "other_sans=2.5.4.3;UTF8:$name" > role.crt
        for file in verbatim role; do
            crosstrust preflight node "$file.crt" --trust pki.crt --key requests/node1/node1.key --format json
        done
    "#;
    folder.write("requests.sh", script);
    let words = ["-c", BAO, &bao.path().to_string_lossy(), "sh", "requests.sh"];
    let ended = with_command(python.with(words).folder(folder.path())).run().succeeds();
    assert_eq!(ended.text().matches("\"verdict\": \"accepted\"").count(), 2, "{}", ended.text());
}

#[test]
fn aws_kms_signs() {
    let Some(python) = python_with("boto3, moto.server") else { return };
    let folder = folder();
    // Of digests moto makes digests once more.
    let signer = format!("'{}' {} --raw alias/", python.path().display(), example("aws_kms.py"));
    let words = ["-c", MOTO, "moto", "sh", "issue.sh", &signer];
    issues(with_command(python.with(words).folder(folder.path())).run());
    let refused = folder.read_text("refused");
    assert!(refused.contains("it refuses: An error occurred (NotFoundException)"), "{refused}");
}

#[test]
fn an_ssh_agent_signs() {
    let (Some(agent), Some(_)) = (tool("ssh-agent"), tool("python3")) else { return };
    for key_type in ["rsa-2048", "ec-p256", "ec-p384"] {
        let folder = folder();
        let ca = ["ca", "--pem", "--dn", "CN=CA", "--out", "ca", "--key-type", key_type];
        run(&folder, &ca).succeeds();
        let script = r#"
            set -eu
            ssh-add -q root/ca.key
            ssh-add -q ca/ca.key
            rm ca/ca.key
            crosstrust cert --ca-cert ca/ca.crt --ca-signer "$1" --in instances.yml --pem --key-type ec-p256
            ssh-add -q -D
            if crosstrust cert --ca-cert ca/ca.crt --ca-signer "$1" --name n --out n 2> refused; then exit 9; fi
        "#;
        let signer = format!("python3 {}", example("ssh_agent.py"));
        let words = ["sh", "-c", script, "sh", &signer];
        with_command(agent.with(words).folder(folder.path())).run().succeeds();
        let file = "certificates/node2/node2.crt";
        assert!(openssl(&folder, &["verify", "-CAfile", "ca/ca.crt", file]).is_some());
        let refused = folder.read_text("refused");
        assert!(
            refused.contains("it refuses: none of the 0 keys of the agent is the CA's"),
            "{refused}"
        );
    }
}

/// Each example says how it is called.
#[test]
fn an_example_without_its_arguments_shows_its_head() {
    let Some(python) = tool("python3") else { return };
    for name in ["command.py", "transit.py"] {
        let path = root().join("examples/signers").join(name);
        let messages = python.with([path]).run().messages();
        assert!(messages.contains("usage: ") || messages.contains("--ca-signer"), "{messages}");
    }
}
