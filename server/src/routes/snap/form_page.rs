//! The form: what somebody saw, where, and perhaps who. After a mistake it comes back with everything that was typed.

use axum::http::StatusCode;
use axum::response::Response;
use xunan_core::clock::Date;
use xunan_core::facility::Facility;
use xunan_core::snap::{Category, OwnWords, Report, ShortVideo};

use super::REPORT_BYTES;
use super::assets::Scripts;
use super::multipart::Form;
use super::nearby::offered;
use super::opened::Opened;
use super::page::{Lang, escaped, html, scripted_page};
use super::pictures::picture;
use super::place_part::{here, place};
use super::recordings::{self, Chosen};
use super::whereabouts::find_first;
use super::words;
use super::wrong::Wrong;
use crate::ledger_store::PublicCase;
use crate::snaps::contact::Contact;
use crate::snaps::secret::FormToken;
use crate::snaps::work::Puzzle;
use crate::snaps::{Draft, MAX_FILE_BYTES, TellPosition};

/// All photos and recordings of a report, at most, in bytes: what is left of a request for them beside the texts.
const PHOTO_BYTES: usize = REPORT_BYTES - 256 * 1024;

/// What was typed, as it was typed.
#[derive(Debug, Default)]
pub(super) struct Typed {
    pub(super) token: String,
    pub(super) facility: String,
    category: String,
    words: String,
    pub(super) address: String,
    pub(super) seen: String,
    tells_position: bool,
    pub(super) here: String,
    name: String,
    telephone: String,
}

impl Typed {
    /// Of a form that was sent.
    pub(super) fn of(form: &Form) -> Self {
        Self {
            token: form.text("token"),
            facility: form.text("f"),
            category: form.text("category"),
            words: form.text("words"),
            address: form.text("address"),
            seen: form.text("seen"),
            tells_position: form.text("position") == "yes",
            here: form.text("here"),
            name: form.text("name"),
            telephone: form.text("telephone"),
        }
    }

    /// Of a fresh form, perhaps of the institution whose code was scanned.
    pub(super) fn fresh(token: &FormToken, facility: Option<&Facility>) -> Self {
        let facility = facility.map(|it| it.id.to_string()).unwrap_or_default();
        Self { token: token.text(), facility, ..Self::default() }
    }

    /// What it says, or the first thing that is wrong with it.
    pub(super) fn draft(
        &self,
        form: &Form,
        facility: Option<&Facility>,
        video: ShortVideo,
        today: Date,
    ) -> Result<Draft, Wrong> {
        let token = self.token.parse().map_err(|_| Wrong::NotAForm)?;
        let category = Category::ALL.into_iter().find(|it| it.name() == self.category);
        let category = category.ok_or(Wrong::CategoryMissing)?;
        let words = OwnWords::of(&self.words).map_err(|_| Wrong::TooLong)?;
        let address = OwnWords::of(&self.address).map_err(|_| Wrong::TooLong)?;
        let photos = form.files("photo");
        let chosen = Chosen::of(form, video)?;
        let seen = match self.seen.trim() {
            "" => None,
            day => Some(day.parse::<Date>().ok().filter(|it| *it <= today).ok_or(Wrong::Day)?),
        };
        let contact = Contact::of(&self.name, &self.telephone).map_err(|_| Wrong::ContactTooLong)?;
        let facility = facility.cloned();
        let position = self.position()?;
        if words.is_empty() && photos.is_empty() && chosen.is_empty() {
            return Err(Wrong::NothingSaid);
        }
        let is_located = matches!(position, TellPosition::OfTheForm(_));
        if address.is_empty() && facility.is_none() && !is_located {
            return Err(Wrong::PlaceMissing);
        }
        if photos.len() > Report::MAX_PHOTOS {
            return Err(Wrong::TooManyPhotos);
        }
        let Chosen { voice, video } = chosen;
        Ok(Draft { token, category, words, facility, address, seen, position, photos, voice, video, contact })
    }

    /// What was measured or set by hand wins over what a photo says, which may be of another day.
    fn position(&self) -> Result<TellPosition, Wrong> {
        match (self.here.is_empty(), self.tells_position) {
            (true, true) => Ok(TellPosition::OfThePhotos),
            (true, false) => Ok(TellPosition::No),
            (false, _) => here(&self.here).map(TellPosition::OfTheForm).ok_or(Wrong::NotAForm),
        }
    }
}

/// What happened to the form before.
#[derive(Clone, Copy, Debug)]
pub(super) enum Before<'a> {
    /// Nothing: it was just opened, and these cases may be what it would tell of.
    Nothing(&'a [PublicCase]),
    /// It was sent, and something is wrong with it.
    Mistake(Wrong),
}

