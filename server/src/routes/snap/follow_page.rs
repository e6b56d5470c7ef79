//! What became of a report: each step in words, until when what is owed, and what the reporter can say.

use axum::http::StatusCode;
use axum::response::Response;
use xunan_core::calendar::Calendar;
use xunan_core::clock::Date;
use xunan_core::ledger::SnapCard;
use xunan_core::reward::Claimant;
use xunan_core::snap::{
    CaseNumber, MAX_REOPENINGS, RecordingKind, Reopening, Satisfaction, Stage, StoryLine, TermsTable,
};

use super::form_page::{photo_input, told_wrong};
use super::page::{Lang, escaped, facts, page};
use super::recordings;
use super::reward_part::reward_part;
use super::words;
use super::wrong::Wrong;
use crate::snaps::contact::Contact;
use crate::snaps::{Filed, Followed, KeepsClaimant};

/// The page after sending: the number, the link and the code, once more when the same form is sent again.
pub(super) fn sent_page(lang: Lang, filed: &Filed, origin: &str) -> Response {
    let path = format!("/snap/f/{}", filed.secret.text());
    let content = format!(
        "<p class=\"told\">{}</p>\n\
         <h2>{}</h2>\n<p class=\"number\">{}</p>\n\
         <h2>{}</h2>\n<p>{}</p>\n<p class=\"link\">{}{path}</p>\n\
         <p><a class=\"line-link\" href=\"{path}?lang={}\">{}</a></p>\n\
         <h2>{}</h2>\n<p class=\"number\">{}</p>\n<p class=\"note\">{}</p>\n",
        lang.pick("已经收到，谢谢您", "Received. Thank you"),
        lang.pick("编号", "Number"),
        CaseNumber::of(filed.snap),
        lang.pick("查看进展的链接", "Link to see how it stands"),
        lang.pick(
            "请收藏或截图。有这个链接的人都能看到这件事，请不要转发",
            "Keep it or take a screenshot. Whoever has this link sees the report, so do not pass it on",
        ),
        escaped(origin),
        lang.name(),
        lang.pick("现在就看", "Look now"),
        lang.pick("电话查询码", "Code for the telephone"),
        filed.code,
        lang.pick(
            "打电话问的时候报这 10 位数字，不用说自己是谁",
            "Say these ten digits when you ask by telephone. You need not say who you are",
        ),
    );
    page(StatusCode::OK, lang, lang.pick("已提交", "Sent"), &content)
}

/// What was sent from the page and is not taken, with the words that were typed.
#[derive(Clone, Debug)]
pub(super) struct Refused {
    pub(super) wrong: Wrong,
    pub(super) words: String,
    pub(super) claimant: Claimant,
}

/// The page of a link.
pub(super) fn follow_page(
    lang: Lang,
    followed: &Followed,
    secret: &str,
    today: Date,
    refused: Option<&Refused>,
) -> Response {
    let Followed { card, first, contact, keeps_claimant, recordings } = followed;
    let status = refused.map_or(StatusCode::OK, |it| it.wrong.status());
    let mut content = refused.map(|it| told_wrong(lang, it.wrong)).unwrap_or_default();
    content.push_str(&standing(lang, card));
    if let Some(reward) = &card.life.reward {
        content.push_str(&reward_part(lang, secret, reward, today, refused.map(|it| &it.claimant)));
    }
    if card.life.publication.is_some() {
        content.push_str(&is_public(lang, card));
    }
    content.push_str(&reported(lang, card, recordings));
    content.push_str(&story(lang, card, Told::Everything));
    if let Some(first) = first {
        content.push_str(&of_the_first(lang, first));
    }
    if let Stage::Answered { mark, satisfaction } = &card.life.stage {
        let answer = mark.entry.to_string();
        if satisfaction.is_none() {
            content.push_str(&rating(lang, secret, &answer));
        }
        content.push_str(&match card.life.reopening() {
            Reopening::Possible => not_fixed(lang, secret, &answer, refused.map_or("", |it| &it.words)),
            Reopening::TooOften => too_often(lang),
        });
    }
    let mut kept = recordings::names(lang, recordings);
    if *keeps_claimant == KeepsClaimant::Yes {
        kept.push(lang.pick("领奖信息", "who claimed the reward"));
    }
    let kept = kept.join(lang.pick("、", ", "));
    let hint = contact.as_ref().map(Contact::hint).unwrap_or_default();
    if !kept.is_empty() || !hint.is_empty() {
        content.push_str(&forgetting(lang, secret, &hint, &kept));
    }
    page(status, lang, lang.pick("您报告的事", "Your report"), &content)
}

