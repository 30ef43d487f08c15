//! The texts that come with the files: what they are, and the settings that name them.

/// For the folder of a node's key store.
pub(super) const STORE_README: &str = "\
This folder holds the certificate of an Elasticsearch node for its HTTP layer.

  ${STORE}
    A PKCS#12 key store with the node's private key, its certificate and the CA's.
#if PASSWORD
    It has the password that you chose. Give it to the node, in its keystore:

        bin/elasticsearch-keystore add xpack.security.http.ssl.keystore.secure_password
#else
    It has no password, so the node needs none either.
#endif

  ${YML}
    The settings to add to elasticsearch.yml.

Copy ${STORE} into the configuration folder of the node, readable by the user that
Elasticsearch runs as, and restart the node.
";

/// For a node's `elasticsearch.yml`.
pub(super) const STORE_YML: &str = "\
# Settings for elasticsearch.yml; the key store is in the configuration folder of the node.
#if PASSWORD
# Its password goes into the node's keystore, under
# xpack.security.http.ssl.keystore.secure_password
#endif

xpack.security.http.ssl.enabled: true
xpack.security.http.ssl.keystore.path: \"${STORE}\"
";

/// For the folder of a request.
pub(super) const REQUEST_README: &str = "\
This folder holds a request for the certificate of an Elasticsearch node for its HTTP layer.

  ${CSR}
    The certificate signing request. Send it to your CA, and save what comes back as ${CRT}.
    The certificate must have the names that the request asks for.

  ${KEY}
    The private key. It goes to nobody but the node.
#if PASSWORD
    It is encrypted with the password that you chose. Give that to the node, in its keystore:

        bin/elasticsearch-keystore add xpack.security.http.ssl.secure_key_passphrase
#else
    It is not encrypted.
#endif

  ${YML}
    The settings to add to elasticsearch.yml.

Copy ${CRT} and ${KEY} into the configuration folder of the node, readable by the user that
Elasticsearch runs as, and restart the node.
";

/// For the `elasticsearch.yml` of a node whose certificate is still to come.
pub(super) const REQUEST_YML: &str = "\
# Settings for elasticsearch.yml; both files are in the configuration folder of the node.
#if PASSWORD
# The key's password goes into the node's keystore, under
# xpack.security.http.ssl.secure_key_passphrase
#endif

xpack.security.http.ssl.enabled: true
xpack.security.http.ssl.certificate: \"${CRT}\"
xpack.security.http.ssl.key: \"${KEY}\"
";

/// For the folder of a new CA.
pub(super) const AUTHORITY_README: &str = "\
This folder holds the certificate authority (CA) that signed the certificates beside it.

  ${STORE}
    A PKCS#12 key store with the CA's private key and certificate.
#if PASSWORD
    It has the password that you chose.
#else
    It has no password: whoever can read it can sign certificates.
#endif

Keep it where no node, and nobody else, can read it. You need it again to sign certificates for
further nodes.
";

/// For the folder for Kibana.
pub(super) const KIBANA_README: &str = "\
This folder holds what Kibana needs to connect to Elasticsearch by HTTPS.

#if CA_CERT
  ${CA_CERT}
    The certificate of the CA that signed the nodes' certificates, as PEM.
#else
  The certificate of your CA is to be added: save it as elasticsearch-ca.pem, in PEM form.
#endif

  ${YML}
    The settings to add to kibana.yml.

Copy the certificate into the configuration folder of Kibana, adapt the path in the settings, and
restart Kibana.
";

/// For `kibana.yml`.
pub(super) const KIBANA_YML: &str = "\
# Settings for kibana.yml.

# Connect by HTTPS: replace the name by that of a node, as its certificate has it.
# elasticsearch.hosts: [\"https://node.example.com:9200\"]

#if CA_CERT
elasticsearch.ssl.certificateAuthorities: [\"config/${CA_CERT}\"]
#else
# Once you have the certificate of your CA:
# elasticsearch.ssl.certificateAuthorities: [\"config/elasticsearch-ca.pem\"]
#endif
";
