//! Articles in a ledger, the people around it, and steps in shorthand. Steps go the way of real ones: as the body of an entry,
//! through the fold.

use std::collections::BTreeMap;

use xunan_core::access::{Account, Certificate, Role};
use xunan_core::department::Department;
use xunan_core::digest::Digest;
use xunan_core::evidence::DeviceTime;
use xunan_core::ids::{AccountId, ArticleId, DeviceId, EntryId, FacilityId, PhotoId};
use xunan_core::knowledge::{
    Article, ArticlePicture, ArticleText, ArticleTitle, ChoiceWords, Command, Content, PictureOrigin,
    Pictures, Question, QuestionWords, Quiz, Step, WhyWords,
};
use xunan_core::ledger::fold_article;
use xunan_core::log::{ArticleBody, ChainHead, EntryDraft};
use xunan_core::problem::{Problem, StepRefusal};

pub(super) use crate::given::{date, minute, start};

crate::given::ids! {
    at start();
    account_id: AccountId;
    facility_id: FacilityId;
    entry_id: EntryId;
    device_id: DeviceId;
    article_id: ArticleId;
    photo_id: PhotoId;
}

pub(super) fn person(number: u128, region: &str, role: Role) -> Account {
    Account {
        id: account_id(number),
        name: format!("人员{number}"),
        organisation: format!("单位{number}"),
        region: region.parse().unwrap(),
        role,
    }
}

pub(super) fn supervisor() -> Account {
    person(1, "999901", Role::Supervisor)
}

/// Every role, and supervisors of every place.
pub(super) fn everybody() -> Vec<(&'static str, Account)> {
    let certificate = Certificate { number: "ZF-1".to_owned(), valid_until: date("2028-12-31") };
    let facility = facility_id(1);
    vec![
        ("county supervisor", supervisor()),
        ("colleague supervisor", person(2, "999901", Role::Supervisor)),
        ("city supervisor", person(3, "9999", Role::Supervisor)),
        ("township supervisor", person(4, "999901001", Role::Supervisor)),
        ("neighbour supervisor", person(5, "999902", Role::Supervisor)),
        ("administrator", person(6, "999901", Role::Administrator)),
        ("inspector", person(7, "999901", Role::Inspector { certificate })),
        ("institution", person(8, "999901001", Role::Institution { facility })),
        ("staff", person(9, "999901001", Role::Staff { facility })),
        ("maintenance", person(10, "999901", Role::Maintenance { facilities: vec![facility] })),
        ("reward officer", person(11, "999901", Role::RewardOfficer)),
        ("department", person(12, "999901", Role::Department { department: Department::FireRescue })),
        ("citizens", person(13, "", Role::Citizens)),
    ]
}

pub(super) fn question(right: usize) -> Question {
    let choices = ["切断电源", "用水浇", "继续充电"].map(|it| ChoiceWords::of(it).unwrap()).to_vec();
    let text = QuestionWords::of("电动车电池冒烟，先做什么").unwrap();
    Question::of(text, choices, right, WhyWords::of("断电是第一步").unwrap()).unwrap()
}

pub(super) fn content(title: &str) -> Content {
    Content {
        title: ArticleTitle::of(title).unwrap(),
        text: ArticleText::of("# 不进楼\n\n电动车**不进楼**。").unwrap(),
        section: None,
        types: std::collections::BTreeSet::new(),
        quiz: Quiz::try_from(vec![question(0)]).unwrap(),
        pictures: Pictures::default(),
    }
}

pub(super) fn picture(number: u8) -> ArticlePicture {
    ArticlePicture {
        id: photo_id(number.into()),
        digest: Digest::of(&[number]),
        size_bytes: 90_000,
        width_px: 1280,
        height_px: 960,
    }
}

/// A text with the first so many pictures.
pub(super) fn pictured(text: &str, pictures: u8) -> Content {
    Content {
        text: ArticleText::of(text).unwrap(),
        pictures: Pictures::try_from((1..=pictures).map(picture).collect::<Vec<_>>()).unwrap(),
        ..content("灭火器会看")
    }
}

/// What became of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Became {
    Done,
    Refused(StepRefusal),
    NotAllowed,
    Inconsistent,
}

/// Articles as a ledger has them, each with all of its versions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Ledger {
    pub(super) articles: BTreeMap<ArticleId, Article>,
    pub(super) versions: BTreeMap<(ArticleId, u32), Content>,
    entries: u128,
}

impl Ledger {
    /// With an article of the county's supervisor that stands so: `nothing`, `public`, `revised` or `withdrawn`.
    pub(super) fn standing_at(state: &str) -> Self {
        let mut ledger = Self::default();
        let steps: &[&str] = match state {
            "nothing" => &[],
            "public" => &["publish"],
            "revised" => &["publish", "revise"],
            "withdrawn" => &["publish", "withdraw"],
            other => panic!("{other}"),
        };
        for step in steps {
            let command = ledger.command(step);
            assert_eq!(ledger.take(&supervisor(), command), Became::Done, "{step}");
        }
        ledger
    }

    pub(super) fn article(&self) -> Option<&Article> {
        self.articles.get(&article_id(1))
    }

    /// A step that names what stands now.
    pub(super) fn command(&self, step: &str) -> Command {
        let named = self.article().map_or(entry_id(9999), Article::stands_by);
        match step {
            "publish" => Command::Publish { content: content("电动车安全") },
            "revise" => {
                Command::Revise { after: named, content: content(&format!("第 {} 步", self.entries)) }
            }
            "withdraw" => Command::Withdraw { version: named, reason: "内容过时".to_owned() },
            other => panic!("{other}"),
        }
    }

    pub(super) fn take(&mut self, actor: &Account, command: Command) -> Became {
        let count = command.content().map_or(0, |content| content.pictures.all().len());
        self.take_from(actor, command, &vec![PictureOrigin::Sent; count])
    }

    /// The same with pictures that come from there.
    pub(super) fn take_from(
        &mut self,
        actor: &Account,
        command: Command,
        origins: &[PictureOrigin],
    ) -> Became {
        self.entries += 1;
        let body = ArticleBody(Box::new(Step { article: article_id(1), command }));
        let at = DeviceTime::unbounded(minute(self.entries.try_into().unwrap()));
        let (head, id) = (ChainHead::default(), entry_id(self.entries));
        let draft = EntryDraft::new(head, id, device_id(1), actor.id, at, &body).unwrap();
        assert_eq!(ArticleBody::of(&draft.entry), Some(Ok(body.clone())));
        let before = self.article().cloned();
        match fold_article(&draft.entry, &body, actor, before.as_ref(), minute(1000), origins) {
            Ok(article) => {
                if let Some(number) = article.new_version() {
                    let content = article.content.clone();
                    assert_eq!(self.versions.insert((article.id, number), content), None);
                }
                self.articles.insert(article.id, article);
                Became::Done
            }
            Err(Problem::StepRefused { why }) => Became::Refused(why),
            Err(Problem::NotAllowed) => Became::NotAllowed,
            Err(Problem::RecordInconsistent { .. }) => Became::Inconsistent,
            Err(other) => panic!("{other:?}"),
        }
    }
}
