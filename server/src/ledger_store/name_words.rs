//! By what an institution is looked for.

/// Words that a name is looked for by: one to [`NameWords::MOST`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameWords([String; Self::MOST]);

impl NameWords {
    /// Words, at most; those behind are left out, and then some more is found.
    pub const MOST: usize = 3;
    /// Characters that all words together have, at least: one alone would list half of the institutions.
    pub const LEAST_CHARS: usize = 2;

    /// The words of a text, between blanks; `None` when they have too few characters.
    pub fn of(text: &str) -> Option<Self> {
        let mut words: [String; Self::MOST] = Default::default();
        for (place, word) in words.iter_mut().zip(text.split_whitespace()) {
            word.clone_into(place);
        }
        let chars: usize = words.iter().map(|word| word.chars().count()).sum();
        (chars >= Self::LEAST_CHARS).then_some(Self(words))
    }

    /// All of them; every name has the empty one.
    pub const fn all(&self) -> &[String; Self::MOST] {
        &self.0
    }
}
