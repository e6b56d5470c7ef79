//! How an endpoint is reached: what an operator sets with `xunan admin connectors`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Address, SecureAddress};
use crate::ledger_store::ContactKind;

/// Bytes of a template, at most: gateways ask for a few fields.
const LONGEST_TEMPLATE: usize = 4096;

/// A password, a key: shown nowhere.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Which addresses may be connected to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// Those of the public internet: an address that somebody typed opens nothing inside.
    #[default]
    Public,
    /// Also those of this machine and of private networks: the operator says so.
    Inside,
}

/// How an endpoint is reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Setting {
    /// A program that takes CloudEvents.
    Webhook {
        /// Where.
        url: Address,
        /// Signs what is sent.
        secret: Secret,
        /// Which addresses may be connected to.
        reach: Reach,
    },
    /// A system that pays rewards: it is told who claims one, and of notices nothing.
    Payouts {
        /// Where.
        url: SecureAddress,
        /// Signs what is sent.
        secret: Secret,
        /// Which addresses may be connected to.
        reach: Reach,
    },
    /// A gateway that sends messages to people: SMS, WeChat.
    Gateway {
        /// By what people are reached.
        contact: ContactKind,
        /// Where.
        url: Address,
        /// Signs what is sent.
        secret: Secret,
        /// The body that the gateway wants.
        template: Template,
        /// Which addresses may be connected to.
        reach: Reach,
    },
    /// A mail server.
    Mail(MailServer),
    /// The push services of people's browsers.
    WebPush {
        /// Our key (VAPID), PKCS#8 in base64url.
        key: Secret,
        /// Whom a push service may write to: `mailto:` or `https:`.
        contact: String,
        /// Which addresses may be connected to.
        reach: Reach,
    },
}

/// A mail server that takes our mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailServer {
    /// Its name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is kept secret.
    pub security: MailSecurity,
    /// The login, when it asks for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub login: Option<(String, Secret)>,
    /// Our address.
    pub from: String,
}

/// How a connection to a mail server is kept secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum MailSecurity {
    /// TLS from the first byte (port 465).
    Tls,
    /// TLS after STARTTLS, or nothing is sent (port 587).
    StartTls,
    /// Not at all: for a server on this machine.
    None,
}

/// Whom an endpoint reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reaches {
    /// A program, which gets what notices say.
    Program,
    /// A system that pays, which notices are not for.
    Payer,
    /// People, by an address that is noted for them.
    Contacts(ContactKind),
    /// People, in the browsers that asked for it.
    Browsers,
}

impl Setting {
    /// Whom it reaches.
    pub const fn reaches(&self) -> Reaches {
        match self {
            Self::Webhook { .. } => Reaches::Program,
            Self::Payouts { .. } => Reaches::Payer,
            Self::Gateway { contact, .. } => Reaches::Contacts(*contact),
            Self::Mail(_) => Reaches::Contacts(ContactKind::Mail),
            Self::WebPush { .. } => Reaches::Browsers,
        }
    }

    /// The host, for logs; empty for push services, which are many.
    pub fn host(&self) -> &str {
        match self {
            Self::Webhook { url, .. } | Self::Gateway { url, .. } => url.host(),
            Self::Payouts { url, .. } => url.address().host(),
            Self::Mail(server) => &server.host,
            Self::WebPush { .. } => "",
        }
    }
}

/// The JSON that a gateway wants, with `{to}`, `{text}` and `{id}` in its texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Template(Value);

/// A text that is no template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a template is a JSON object of at most {LONGEST_TEMPLATE} bytes, with {{to}} and {{text}} in its texts"
)]
pub struct NotATemplate;

impl FromStr for Template {
    type Err = NotATemplate;

    fn from_str(text: &str) -> Result<Self, NotATemplate> {
        let value: Value = serde_json::from_str(text).map_err(|_| NotATemplate)?;
        let fits = text.len() <= LONGEST_TEMPLATE && value.is_object();
        let named = text.contains("{to}") && text.contains("{text}");
        (fits && named).then_some(Self(value)).ok_or(NotATemplate)
    }
}

impl TryFrom<String> for Template {
    type Error = NotATemplate;

    fn try_from(text: String) -> Result<Self, NotATemplate> {
        text.parse()
    }
}

impl From<Template> for String {
    fn from(template: Template) -> Self {
        template.0.to_string()
    }
}

impl Template {
    /// The body for one message. What is filled in stays a text, whatever it holds.
    pub(super) fn fill(&self, to: &str, text: &str, id: &str) -> String {
        fn filled(value: &Value, fields: &[(&str, &str); 3]) -> Value {
            match value {
                Value::String(template) => {
                    let mut rest = template.as_str();
                    let mut whole = String::new();
                    // One pass: a name in what was filled in is not filled in again.
                    while let Some(at) = rest.find('{') {
                        whole.push_str(&rest[..at]);
                        rest = &rest[at..];
                        match fields.iter().find(|(name, _)| rest.starts_with(name)) {
                            Some((name, value)) => {
                                whole.push_str(value);
                                rest = &rest[name.len()..];
                            }
                            None => {
                                whole.push('{');
                                rest = &rest[1..];
                            }
                        }
                    }
                    whole.push_str(rest);
                    Value::String(whole)
                }
                Value::Array(all) => all.iter().map(|it| filled(it, fields)).collect(),
                Value::Object(all) => {
                    all.iter().map(|(name, it)| (name.clone(), filled(it, fields))).collect()
                }
                other => other.clone(),
            }
        }
        filled(&self.0, &[("{to}", to), ("{text}", text), ("{id}", id)]).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_in_stays_a_text() {
        let template: Template =
            r#"{"phones":["{to}"],"params":{"msg":"{text}","n":1},"ref":"巡安 {id} {x}"}"#.parse().unwrap();
        let body = template.fill("1380\"0{text}", "有\n新的\"待办", "7");
        let value: Value = serde_json::from_str(&body).unwrap();
        assert_eq!(value["phones"][0], "1380\"0{text}");
        assert_eq!(value["params"]["msg"], "有\n新的\"待办");
        assert_eq!(value["ref"], "巡安 7 {x}");
    }

    #[test]
    fn what_is_no_template_is_refused() {
        for bad in ["", "[]", "{}", r#"{"a":"{to}"}"#, r#"["{to}{text}"]"#, r#"{"a":"{to}{text}""#] {
            assert_eq!(bad.parse::<Template>(), Err(NotATemplate), "{bad}");
        }
        let long = format!(r#"{{"a":"{{to}}{{text}}{}"}}"#, "x".repeat(LONGEST_TEMPLATE));
        assert_eq!(long.parse::<Template>(), Err(NotATemplate));
    }

    #[test]
    fn a_secret_is_shown_nowhere() {
        let setting = Setting::Webhook {
            url: "https://a.example/x?token=hidden".parse().unwrap(),
            secret: Secret("hidden".to_owned()),
            reach: Reach::Public,
        };
        assert!(!format!("{setting:?}").contains("hidden"));
        let json = serde_json::to_string(&setting).unwrap();
        assert_eq!(serde_json::from_str::<Setting>(&json).unwrap(), setting);
    }
}