/// The page with the form.
pub(super) fn form_page(
    lang: Lang,
    opened: Opened,
    typed: &Typed,
    facility: Option<&Facility>,
    before: Before<'_>,
    video: ShortVideo,
) -> Response {
    let (status, wrong, cases) = match before {
        Before::Nothing(cases) => (StatusCode::OK, String::new(), offered(lang, cases)),
        Before::Mistake(wrong) => (wrong.status(), told_wrong(lang, wrong), String::new()),
    };
    // Looking for an institution leaves the page, so it is offered before something was typed and not after.
    let search = match (before, facility) {
        (Before::Nothing(_), None) => find_first(lang),
        _ => String::new(),
    };
    let puzzle = if let Before::Mistake(wrong) = before { wrong.puzzle() } else { None };
    let first = format!("{wrong}{cases}");
    let around = Around { first, search, puzzle, video };
    recordings::records(scripted_page(status, form_html(lang, opened, typed, facility, around)))
}

/// What a form's page has beside the form.
#[derive(Debug, Default)]
pub(super) struct Around {
    /// HTML on top.
    pub(super) first: String,
    /// HTML before the place.
    pub(super) search: String,
    /// What its sender has to solve.
    pub(super) puzzle: Option<Puzzle>,
    /// Whether it takes short videos.
    pub(super) video: ShortVideo,
}

/// The text of the page with the form.
pub(super) fn form_html(
    lang: Lang,
    opened: Opened,
    typed: &Typed,
    facility: Option<&Facility>,
    around: Around,
) -> String {
    let (asked, work) = around.puzzle.map(asked_to_work).unwrap_or_default();
    let content = [
        around.first,
        told_first(lang, opened),
        own_reports(lang),
        format!(
            "<form id=\"report\" method=\"post\" action=\"/snap?lang={}\" enctype=\"multipart/form-data\" \
             data-max-photos=\"{}\" data-max-photo-bytes=\"{MAX_FILE_BYTES}\" data-max-bytes=\"{PHOTO_BYTES}\"{}{asked}>\n\
             <input type=\"hidden\" name=\"token\" value=\"{}\">\n{work}",
            lang.name(),
            Report::MAX_PHOTOS,
            recordings::limits(),
            escaped(&typed.token)
        ),
        what(lang, typed),
        recordings::voice(lang),
        photos(lang, typed),
        recordings::video(lang, around.video),
        around.search,
        place(lang, typed, facility),
        who(lang, typed),
        format!("<button>{}</button>\n</form>\n", lang.pick("提交", "Send")),
        after(lang, facility),
    ]
    .concat();
    html(
        lang,
        lang.pick("随手拍：报告安全隐患", "Report a safety hazard"),
        &content,
        Some(Scripts::OfTheForm),
    )
}

/// What this phone has handed in; the script fills it.
fn own_reports(lang: Lang) -> String {
    format!(
        "<section id=\"reports\" aria-labelledby=\"reports-title\" hidden>\n<h2 id=\"reports-title\" tabindex=\"-1\">{}</h2>\n\
         <p id=\"reports-told\" role=\"status\"></p>\n<ol id=\"report-list\"></ol>\n</section>\n",
        lang.pick("这台手机上的报告", "Reports of this phone")
    )
}

/// A puzzle for a script: attributes of the form, and the field that takes `challenge:nonce`.
fn asked_to_work(puzzle: Puzzle) -> (String, &'static str) {
    let asked =
        format!(" data-work-challenge=\"{}\" data-work-bits=\"{}\"", puzzle.challenge(), puzzle.bits());
    (asked, "<input type=\"hidden\" name=\"work\" value=\"\">\n")
}

/// What is wrong, on top of the page.
pub(super) fn told_wrong(lang: Lang, wrong: Wrong) -> String {
    let number = wrong.number();
    let again = match wrong {
        Wrong::MovedOn | Wrong::NoSuchCode | Wrong::Searches(_) => "",
        _ => lang.pick(
            "<br>您写的字还在下面；照片和录音需要重新选择",
            "<br>What you wrote is still below; photos and recordings have to be chosen again",
        ),
    };
    format!(
        "<div class=\"wrong\" role=\"alert\">{}（{number}）{again}</div>\n",
        escaped(&wrong.sentence(lang))
    )
}

fn told_first(lang: Lang, opened: Opened) -> String {
    let danger = lang.pick(
        "着火、有人被困或受伤，请先离开危险的地方，拨打 119、120 或 110",
        "If there is a fire, or somebody is trapped or hurt: get away first and call 119, 120 or 110",
    );
    let honest = lang.pick(
        "这个页面不保存草稿：关掉以后，没有提交的内容就没有了。不用登录，也不用下载",
        "This page keeps no draft: what you have not sent is gone when you close it. No account, nothing to install",
    );
    let elsewhere = match opened {
        Opened::InWechat => format!(
            "<p class=\"told\">{}</p>\n",
            lang.pick(
                "微信里切换聊天可能会丢掉没提交的内容。要慢慢写，请点右上角“…”，选“在浏览器打开”",
                "WeChat may drop this page when you look at a chat. To take your time, tap … at the top right and choose to open it in the browser",
            )
        ),
        Opened::InBrowser => String::new(),
    };
    let opens = lang.pick("这一页没有网络也能打开", "This page opens without a network, too");
    format!(
        "<p class=\"danger\">{danger}</p>\n<p class=\"note\" id=\"draft-note\">{honest}</p>\n\
         <p class=\"note\" id=\"opens-note\" hidden>{opens}</p>\n{elsewhere}"
    )
}

