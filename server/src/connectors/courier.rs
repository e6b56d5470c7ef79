//! One POST over HTTP/1.1, with TLS where the address says so.
//!
//! hyper is in the tree already, as the server's other half; tokio-rustls on ring adds TLS with the same cryptography
//! that signs receipts, and authorities come from the system, where an office has its own. That is all that is needed:
//! no redirect is followed, no proxy, cookie or compression is known, and nothing is kept open.
//!
//! Where an address comes from somebody else than the operator, the network decides what it may be: a name is looked up
//! once, addresses inside private networks are left out, and the connection goes to what is left.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::Request;
use hyper::client::conn::http1;
use hyper::header::{CONTENT_TYPE, HOST, USER_AGENT};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::address::Scheme;
use super::reach::allows;
use super::{Address, Reach};

/// From the first packet to the last byte of the answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// Bytes of an answer that are read, at most. A time-stamp with a chain of certificates has some 6 KB.
const LONGEST_ANSWER: usize = 64 * 1024;

const WHO: &str = concat!("xunan/", env!("CARGO_PKG_VERSION"));

/// Why something could not be handed over. None of these names more than a status.
#[derive(Debug, thiserror::Error)]
pub enum CourierError {
    /// No connection, or it broke.
    #[error("no connection: {0}")]
    Connection(#[from] io::Error),
    /// The other side does not speak HTTP as it should, or hung up.
    #[error("no answer: {0}")]
    Http(#[from] hyper::Error),
    /// The address cannot be written into a request.
    #[error("the address cannot be asked")]
    Address,
    /// All that the name stands for is inside a private network.
    #[error("the address is inside a private network")]
    Inside,
    /// Another status than 200 to 299.
    #[error("the answer is {0}")]
    Status(u16),
    /// The answer is longer than anything expected.
    #[error("the answer is longer than {LONGEST_ANSWER} bytes")]
    TooLong,
    /// The answer broke off.
    #[error("the answer broke off")]
    BrokeOff,
    /// It took too long.
    #[error("no answer within {} s", PATIENCE.as_secs())]
    TimedOut,
}

/// Hands things over.
pub struct Courier {
    tls: TlsConnector,
}

/// The certificate authorities that this system trusts. `SSL_CERT_FILE` names others.
pub fn system_authorities() -> RootCertStore {
    let found = rustls_native_certs::load_native_certs();
    for error in &found.errors {
        tracing::warn!(%error, "some certificate authorities of the system could not be read");
    }
    let mut trusted = RootCertStore::empty();
    let (added, _) = trusted.add_parsable_certificates(found.certs);
    if added == 0 {
        tracing::warn!("the system trusts no certificate authority: no https address can be reached");
    }
    trusted
}

impl Courier {
    /// One that believes certificates of these authorities.
    pub fn new(trusted: RootCertStore) -> Self {
        let config = ClientConfig::builder().with_root_certificates(trusted).with_no_client_auth();
        Self { tls: TlsConnector::from(Arc::new(config)) }
    }

    /// Posts `body`; answers the body of the answer.
    ///
    /// # Errors
    /// [`CourierError`], also for every status but 200 to 299.
    pub async fn post(
        &self,
        to: &Address,
        content_type: &'static str,
        body: Vec<u8>,
    ) -> Result<Bytes, CourierError> {
        self.hand_over(Letter { to, content_type, headers: Vec::new(), body, reach: Reach::Inside }).await
    }

    /// Posts a letter; answers the body of the answer.
    ///
    /// # Errors
    /// [`CourierError`], also for every status but 200 to 299.
    pub async fn hand_over(&self, letter: Letter<'_>) -> Result<Bytes, CourierError> {
        let Letter { to, content_type, headers, body, reach } = letter;
        let mut request = Request::post(to.path_and_query())
            .header(HOST, to.authority())
            .header(USER_AGENT, WHO)
            .header(CONTENT_TYPE, content_type);
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let request = request.body(Full::new(Bytes::from(body))).map_err(|_| CourierError::Address)?;
        let handed_over = async {
            let (host, stream) = connect(to, reach).await?;
            match to.scheme() {
                Scheme::Http => send(stream, request).await,
                Scheme::Https => {
                    let name = ServerName::try_from(host).map_err(|_| CourierError::Address)?;
                    send(self.tls.connect(name, stream).await?, request).await
                }
            }
        };
        tokio::time::timeout(PATIENCE, handed_over).await.map_err(|_| CourierError::TimedOut)?
    }

    /// What makes a connection secret, for those who speak something else than HTTP over it.
    pub(super) const fn tls(&self) -> &TlsConnector {
        &self.tls
    }
}

/// Something to post.
pub struct Letter<'a> {
    /// Where to.
    pub to: &'a Address,
    /// What it is.
    pub content_type: &'static str,
    /// Headers besides.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// Which addresses may be connected to.
    pub reach: Reach,
}

/// A connection, with the name by which the other side has to show itself.
async fn connect(to: &Address, reach: Reach) -> Result<(String, TcpStream), CourierError> {
    // Brackets belong to the URL, not to the address in them.
    let host = to.host().trim_start_matches('[').trim_end_matches(']');
    let found = tokio::net::lookup_host((host, to.port())).await?;
    let allowed: Vec<SocketAddr> = found.filter(|address| allows(reach, address.ip())).collect();
    if allowed.is_empty() {
        return Err(CourierError::Inside);
    }
    // To the very addresses that were looked at: a second lookup might say something else.
    Ok((host.to_owned(), TcpStream::connect(&allowed[..]).await?))
}

async fn send(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    request: Request<Full<Bytes>>,
) -> Result<Bytes, CourierError> {
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    let answered = async {
        let answer = sender.send_request(request).await?;
        if !answer.status().is_success() {
            return Err(CourierError::Status(answer.status().as_u16()));
        }
        match Limited::new(answer.into_body(), LONGEST_ANSWER).collect().await {
            Ok(body) => Ok(body.to_bytes()),
            Err(error) if error.is::<LengthLimitError>() => Err(CourierError::TooLong),
            Err(_) => Err(CourierError::BrokeOff),
        }
    };
    // The connection has to be driven for as long as the answer is awaited, and no longer.
    tokio::pin!(answered);
    tokio::select! {
        done = &mut answered => done,
        ended = connection => match ended {
            Ok(()) => answered.await,
            Err(error) => Err(error.into()),
        },
    }
}
