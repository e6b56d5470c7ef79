//! One mail over SMTP (RFC 5321): the dozen lines of a conversation that a mail of one sentence takes, over the same TLS
//! as everything else. A mail library would be some twenty crates for them.
//!
//! Invariant: a login is never sent, and no mail, before the connection is as secret as the operator asked for.

use std::io;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tokio::io::{
    AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, BufReader,
};
use tokio::net::TcpStream;
use tokio_rustls::rustls::pki_types::ServerName;

use super::carrier::{Carrier, CarryError, Parcel, TOLD};
use super::setting::{MailSecurity, MailServer};
use super::{Courier, CourierError};

/// For the whole conversation.
const PATIENCE: Duration = Duration::from_secs(60);

/// Bytes of one answer, at most. RFC 5321 allows 512 in a line; servers list what they can do in some ten.
const LONGEST_ANSWER: u64 = 16 * 1024;

/// Hands mails to a mail server.
pub(super) struct Mail<'a> {
    pub(super) courier: &'a Courier,
    pub(super) server: &'a MailServer,
}

/// A conversation.
struct Talk<S> {
    stream: BufReader<S>,
}

impl Carrier for Mail<'_> {
    async fn carry(&self, parcel: &Parcel<'_>) -> Result<String, CarryError> {
        let talk = self.hand_over(parcel);
        tokio::time::timeout(PATIENCE, talk).await.map_err(|_| CourierError::TimedOut)?
    }
}

impl Mail<'_> {
    async fn hand_over(&self, parcel: &Parcel<'_>) -> Result<String, CarryError> {
        let MailServer { host, port, security, .. } = self.server;
        let stream = TcpStream::connect((host.as_str(), *port)).await.map_err(broken)?;
        match security {
            MailSecurity::None => {
                let mut talk = Talk::new(stream);
                talk.expect(220).await?;
                self.send(&mut talk, parcel).await
            }
            MailSecurity::Tls => {
                let mut talk = Talk::new(self.secret(stream).await?);
                talk.expect(220).await?;
                self.send(&mut talk, parcel).await
            }
            MailSecurity::StartTls => {
                let mut talk = Talk::new(stream);
                talk.expect(220).await?;
                talk.say("EHLO xunan", 250).await?;
                talk.say("STARTTLS", 220).await?;
                // What was sent before TLS by somebody on the way must not be read as an answer within it.
                let mut talk = Talk::new(self.secret(talk.stream.into_inner()).await?);
                self.send(&mut talk, parcel).await
            }
        }
    }

    async fn secret(
        &self,
        stream: TcpStream,
    ) -> Result<impl AsyncRead + AsyncWrite + Unpin + Send + use<>, CarryError> {
        let name = ServerName::try_from(self.server.host.clone()).map_err(|_| CourierError::Address)?;
        self.courier.tls().connect(name, stream).await.map_err(broken)
    }

    async fn send<S: AsyncRead + AsyncWrite + Unpin + Send>(
        &self,
        talk: &mut Talk<S>,
        parcel: &Parcel<'_>,
    ) -> Result<String, CarryError> {
        let (from, to) = (address(&self.server.from)?, address(parcel.to)?);
        talk.say("EHLO xunan", 250).await?;
        if let Some((login, password)) = &self.server.login {
            let plain = STANDARD.encode(format!("\0{login}\0{}", password.0));
            talk.say(&format!("AUTH PLAIN {plain}"), 235).await?;
        }
        talk.say(&format!("MAIL FROM:<{from}>"), 250).await?;
        talk.say(&format!("RCPT TO:<{to}>"), 250).await.map_err(this_mail)?;
        talk.say("DATA", 354).await.map_err(this_mail)?;
        talk.say(&message(from, to, parcel), 250).await.map_err(this_mail)?;
        // It was taken; whether the server says goodbye changes nothing.
        let _ = talk.say("QUIT", 221).await;
        Ok("taken by the mail server".to_owned())
    }
}

