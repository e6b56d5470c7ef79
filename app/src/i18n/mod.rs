//! All words that people read, in Chinese and English, as typed functions.
//!
//! Each area has a file; each text stands there once, Chinese and English side by side, so that whoever
//! changes one sees the other. A text that is missing in a language does not compile, and one that nobody
//! uses is not in the download: every text is a function, and the linker drops those that are not called.
//!
//! ```ignore
//! let t = texts();                       // inside a component: the language comes from the context
//! t.walk().saved_at("14:02:11")          // "已存 14:02:11"
//! t.name().grade(Grade::Major)           // "重大"
//! t.problem(&problem)                    // a sentence: what happened, what is kept, what to do
//! ```
//!
//! How to write them: verbs on buttons ("提交整改", not "确定"); say what happened, what is kept, what to do;
//! no blame, no exclamation marks; sentence case; no full stop after a single sentence on a control.
//!
//! A change of language mounts the pages anew, so texts are read once and need no signals.

#[macro_use]
mod texts;

pub mod accounts;
pub mod articles;
pub mod copies;
pub mod desk;
pub mod desk_loop;
pub mod documents;
pub mod evidence;
pub mod facility;
pub mod hazard;
pub mod hazard_loop;
pub mod name;
pub mod notices;
pub mod outbox;
pub mod password;
pub mod photo;
pub mod problem;
pub mod problem_of_entries;
pub mod rescue;
pub mod redact;
pub mod review;
pub mod rewards;
pub mod rounds;
pub mod settings;
pub mod shell;
pub mod sign_in;
pub mod snaps;
pub mod steps;
pub mod time;
pub mod today;
pub mod verify;
pub mod walk;
pub mod words;

use leptos::prelude::use_context;
use xunan_core::problem::Problem;
use xunan_core::rules::Text;
use xunan_core::spelling::place_of_name;

/// A language of the pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    /// 简体中文
    #[default]
    Zh,
    /// English
    En,
}

impl<'de> serde::Deserialize<'de> for Lang {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        place_of_name(deserializer, &["zh", "en"]).map(|place| [Self::Zh, Self::En][place])
    }
}

impl Lang {
    /// Both, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];

    /// The language tag for `<html lang>` (BCP 47).
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// The language's own name for itself.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::Zh => "中文",
            Self::En => "English",
        }
    }

    /// The language of a tag such as `navigator.language`: English for `en…`, Chinese for everything else.
    pub fn from_tag(tag: &str) -> Self {
        if tag.starts_with("en") { Self::En } else { Self::Zh }
    }

    /// This language's side of a text that a rule pack carries.
    pub fn of(self, text: &Text) -> &str {
        match self {
            Self::Zh => &text.zh,
            Self::En => &text.en,
        }
    }
}

/// The texts of one language, by area.
#[derive(Clone, Copy, Debug)]
pub struct Texts(Lang);

/// The texts of a language.
pub const fn t(lang: Lang) -> Texts {
    Texts(lang)
}

/// The texts in the language of the pages, from the [`Lang`] in the context; Chinese when there is none.
pub fn texts() -> Texts {
    t(use_context().unwrap_or_default())
}

impl Texts {
    /// Which language it is.
    pub const fn lang(self) -> Lang {
        self.0
    }

    /// Words that every page uses: verbs, yes and no, the controls' own words.
    pub const fn words(self) -> words::Words {
        words::Words(self.0)
    }

    /// The frame: places, the lamp, offline, updates.
    pub const fn shell(self) -> shell::Shell {
        shell::Shell(self.0)
    }

    /// A damaged storage.
    pub const fn rescue(self) -> rescue::Rescue {
        rescue::Rescue(self.0)
    }

    /// Verifying a package.
    pub const fn verify(self) -> verify::Verify {
        verify::Verify(self.0)
    }

    /// Signing in and enrolling the phone.
    pub const fn sign_in(self) -> sign_in::SignIn {
        sign_in::SignIn(self.0)
    }

    /// Today's page.
    pub const fn today(self) -> today::Today {
        today::Today(self.0)
    }

    /// The list of facilities and one facility's card.
    pub const fn facility(self) -> facility::FacilityTexts {
        facility::FacilityTexts(self.0)
    }

    /// The walk.
    pub const fn walk(self) -> walk::Walk {
        walk::Walk(self.0)
    }

    /// Taking and looking at photos.
    pub const fn photo(self) -> photo::Photo {
        photo::Photo(self.0)
    }

    /// The hazard sheet.
    pub const fn hazard(self) -> hazard::Hazard {
        hazard::Hazard(self.0)
    }

    /// Review, hand over and sign.
    pub const fn review(self) -> review::Review {
        review::Review(self.0)
    }

    /// The outbox, and the states of delivery as sentences.
    pub const fn outbox(self) -> outbox::Outbox {
        outbox::Outbox(self.0)
    }

    /// Changing the own password.
    pub const fn password(self) -> password::Password {
        password::Password(self.0)
    }

    /// "Me": looks, language, storage, the device.
    pub const fn settings(self) -> settings::Settings {
        settings::Settings(self.0)
    }

    /// Copies of drafts on the server.
    pub const fn copies(self) -> copies::Copies {
        copies::Copies(self.0)
    }

    /// What backs a photo.
    pub const fn evidence(self) -> evidence::Evidence {
        evidence::Evidence(self.0)
    }

    /// Copies of photos for the public.
    pub const fn redact(self) -> redact::Redact {
        redact::Redact(self.0)
    }

    /// The desk: plans, visits received, hazards, the record.
    pub const fn desk(self) -> desk::Desk {
        desk::Desk(self.0)
    }

    /// Articles of safety knowledge at the desk.
    pub const fn articles(self) -> articles::Articles {
        articles::Articles(self.0)
    }

    /// Documents.
    pub const fn documents(self) -> documents::Documents {
        documents::Documents(self.0)
    }

    /// Administering accounts.
    pub const fn accounts(self) -> accounts::Accounts {
        accounts::Accounts(self.0)
    }

    /// Names of things that core knows: grades, measures, roles, facility types.
    pub const fn name(self) -> name::Name {
        name::Name(self.0)
    }

    /// Times and dates as people say them.
    pub const fn time(self) -> time::Time {
        time::Time(self.0)
    }

    /// A problem in a sentence: what happened, what is kept, what to do.
    pub fn problem(self, problem: &Problem) -> String {
        problem_of_entries::problem_text(self.0, problem)
    }

    /// The same on the first pages, which do without the sentences about entries and photos.
    pub fn trouble(self, problem: &Problem) -> String {
        problem::trouble_text(self.0, problem)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_speaks_the_language_it_is_asked_in() {
        assert_eq!(t(Lang::Zh).words().close(), "关闭");
        assert_eq!(t(Lang::En).words().close(), "Close");
        assert_eq!(t(Lang::Zh).words().count_of(3, 9), "3/9");
    }

    #[test]
    fn english_counts_one_thing_and_many_things_differently() {
        assert_eq!(t(Lang::En).photo().count(1), "1 photo");
        assert_eq!(t(Lang::En).photo().count(12), "12 photos");
        assert_eq!(t(Lang::Zh).photo().count(1), "1 张照片");
    }

    #[test]
    fn a_browser_in_neither_language_gets_chinese() {
        assert_eq!(Lang::from_tag("en-GB"), Lang::En);
        assert_eq!(Lang::from_tag("zh-TW"), Lang::Zh);
        assert_eq!(Lang::from_tag("fr"), Lang::Zh);
    }
}