fn what(lang: Lang, typed: &Typed) -> String {
    let choice = |category: Category| {
        let checked = if typed.category == category.name() { " checked" } else { "" };
        let (name, words, picture) = (category.name(), words::category(lang, category), picture(category));
        format!(
            "<label class=\"choice\"><input type=\"radio\" name=\"category\" value=\"{name}\" required{checked}>{picture}{words}</label>\n"
        )
    };
    let choices: String = Category::ALL.into_iter().map(choice).collect();
    let legend = lang.pick("1. 是哪方面的问题", "1. What is it about");
    let own = lang.pick("说说您看到了什么", "What did you see");
    let hint = lang.pick(
        "请不要写自己的姓名和电话：这里的话会给办理的人看，长号码会自动遮住",
        "Please do not write your name or number here: those who deal with it read it, and long numbers are covered",
    );
    format!(
        "<fieldset><legend>{legend}</legend>\n{choices}</fieldset>\n\
         <div class=\"field\"><label for=\"words\">{own}</label>\n\
         <textarea id=\"words\" name=\"words\" aria-describedby=\"words-hint\">\n{}</textarea>\n\
         <p class=\"note\" id=\"words-hint\">{hint}</p></div>\n",
        escaped(&typed.words)
    )
}

fn photos(lang: Lang, typed: &Typed) -> String {
    let label = lang.pick("2. 照片（最多 9 张，可以不选）", "2. Photos (up to nine, may be none)");
    let tell = lang.pick(
        "把照片里记录的位置一起告诉办理的人",
        "Tell those who deal with it the place stored in the photos",
    );
    let checked = if typed.tells_position { " checked" } else { "" };
    format!(
        "<div class=\"field\"><label for=\"photo\">{label}</label>\n{}\
         <p class=\"wrong\" id=\"photo-problem\" role=\"alert\" hidden></p>\n<ol class=\"photos\" id=\"photo-list\" hidden></ol>\n\
         <label class=\"choice\"><input type=\"checkbox\" name=\"position\" value=\"yes\"{checked}>{tell}</label></div>\n",
        photo_input(lang)
    )
}

/// Where photos are chosen, with what happens to them.
pub(super) fn photo_input(lang: Lang) -> String {
    format!(
        "<input type=\"file\" id=\"photo\" name=\"photo\" accept=\"image/jpeg,image/png,image/webp\" multiple aria-describedby=\"photo-hint\">\n\
         <p class=\"note\" id=\"photo-hint\">{}</p>\n",
        words::photo_hint(lang)
    )
}

fn who(lang: Lang, typed: &Typed) -> String {
    let legend = lang.pick("4. 您的联系方式（可以不填）", "4. How to reach you (may be empty)");
    let hint = lang.pick(
        "加密单独存放，办理的人看不到；您随时可以让它永久删除",
        "Encrypted and kept apart; those who deal with it do not see it; you can have it destroyed at any time",
    );
    format!(
        "<fieldset><legend>{legend}</legend>\n<p class=\"note\">{hint}</p>\n\
         <div class=\"field\"><label for=\"name\">{}</label>\n\
         <input type=\"text\" id=\"name\" name=\"name\" autocomplete=\"name\" value=\"{}\"></div>\n\
         <div class=\"field\"><label for=\"telephone\">{}</label>\n\
         <input type=\"tel\" id=\"telephone\" name=\"telephone\" autocomplete=\"tel\" value=\"{}\"></div>\n</fieldset>\n",
        lang.pick("姓名", "Name"),
        escaped(&typed.name),
        lang.pick("电话", "Telephone"),
        escaped(&typed.telephone)
    )
}

fn after(lang: Lang, facility: Option<&Facility>) -> String {
    let (other, name) = match lang {
        Lang::Zh => (Lang::En, "English"),
        Lang::En => (Lang::Zh, "中文"),
    };
    let poster = facility.map(|it| {
        format!(
            "<p><a class=\"line-link\" href=\"/snap/poster?lang={}&amp;f={}\">{}</a></p>\n",
            lang.name(),
            it.id,
            lang.pick("打印这家机构的二维码海报", "Print the poster of this institution")
        )
    });
    let poster = poster.unwrap_or_default();
    let facility = facility.map(|it| format!("&amp;f={}", it.id)).unwrap_or_default();
    format!(
        "<p><a class=\"line-link\" href=\"/snap/know?lang={}\">{}</a></p>\n\
         <p><a class=\"line-link\" href=\"/snap/plaza?lang={}\">{}</a></p>\n\
         <p><a class=\"line-link\" href=\"/snap/code?lang={}\">{}</a></p>\n\
         {poster}<p><a class=\"line-link\" href=\"/snap?lang={}{facility}\">{name}</a></p>\n",
        lang.name(),
        lang.pick("安全知识：什么算隐患", "What counts as a hazard"),
        lang.name(),
        lang.pick("上报广场：看看别人报告的事办得怎样", "What was reported, and what came of it"),
        lang.name(),
        lang.pick("我报告过，想看办到哪一步了", "I have reported something and want to see how it stands"),
        other.name()
    )
}
