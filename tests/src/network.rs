//! The network between browser and server, and what bad networks do to it.
//!
//! A relay that reads one request, asks the rule in force what is to happen to it, and closes the connection
//! after each answer. The browser only knows the relay's address, so "offline" holds for the page, for its
//! service worker and for its workers alike.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// One request, as far as rules look at it.
#[derive(Clone, Debug)]
pub struct Request {
    /// Such as `POST`.
    pub method: String,
    /// Path and query.
    pub path: String,
    /// The body, as far as the head announced it.
    pub body: Vec<u8>,
}

/// What happens to a request.
#[derive(Clone, Debug)]
pub enum Fate {
    /// It goes through.
    Through,
    /// The connection is closed before anything reaches the server.
    Refused,
    /// The connection is torn down (RST) before anything reaches the server.
    Reset,
    /// It reaches the server and takes effect; the answer is lost.
    AnswerLost,
    /// Only so many bytes of the body reach the server; then the connection breaks.
    CutAfter(u64),
    /// Somebody else answers: a proxy, a captive portal.
    Answered {
        /// HTTP status.
        status: u16,
        /// Content type.
        content_type: &'static str,
        /// Further header lines, each ending in CRLF; may be empty.
        headers: &'static str,
        /// Body.
        body: &'static str,
    },
}

type Rule = Box<dyn FnMut(&Request) -> Fate + Send>;

/// A relay in front of a server.
pub struct Network {
    port: u16,
    rule: Arc<Mutex<Rule>>,
    seen: Arc<Mutex<Vec<Request>>>,
    task: tokio::task::JoinHandle<()>,
}

impl std::fmt::Debug for Network {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Network").field("port", &self.port).finish_non_exhaustive()
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Network {
    /// A relay on a free port that lets everything through to `server_port`.
    ///
    /// # Panics
    /// When no port is free.
    pub async fn in_front_of(server_port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let port = listener.local_addr().expect("a bound socket has an address").port();
        let rule: Arc<Mutex<Rule>> = Arc::new(Mutex::new(Box::new(|_| Fate::Through)));
        let seen = Arc::new(Mutex::new(Vec::new()));
        let task = tokio::spawn(relay(listener, server_port, rule.clone(), seen.clone()));
        Self { port, rule, seen, task }
    }

    /// Where the browser finds the app. `localhost` is a secure context, so service workers and WebCrypto work.
    pub fn origin(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// From now on `rule` decides what happens to each request.
    ///
    /// # Panics
    /// When an earlier rule panicked.
    pub fn set_rule(&self, rule: impl FnMut(&Request) -> Fate + Send + 'static) {
        *self.rule.lock().expect("rules do not panic") = Box::new(rule);
    }

    /// Takes the network away.
    pub fn take_away(&self) {
        self.set_rule(|_| Fate::Refused);
    }

    /// Gives it back.
    pub fn give_back(&self) {
        self.set_rule(|_| Fate::Through);
    }

    /// Every request so far, and forgets them.
    ///
    /// # Panics
    /// Never in practice: the list is only pushed to.
    pub fn take_seen(&self) -> Vec<Request> {
        std::mem::take(&mut *self.seen.lock().expect("the list is only pushed to"))
    }
}

async fn relay(
    listener: TcpListener,
    server_port: u16,
    rule: Arc<Mutex<Rule>>,
    seen: Arc<Mutex<Vec<Request>>>,
) {
    while let Ok((client, _)) = listener.accept().await {
        let (rule, seen) = (rule.clone(), seen.clone());
        tokio::spawn(async move {
            // A broken connection is what this relay is for: there is nobody to tell.
            let _ = serve(client, server_port, &rule, &seen).await;
        });
    }
}

async fn serve(
    mut client: TcpStream,
    server_port: u16,
    rule: &Mutex<Rule>,
    seen: &Mutex<Vec<Request>>,
) -> std::io::Result<()> {
    let Some((head, begun)) = read_head(&mut client).await? else { return Ok(()) };
    let Some(request) = read_request(&mut client, &head, begun).await? else { return Ok(()) };
    seen.lock().expect("the list is only pushed to").push(request.clone());
    let fate = (rule.lock().expect("rules do not panic"))(&request);
    match fate {
        Fate::Refused => Ok(()),
        Fate::Reset => client.set_zero_linger(),
        Fate::Answered { status, content_type, headers, body } => {
            let answer = format!(
                "HTTP/1.1 {status} Answered\r\ncontent-type: {content_type}\r\ncontent-length: {}\r\n{headers}connection: close\r\n\r\n{body}",
                body.len()
            );
            client.write_all(answer.as_bytes()).await
        }
        Fate::Through | Fate::AnswerLost | Fate::CutAfter(_) => {
            let mut server = TcpStream::connect(("127.0.0.1", server_port)).await?;
            server.write_all(one_request_head(&head).as_bytes()).await?;
            if let Fate::CutAfter(bytes) = fate {
                let wanted = usize::try_from(bytes).unwrap_or(usize::MAX).min(request.body.len());
                server.write_all(&request.body[..wanted]).await?;
                // Let what was written arrive before the break.
                server.flush().await?;
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
                return Ok(());
            }
            server.write_all(&request.body).await?;
            let mut answer = Vec::new();
            server.read_to_end(&mut answer).await?;
            if matches!(fate, Fate::AnswerLost) { Ok(()) } else { client.write_all(&answer).await }
        }
    }
}

/// Reads up to the end of the head; what was read of the body beyond it comes second.
async fn read_head(client: &mut TcpStream) -> std::io::Result<Option<(String, Vec<u8>)>> {
    let mut bytes = Vec::new();
    let mut chunk = [0; 16 * 1024];
    loop {
        let count = client.read(&mut chunk).await?;
        if count == 0 {
            return Ok(None);
        }
        bytes.extend_from_slice(&chunk[..count]);
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            let body = bytes.split_off(end + 4);
            return Ok(String::from_utf8(bytes).ok().map(|head| (head, body)));
        }
    }
}

/// The request of a head, with its body read to the end.
async fn read_request(
    client: &mut TcpStream,
    head: &str,
    mut body: Vec<u8>,
) -> std::io::Result<Option<Request>> {
    let mut words = head.lines().next().unwrap_or_default().split(' ');
    let (Some(method), Some(path)) = (words.next(), words.next()) else { return Ok(None) };
    let announced: u64 = head
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .and_then(|(_, value)| value.trim().parse().ok())
        .unwrap_or(0);
    client.take(announced.saturating_sub(body.len() as u64)).read_to_end(&mut body).await?;
    Ok(Some(Request { method: method.to_owned(), path: path.to_owned(), body }))
}

/// The same head, asking the server to close after its answer.
fn one_request_head(head: &str) -> String {
    let mut lines: Vec<&str> = head
        .trim_end()
        .lines()
        .filter(|line| !line.to_ascii_lowercase().starts_with("connection:"))
        .collect();
    lines.push("connection: close");
    lines.join("\r\n") + "\r\n\r\n"
}
