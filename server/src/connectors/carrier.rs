//! What every way of delivering has in common, and the ways that are a POST: webhooks and gateways.

use std::future::Future;

use xunan_core::clock::Instant;

use super::courier::Letter;
use super::event::{CLOUD_EVENT, cloud_event};
use super::setting::Template;
use super::{Address, Courier, CourierError, Reach, Secret};
use crate::ledger_store::StoredNotice;

/// What people are told outside, in every channel: that something is to do, and nothing of it. Their telephone shows it
/// on a locked screen, and their mail server keeps it.
pub(super) const TOLD: &str = "巡安：有新的待办，请登录查看";

/// Something to deliver.
pub(super) struct Parcel<'a> {
    pub(super) notice: &'a StoredNotice,
    /// Where a person is reached; empty for a program.
    pub(super) to: &'a str,
    pub(super) now: Instant,
}

/// Why a delivery failed.
#[derive(Debug, thiserror::Error)]
pub(super) enum CarryError {
    #[error(transparent)]
    Courier(#[from] CourierError),
    /// A person's browser, by the address that it named itself.
    #[error("the browser's push service: {0}")]
    Browser(CourierError),
    /// The mail server does not want us: the login, our address.
    #[error("the mail server says: {0}")]
    Mail(String),
    /// The mail server does not want this mail.
    #[error("the mail server says: {0}")]
    MailRefused(String),
    /// It cannot be written, or made secret.
    #[error("it cannot be written: {0}")]
    Unwritable(String),
}

/// Whom a failure concerns: the endpoint, so that nothing else is tried there for now, or this delivery alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Blame {
    Endpoint,
    Delivery,
}

impl CarryError {
    pub(super) const fn blame(&self) -> Blame {
        match self {
            // 408 and 429 ask to wait; what else a client is refused for is in what was sent.
            Self::Courier(CourierError::Status(408 | 429)) => Blame::Endpoint,
            Self::Courier(
                CourierError::Status(400..=499) | CourierError::TooLong | CourierError::BrokeOff,
            ) => Blame::Delivery,
            // A wrong password is tried once a round: mail servers lock logins that fail often.
            Self::Courier(_) | Self::Mail(_) => Blame::Endpoint,
            Self::Browser(_) | Self::MailRefused(_) | Self::Unwritable(_) => Blame::Delivery,
        }
    }
}

/// A way of delivering.
pub(super) trait Carrier {
    /// Delivers; answers what is noted of it. Again, the same parcel has the same id: whoever takes it can tell.
    fn carry(&self, parcel: &Parcel<'_>) -> impl Future<Output = Result<String, CarryError>> + Send;
}

/// POSTs CloudEvents.
pub(super) struct Webhook<'a> {
    pub(super) courier: &'a Courier,
    pub(super) url: &'a Address,
    pub(super) secret: &'a Secret,
    pub(super) reach: Reach,
}

/// POSTs what a gateway wants.
pub(super) struct Gateway<'a> {
    pub(super) hook: Webhook<'a>,
    pub(super) template: &'a Template,
}

impl Webhook<'_> {
    async fn post(
        &self,
        parcel: &Parcel<'_>,
        content_type: &'static str,
        body: Vec<u8>,
    ) -> Result<String, CarryError> {
        let headers = self.secret.sign(&parcel.notice.notice.id.0.hex(), parcel.now, &body).into();
        let letter = Letter { to: self.url, content_type, headers, body, reach: self.reach };
        self.courier.hand_over(letter).await?;
        Ok("taken".to_owned())
    }
}

impl Carrier for Webhook<'_> {
    async fn carry(&self, parcel: &Parcel<'_>) -> Result<String, CarryError> {
        self.post(parcel, CLOUD_EVENT, cloud_event(parcel.notice).json()?).await
    }
}

impl Carrier for Gateway<'_> {
    async fn carry(&self, parcel: &Parcel<'_>) -> Result<String, CarryError> {
        let body = self.template.fill(parcel.to, TOLD, &parcel.notice.notice.id.0.hex());
        self.hook.post(parcel, "application/json", body.into_bytes()).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_concerns_the_endpoint_or_one_delivery() {
        let answered = |status| CarryError::Courier(CourierError::Status(status));
        for (error, blame) in [
            (answered(400), Blame::Delivery),
            (answered(429), Blame::Endpoint),
            (answered(503), Blame::Endpoint),
            (CarryError::Courier(CourierError::TimedOut), Blame::Endpoint),
            // Anybody may name a push service that never answers.
            (CarryError::Browser(CourierError::TimedOut), Blame::Delivery),
            (CarryError::Browser(CourierError::Inside), Blame::Delivery),
            (CarryError::Mail(String::new()), Blame::Endpoint),
            (CarryError::MailRefused(String::new()), Blame::Delivery),
        ] {
            assert_eq!(error.blame(), blame, "{error}");
        }
    }
}
