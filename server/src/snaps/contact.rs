//! Who reported, when that was told: kept sealed ([`Sealed`](super::sealed::Sealed)).
//!
//! Handlers never see it. Its reporter sees a hint of it, and can have it forgotten.

use serde::{Deserialize, Serialize};

/// Name and telephone number, each of which may be empty.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    name: String,
    telephone: String,
}

/// Contacts stay out of logs.
impl std::fmt::Debug for Contact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Contact(..)")
    }
}

/// A name or a number that is too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("more than {} characters", Contact::MAX_CHARS)]
pub struct ContactTooLong;

impl Contact {
    /// Characters of each, at most.
    pub const MAX_CHARS: usize = 50;

    /// What somebody told; `None` when nothing was.
    ///
    /// # Errors
    /// [`ContactTooLong`].
    pub fn of(name: &str, telephone: &str) -> Result<Option<Self>, ContactTooLong> {
        let (name, telephone) = (name.trim().to_owned(), telephone.trim().to_owned());
        if [&name, &telephone].into_iter().any(|text| text.chars().count() > Self::MAX_CHARS) {
            return Err(ContactTooLong);
        }
        let told = !name.is_empty() || !telephone.is_empty();
        Ok(told.then_some(Self { name, telephone }))
    }

    /// Enough for its owner to know it again, and for nobody else: the last two characters of each.
    pub fn hint(&self) -> String {
        let end = |text: &String| {
            let characters: Vec<char> = text.chars().collect();
            let from = characters.len().saturating_sub(2).max(characters.len().min(1));
            let shown: String = characters[from..].iter().collect();
            (!text.is_empty()).then(|| format!("**{shown}"))
        };
        [end(&self.name), end(&self.telephone)].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_shows_a_hint_of_itself_and_nothing_to_a_log() {
        let contact = Contact::of(" 王小明 ", "13800000000").unwrap().unwrap();
        assert_eq!(contact.hint(), "**小明 · **00");
        assert_eq!(format!("{contact:?}"), "Contact(..)");
        assert_eq!(Contact::of("", " "), Ok(None));
        assert_eq!(Contact::of(&"字".repeat(51), ""), Err(ContactTooLong));
    }
}