/// An address that can stand in a command and in a header: no blank, no bracket, no control character, one `@`.
fn address(text: &str) -> Result<&str, CarryError> {
    let plain = text.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>()[],;:\\\"".contains(&byte));
    let parts = text.split('@').filter(|part| !part.is_empty()).count();
    let fits = plain && text.len() <= 254 && parts == 2 && text.matches('@').count() == 1;
    fits.then_some(text).ok_or_else(|| CarryError::Unwritable("the mail address is none".to_owned()))
}

/// The mail, with the line that ends it. Nothing in it comes from a report, and all that is not ASCII is base64: no line
/// of it can begin with a dot.
fn message(from: &str, to: &str, parcel: &Parcel<'_>) -> String {
    let encoded = STANDARD.encode(TOLD);
    let id = parcel.notice.notice.id.0.hex();
    let date = mail_date(parcel.now);
    [
        format!("From: <{from}>"),
        format!("To: <{to}>"),
        format!("Subject: =?UTF-8?B?{encoded}?="),
        format!("Date: {date}"),
        format!("Message-ID: <{id}.{}@xunan>", parcel.now.unix_millis()),
        "MIME-Version: 1.0".to_owned(),
        "Content-Type: text/plain; charset=utf-8".to_owned(),
        "Content-Transfer-Encoding: base64".to_owned(),
        "Auto-Submitted: auto-generated".to_owned(),
        String::new(),
        encoded,
        ".".to_owned(),
    ]
    .join("\r\n")
}

/// A time as RFC 5322 writes it, in UTC.
fn mail_date(at: xunan_core::clock::Instant) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let date = at.date();
    let time = at.time_of_day();
    let month = MONTHS[date.month() as usize - 1];
    format!(
        "{} {month} {} {:02}:{:02}:{:02} +0800",
        date.day(),
        date.year(),
        time.hour,
        time.minute,
        time.second
    )
}

/// From the recipient on, a refusal is about this mail and not about us.
fn this_mail(error: CarryError) -> CarryError {
    match error {
        CarryError::Mail(said) => CarryError::MailRefused(said),
        // A full mailbox, or a server that lets strangers wait.
        CarryError::Courier(CourierError::Status(_)) => CarryError::MailRefused("not now".to_owned()),
        other => other,
    }
}

fn broken(error: io::Error) -> CarryError {
    CourierError::Connection(error).into()
}

impl<S: AsyncRead + AsyncWrite + Unpin> Talk<S> {
    fn new(stream: S) -> Self {
        Self { stream: BufReader::new(stream) }
    }

    /// Says a line and expects an answer.
    async fn say(&mut self, line: &str, expected: u16) -> Result<(), CarryError> {
        let stream = self.stream.get_mut();
        stream.write_all(format!("{line}\r\n").as_bytes()).await.map_err(broken)?;
        stream.flush().await.map_err(broken)?;
        self.expect(expected).await
    }

    /// Reads an answer, which may have several lines: the last one has a blank behind its number.
    async fn expect(&mut self, expected: u16) -> Result<(), CarryError> {
        let mut left = (&mut self.stream).take(LONGEST_ANSWER);
        loop {
            let mut line = String::new();
            if left.read_line(&mut line).await.map_err(broken)? == 0 {
                return Err(CourierError::BrokeOff.into());
            }
            let last = line.as_bytes().get(3) != Some(&b'-');
            let said = line.get(..3).and_then(|number| number.parse::<u16>().ok());
            match said {
                Some(number) if number == expected && last => return Ok(()),
                Some(number) if number == expected => {}
                // A server that is busy says so with 4xx; with 5xx it does not want this mail.
                Some(400..=499) => return Err(CourierError::Status(503).into()),
                _ => return Err(CarryError::Mail(line.trim().to_owned())),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_would_write_more_than_itself_is_none() {
        assert!(address("zhang.san@mzj.example.gov.cn").is_ok());
        for bad in [
            "",
            "a",
            "a@",
            "@b",
            "a@b@c",
            "a@b\r\nRCPT TO:<c@d>",
            "a@b>",
            "张三@b",
            "a b@c",
            &"a".repeat(300),
        ] {
            assert!(address(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_date_is_written_as_mails_write_it() {
        let at = "2026-11-28T20:05:09.000Z".parse().unwrap();
        assert_eq!(mail_date(at), "29 Nov 2026 04:05:09 +0800");
    }
}
