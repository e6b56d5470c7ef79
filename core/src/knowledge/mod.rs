//! Safety knowledge 安全知识: articles that offices write for everybody, each with a small quiz.
//!
//! ```text
//!          publish                revise                withdraw
//! nothing ─────────► version 1 ──────────► version 2 ────────────► withdrawn
//!                                              ▲                       │
//!                                              └──────── revise ───────┘
//! ```
//!
//! A [`Step`] is the body of an `article.step` entry. [`Article::after`] asks whether a step may be, and gives the article after
//! it, or a numbered refusal. A step names the entry by which the article stood when its author read it
//! (`docs/decisions/0006`), so that of two who edit at once the second is told, and overwrites nothing.
//!
//! Every version stays, with who wrote it and when. Nobody but the office and those above sees a withdrawn article.
//!
//! How staff answered a quiz may be put on record ([`Taken`]): by the server, when they want it.
//!
//! What is written is Markdown, and is read into [`Block`]s, which have no place for HTML, scripts or pictures from elsewhere: a
//! version shows pictures of its own alone ([`Pictures`]). Whatever shows an article shows these.

mod words;
mod quiz;
mod picture;
mod content;
mod command;
mod article;
mod training;
mod block;
mod reading;

pub use article::{Article, Doing, StoryLine, What};
pub use block::{Block, Heading, Inline, NotAWebAddress, WebAddress, beginning};
pub use command::{Command, Step};
pub use content::Content;
pub use picture::{
    ArticlePicture, Figure, NotPictures, PictureFault, PictureNumber, PictureOrigin, Pictures,
};
pub use quiz::{NotAQuestion, NotAScore, PASS_PERCENT, Question, Quiz, Score, TooManyQuestions, Verdict};
pub use training::{Taken, Training};
pub use words::{ArticleText, ArticleTitle, ChoiceWords, NotWritten, PictureWords, QuestionWords, WhyWords};
