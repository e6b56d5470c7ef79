//! The others: HTTP servers of a few lines, and what OpenSSL makes.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{RootCertStore, ServerConfig};
use xunan_server::connectors::Address;

/// What an other side got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Got {
    pub(crate) content_type: String,
    pub(crate) body: Vec<u8>,
}

/// An HTTP server on a free port of this machine.
pub(crate) struct Outside {
    pub(crate) address: Address,
    pub(crate) port: u16,
    got: Arc<Mutex<Vec<Got>>>,
}

impl Outside {
    /// One that answers with what `answer` says to the bytes that it gets.
    pub(crate) async fn start(
        answer: impl Fn(&[u8]) -> (StatusCode, Vec<u8>) + Clone + Send + Sync + 'static,
    ) -> Self {
        let (router, got) = router(answer);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let address = format!("http://127.0.0.1:{port}/take");
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address: address.parse().unwrap(), port, got }
    }

    /// The same behind TLS, by the name `localhost`.
    pub(crate) async fn start_tls(
        acceptor: TlsAcceptor,
        answer: impl Fn(&[u8]) -> (StatusCode, Vec<u8>) + Clone + Send + Sync + 'static,
    ) -> Self {
        let (router, got) = router(answer);
        let listener = TcpListener::bind("localhost:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let address = format!("https://localhost:{port}/take");
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, router) = (acceptor.clone(), router.clone());
                tokio::spawn(async move {
                    let Ok(stream) = acceptor.accept(stream).await else { return };
                    let service = hyper_util::service::TowerToHyperService::new(router);
                    let stream = hyper_util::rt::TokioIo::new(stream);
                    _ = hyper::server::conn::http1::Builder::new().serve_connection(stream, service).await;
                });
            }
        });
        Self { address: address.parse().unwrap(), port, got }
    }

    /// Everything that came, in order.
    pub(crate) fn got(&self) -> Vec<Got> {
        self.got.lock().unwrap().clone()
    }
}

fn router(
    answer: impl Fn(&[u8]) -> (StatusCode, Vec<u8>) + Clone + Send + Sync + 'static,
) -> (Router, Arc<Mutex<Vec<Got>>>) {
    let got = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&got);
    let take = async move |headers: HeaderMap, body: Bytes| -> Response {
        let content_type = headers["content-type"].to_str().unwrap().to_owned();
        noted.lock().unwrap().push(Got { content_type, body: body.to_vec() });
        answer(&body).into_response()
    };
    (Router::new().route("/take", post(take)), got)
}

/// Takes everything.
pub(crate) fn thanks(_: &[u8]) -> (StatusCode, Vec<u8>) {
    (StatusCode::NO_CONTENT, Vec::new())
}

/// Makes a certificate for `localhost` in a folder; speaks TLS with it.
pub(crate) fn acceptor(folder: &Path) -> TlsAcceptor {
    certificate(folder, "localhost", "subjectAltName = DNS:localhost\nbasicConstraints = CA:FALSE");
    let certificate = CertificateDer::from_pem_file(folder.join("localhost.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_file(folder.join("localhost.key")).unwrap();
    let config =
        ServerConfig::builder().with_no_client_auth().with_single_cert(vec![certificate], key).unwrap();
    TlsAcceptor::from(Arc::new(config))
}

/// Whoever trusts the certificate in a folder.
pub(crate) fn trusting(folder: &Path) -> RootCertStore {
    let mut trusted = RootCertStore::empty();
    trusted.add(CertificateDer::from_pem_file(folder.join("localhost.pem")).unwrap()).unwrap();
    trusted
}

/// Runs OpenSSL in a folder.
pub(crate) fn openssl(folder: &Path, arguments: &[&str]) {
    let ran = Command::new("openssl")
        .current_dir(folder)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .expect("openssl is installed (Debian: apt-get install openssl)");
    let said = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert!(ran.status.success(), "openssl {arguments:?}: {said}");
}

/// Makes `NAME.key` and a self-signed `NAME.pem` in a folder, with these extensions.
pub(crate) fn certificate(folder: &Path, name: &str, extensions: &str) {
    let config = format!(
        "[req]\ndistinguished_name = name\nx509_extensions = extensions\nprompt = no\n\
         [name]\nCN = {name}\n[extensions]\n{extensions}\n"
    );
    std::fs::write(folder.join("req.cnf"), config).unwrap();
    let (key, pem) = (format!("{name}.key"), format!("{name}.pem"));
    let make = "req -x509 -config req.cnf -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2";
    let arguments: Vec<&str> = make.split(' ').chain(["-keyout", &key, "-out", &pem]).collect();
    openssl(folder, &arguments);
}
