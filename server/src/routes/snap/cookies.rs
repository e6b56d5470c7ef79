//! The cookies of citizens' pages. None of them is read for what another is for, and a session has its own (`routes/who.rs`).

use std::str::FromStr;

use axum::http::{HeaderMap, HeaderValue};

use crate::parts::Transport;
use crate::routes::who;
use crate::snaps::limits::SENDER_SECONDS;

/// A cookie.
pub(super) struct Cookie {
    /// Its name, and the one over TLS: browsers take that from nobody else.
    names: [&'static str; 2],
    /// Under which addresses a browser sends it along.
    path: &'static str,
    /// How long a browser keeps it, in seconds.
    seconds: u32,
}

/// By which "me too" is counted once: kept for a year, and sent with no report.
pub(super) const ME_TOO: Cookie =
    Cookie { names: ["xunan-plaza", "__Secure-xunan-plaza"], path: "/snap/plaza", seconds: 31_536_000 };

/// By which the reports of a device are counted.
pub(super) const SENDER: Cookie =
    Cookie { names: ["xunan-snap", "__Secure-xunan-snap"], path: "/snap", seconds: SENDER_SECONDS };

impl Cookie {
    /// What a browser sent; `None` also for what is none of ours.
    pub(super) fn read<T: FromStr>(&self, headers: &HeaderMap, transport: Transport) -> Option<T> {
        who::cookie(headers, self.name(transport)).and_then(|it| it.parse().ok())
    }

    /// The header that has a browser keep `text`, which is base64url.
    pub(super) fn keep(&self, text: &str, transport: Transport) -> HeaderValue {
        let secure = match transport {
            Transport::Plain => "",
            Transport::Tls => "; Secure",
        };
        let (name, path, seconds) = (self.name(transport), self.path, self.seconds);
        let cookie = format!("{name}={text}; Path={path}; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
        let Ok(cookie) = HeaderValue::from_str(&cookie) else {
            unreachable!("base64url and words of ours are a header")
        };
        cookie
    }

    const fn name(&self, transport: Transport) -> &'static str {
        match transport {
            Transport::Plain => self.names[0],
            Transport::Tls => self.names[1],
        }
    }
}
