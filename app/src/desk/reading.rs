//! What a page asks of the server: how far reading it is, and which answer is listened to.

use leptos::prelude::*;
use xunan_core::problem::Problem;

/// How far reading something is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reading<T> {
    /// It is on its way.
    UnderWay,
    /// It is here.
    Here(T),
    /// It did not come.
    Failed(Problem),
}

impl<T> From<Result<T, Problem>> for Reading<T> {
    fn from(answer: Result<T, Problem>) -> Self {
        answer.map_or_else(Self::Failed, Self::Here)
    }
}

/// The questions of one page, numbered: an answer to an older one than the last is not listened to.
#[derive(Clone, Copy)]
pub(super) struct Questions(StoredValue<u32>);

/// One of them.
#[derive(Clone, Copy)]
pub(super) struct Question {
    number: u32,
    asked: Questions,
}

/// Whether an answer still matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answers {
    /// It answers the last question of a page that is still there.
    TheLast,
    /// Something else was asked since, or the page is gone.
    AnOlder,
}

impl Questions {
    /// None so far.
    pub(super) fn new() -> Self {
        Self(StoredValue::new(0))
    }

    /// Asks another.
    pub(super) fn ask(self) -> Question {
        let number = self.0.get_value().wrapping_add(1);
        self.0.set_value(number);
        Question { number, asked: self }
    }
}

impl Question {
    /// Whether its answer still matters.
    pub(super) fn answers(self) -> Answers {
        if self.asked.0.try_get_value() == Some(self.number) { Answers::TheLast } else { Answers::AnOlder }
    }
}