/// The page of a code: how it stands, without what was written.
pub(super) fn page_of_code(lang: Lang, card: &SnapCard) -> Response {
    let content = format!("{}{}", standing(lang, card), story(lang, card, Told::OfOffices));
    page(StatusCode::OK, lang, lang.pick("办理进展", "How it stands"), &content)
}

fn standing(lang: Lang, card: &SnapCard) -> String {
    let due = card.life.deadline(card.division(), &TermsTable::shipped(), &Calendar::shipped());
    facts(&[
        (lang.pick("编号", "Number"), CaseNumber::of(card.id()).to_string()),
        (lang.pick("现在", "Now"), words::state(lang, card.life.stage.state()).to_owned()),
        (
            lang.pick("时限（工作日）", "Until (work days)"),
            due.map(|due| words::due(lang, due)).unwrap_or_default(),
        ),
    ])
}

/// That everybody reads of it, and where.
fn is_public(lang: Lang, card: &SnapCard) -> String {
    format!(
        "<p class=\"told\">{} <a class=\"line-link\" href=\"/snap/plaza/{}?lang={}\">{}</a></p>\n",
        lang.pick(
            "办理单位在上报广场公开了这件事；您写的话、照片和联系方式不公开",
            "The office has made this public in its own words; your words, photos and name are not",
        ),
        CaseNumber::of(card.id()),
        lang.name(),
        lang.pick("看公开的内容", "See what is public")
    )
}

fn reported(lang: Lang, card: &SnapCard, kept: &[RecordingKind]) -> String {
    let report = &card.report;
    let photos = report.photos.len();
    let told = facts(&[
        (lang.pick("类别", "About"), words::category(lang, report.category).to_owned()),
        (lang.pick("机构", "Institution"), card.facility_name.clone()),
        (lang.pick("地点", "Where"), report.place.address.to_string()),
        (lang.pick("您写的", "Your words"), report.words.to_string()),
        (lang.pick("照片", "Photos"), if photos == 0 { String::new() } else { photos.to_string() }),
        (lang.pick("语音", "Voice note"), recordings::told(lang, report, kept, RecordingKind::Voice)),
        (lang.pick("短视频", "Video"), recordings::told(lang, report, kept, RecordingKind::Video)),
    ]);
    format!("<h2>{}</h2>\n{told}", lang.pick("您报告的", "What you reported"))
}

/// Whose words a story tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    /// Everybody's: to the reporter.
    Everything,
    /// The offices' alone: to whoever has the code, or reported the same later.
    OfOffices,
}

/// Each step with its day and office. Names of persons are not told: what is answered is answered by the office.
fn story(lang: Lang, card: &SnapCard, told: Told) -> String {
    let lines: String = card.life.story.iter().map(|line| step(lang, card, line, told)).collect();
    format!("<h2>{}</h2>\n<ol>\n{lines}</ol>\n", lang.pick("经过", "Step by step"))
}

fn step(lang: Lang, card: &SnapCard, line: &StoryLine, told: Told) -> String {
    let day = words::date(lang, line.mark.received.date());
    let office = escaped(&line.mark.organisation);
    let more = match &card.life.stage {
        Stage::NotAccepted { mark, reason } if mark.entry == line.mark.entry => {
            words::not_accepted(lang, *reason)
        }
        Stage::Transferred { mark, to } if mark.entry == line.mark.entry => words::department(lang, *to),
        _ => "",
    };
    let words =
        if told == Told::Everything || line.mark.is_named() { escaped(&line.words) } else { String::new() };
    let photos = match line.photos.len() {
        photos @ 1.. if told == Told::Everything => match lang {
            Lang::Zh => format!("照片 {photos} 张"),
            Lang::En => format!("Photos: {photos}"),
        },
        _ => String::new(),
    };
    let told: String = [more, &words, &photos]
        .into_iter()
        .filter(|text| !text.is_empty())
        .map(|text| format!("<p>{text}</p>"))
        .collect();
    format!(
        "<li><strong>{}</strong> <span class=\"note\">{day} {office}</span>{told}</li>\n",
        words::step(lang, line.kind)
    )
}

