//! Making this browser a device: a key that never leaves it, and the server's word that it may sign.

use leptos::prelude::*;
use xunan_core::ids::DeviceId;
use xunan_core::problem::Problem;
use xunan_core::sync::{EnrolDevice, Enrolled};

use super::Phone;
use crate::browser::http::Request;
use crate::browser::{SigningKey, clock, page};
use crate::store::{Contact, DeviceFacts, StoreFailed};

/// Whether this device may sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enrolment {
    /// The server knows its key.
    Enrolled,
    /// It has no key yet, or the server has not heard of it.
    Missing,
}

impl Enrolment {
    pub(super) fn of(device: Option<&DeviceFacts>) -> Self {
        if device.is_some_and(|device| device.enrolled.is_some()) { Self::Enrolled } else { Self::Missing }
    }
}

/// Why a device is not enrolled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotEnrolled {
    /// The browser cannot make a key, or cannot keep one: private mode, or no https.
    NoKey,
    /// The server, the way to it, or the storage.
    Problem(Problem),
}

impl From<Problem> for NotEnrolled {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<StoreFailed> for NotEnrolled {
    fn from(failed: StoreFailed) -> Self {
        match failed {
            StoreFailed::Other { name } if name == "DataCloneError" => Self::NoKey,
            failed => Self::Problem(failed.into()),
        }
    }
}

impl Phone {
    /// Enrols this device with the account that is signed in. The key is made and stored first, so that a phone that
    /// dies in between comes back with the same one.
    ///
    /// # Errors
    /// [`NotEnrolled`]; try again when there is a network.
    pub async fn enrol(self) -> Result<(), NotEnrolled> {
        let store = self.store();
        let known = match (self.device(), store.signing_key().await?) {
            (Some(device), Some(_)) => device,
            // Without its key the device's name is worth nothing: another device begins.
            _ => self.new_device().await?,
        };
        let message = EnrolDevice {
            device: known.device,
            name: known.name.clone(),
            public_key: known.public_key.clone(),
        };
        let enrolled: Enrolled = Request::post_json("/api/devices", &message)?.json().await?;
        if enrolled.device != known.device {
            return Err(Problem::NotOurServer { status: 200 }.into());
        }
        let device =
            DeviceFacts { server_keys: enrolled.server_keys, enrolled: Some(enrolled.server_time), ..known };
        store.save_device(&device, None).await?;
        let contact = Contact {
            server_time: enrolled.server_time,
            device_time: clock::now(),
            pulled: self.contact.get_untracked().and_then(|contact| contact.pulled),
        };
        store.save_contact(&contact).await?;
        self.contact.set(Some(contact));
        self.set_device(device);
        Ok(())
    }

    async fn new_device(self) -> Result<DeviceFacts, NotEnrolled> {
        let (key, public_key) = SigningKey::generate().await.map_err(|_| NotEnrolled::NoKey)?;
        let device = DeviceFacts {
            device: DeviceId::from_parts(clock::now(), clock::entropy()),
            name: page::device_name(),
            public_key,
            server_keys: Vec::new(),
            enrolled: None,
        };
        self.store().save_device(&device, Some(&key)).await?;
        self.set_device(device.clone());
        Ok(device)
    }
}