/// The result of the report that stands for it: what the offices said, and nothing of who reported it first or when.
fn of_the_first(lang: Lang, first: &SnapCard) -> String {
    let by_offices = first.life.story.iter().filter(|line| line.mark.is_named());
    let lines: String = by_offices.map(|line| step(lang, first, line, Told::OfOffices)).collect();
    format!(
        "<h2>{}</h2>\n<p>{}</p>\n<ol>\n{lines}</ol>\n",
        lang.pick("并案那件的办理情况", "How the earlier report stands"),
        words::state(lang, first.life.stage.state())
    )
}

pub(super) fn form(secret: &str, lang: Lang, what: &str, fields: &str, class: &str, button: &str) -> String {
    format!(
        "<form method=\"post\" action=\"/snap/f/{}?lang={}\" enctype=\"multipart/form-data\">\n\
         <input type=\"hidden\" name=\"do\" value=\"{what}\">\n{fields}<button{class}>{button}</button>\n</form>\n",
        escaped(secret),
        lang.name()
    )
}

fn named_answer(answer: &str) -> String {
    format!("<input type=\"hidden\" name=\"answer\" value=\"{answer}\">\n")
}

fn rating(lang: Lang, secret: &str, answer: &str) -> String {
    let choice = |(name, satisfaction)| {
        format!(
            "<label class=\"choice\"><input type=\"radio\" name=\"satisfaction\" value=\"{name}\" required>{}</label>\n",
            words::satisfaction(lang, satisfaction)
        )
    };
    let choices: String = SATISFACTIONS.into_iter().map(choice).collect();
    let legend = lang.pick("对答复满意吗", "Are you satisfied with the answer");
    let fields =
        format!("{}<fieldset><legend>{legend}</legend>\n{choices}</fieldset>\n", named_answer(answer));
    form(secret, lang, "rate", &fields, "", lang.pick("提交评价", "Send"))
}

/// Under which names satisfaction is sent.
pub(super) const SATISFACTIONS: [(&str, Satisfaction); 3] = [
    ("satisfied", Satisfaction::Satisfied),
    ("neutral", Satisfaction::Neutral),
    ("dissatisfied", Satisfaction::Dissatisfied),
];

fn not_fixed(lang: Lang, secret: &str, answer: &str, words: &str) -> String {
    let fields = format!(
        "{}<div class=\"field\"><label for=\"still\">{}</label>\n\
         <textarea id=\"still\" name=\"words\">\n{}</textarea></div>\n\
         <div class=\"field\"><label for=\"photo\">{}</label>\n{}</div>\n",
        named_answer(answer),
        lang.pick("没有真正解决？说说现在是什么样", "Not really fixed? Say how it is now"),
        escaped(words),
        lang.pick("或者拍给我们看（最多 9 张）", "Or show it (up to nine photos)"),
        photo_input(lang)
    );
    let button = lang.pick("没有真正解决，请重新办理", "It is not really fixed: open it again");
    form(secret, lang, "not_fixed", &fields, " class=\"plain\"", button)
}

/// In the place of the form, once it would be refused.
fn too_often(lang: Lang) -> String {
    let told = match lang {
        Lang::Zh => format!(
            "您已经 {MAX_REOPENINGS} 次说没有真正解决。还没有解决的，请直接联系办理单位，并告诉他们编号"
        ),
        Lang::En => format!(
            "You have said {MAX_REOPENINGS} times that it is not really fixed. If it still is not, ask the office in person and give the number"
        ),
    };
    format!("<p class=\"told\">{told}</p>\n")
}

fn forgetting(lang: Lang, secret: &str, hint: &str, kept: &str) -> String {
    let told = facts(&[
        (lang.pick("您留的联系方式", "How to reach you"), hint.to_owned()),
        (lang.pick("还保存着", "Also kept"), kept.to_owned()),
    ]);
    let button = if kept.is_empty() {
        lang.pick("永久删除我的联系方式", "Destroy my name and number")
    } else {
        lang.pick("永久删除这些信息", "Destroy all of this")
    };
    format!(
        "<h2>{}</h2>\n{told}{}",
        lang.pick("您的隐私", "Your privacy"),
        form(secret, lang, "forget", "", " class=\"plain\"", button)
    )
}
