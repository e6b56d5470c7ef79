//! What everybody reads 上报广场: a list with its filters, and one case. All of it comes from core's public cards.

use axum::http::StatusCode;
use axum::response::Response;
use xunan_core::snap::{CaseNumber, Category, PublicCard, PublicPicture, PublicStep};

use super::page::{Lang, escaped, facts, page};
use super::words;
use crate::ledger_store::{
    PlazaAsked, PlazaFound, PlazaPlace, Progress, PublicCase, RewardsPaid, SEARCH_READS,
};
use crate::snaps::secret::DeviceToken;
use crate::snaps::{CaseSeen, MeToo};

/// The list. `found` has one case more than is asked for when there are more.
pub(super) fn plaza_page(
    lang: Lang,
    asked: &PlazaAsked,
    found: &PlazaFound,
    places: &[PlazaPlace],
    paid: RewardsPaid,
) -> Response {
    let shown = &found.cases[..found.cases.len().min(asked.limit)];
    let list = match (shown, found.read_until) {
        ([_, ..], _) => list(lang, shown),
        ([], Some(_)) => String::new(),
        ([], None) => nothing(lang, asked, places),
    };
    let content = [
        about(lang, places, paid),
        filters(lang, asked, places),
        if places.is_empty() { String::new() } else { to_map(lang) },
        list,
        pages(lang, asked, shown, found),
        format!(
            "<p><a class=\"line-link\" href=\"/snap?lang={}\">{}</a></p>\n",
            lang.name(),
            lang.pick("报告一件事", "Report something")
        ),
        other_language(lang, |lang| {
            format!("/snap/plaza?{}", question(lang, asked, asked.before.as_ref().map(ToString::to_string)))
        }),
    ]
    .concat();
    page(StatusCode::OK, lang, title(lang), &content)
}

const fn title(lang: Lang) -> &'static str {
    lang.pick("上报广场", "What was reported, and what came of it")
}

/// What stands here, and how much of it there is.
fn about(lang: Lang, places: &[PlazaPlace], paid: RewardsPaid) -> String {
    let sum = |count: fn(&PlazaPlace) -> u64| places.iter().map(count).sum::<u64>();
    let (published, answered) = (sum(|it| it.published), sum(|it| it.answered));
    let counts = match lang {
        Lang::Zh => format!("已公开 {published} 件，其中已答复 {answered} 件"),
        Lang::En => format!("{published} made public, {answered} of them answered"),
    };
    let honest = lang.pick(
        "这里是办理单位公开的情况、结果和遮挡过的照片。谁报告的、原话和原照片都不公开",
        "What the offices have made public, with photos in which they covered what nobody should see. Who reported, and the words and photos as they were sent, are shown to nobody",
    );
    format!("<p class=\"note\">{honest}</p>\n<p><strong>{counts}</strong>{}</p>\n", rewards(lang, paid))
}

/// How many rewards were paid: a number and a sum, and never whose or for which case.
fn rewards(lang: Lang, paid: RewardsPaid) -> String {
    let RewardsPaid { rewards, yuan } = paid;
    match lang {
        _ if rewards == 0 => String::new(),
        Lang::Zh => format!("，已发放奖励 {rewards} 笔，共 {yuan} 元"),
        Lang::En => format!("; {rewards} rewards paid, {yuan} yuan in all"),
    }
}

/// A list of values and words to choose from, all of them first.
pub(super) fn choice<'a>(
    label: &str,
    name: &str,
    all: &'a str,
    chosen: &str,
    options: impl Iterator<Item = (&'a str, &'a str)>,
) -> String {
    let options = std::iter::once(("", all)).chain(options).map(|(value, words)| {
        let selected = if value == chosen { " selected" } else { "" };
        format!("<option value=\"{}\"{selected}>{}</option>\n", escaped(value), escaped(words))
    });
    format!(
        "<div class=\"field\"><label for=\"{name}\">{label}</label>\n<select id=\"{name}\" name=\"{name}\">\n{}</select></div>\n",
        options.collect::<String>()
    )
}

/// Folded away, so that the cases come first on a phone; open for whoever has narrowed the list down. Where nothing is public
/// there is nothing to look for.
fn filters(lang: Lang, asked: &PlazaAsked, places: &[PlazaPlace]) -> String {
    if places.is_empty() && !is_narrowed(asked) {
        return String::new();
    }
    let open = if is_narrowed(asked) { " open" } else { "" };
    let all = lang.pick("全部", "All");
    let categories = Category::ALL.into_iter().map(|it| (it.name(), words::category(lang, it)));
    let progress = Progress::ALL.into_iter().map(|it| (it.name(), words::progress(lang, it)));
    let townships = places.iter().map(|it| (it.division.as_str(), it.name.as_str()));
    let category = asked.category.map_or("", Category::name);
    let state = asked.progress.map_or("", Progress::name);
    let place = asked.division.as_ref().map_or("", |it| it.as_str());
    format!(
        "<details{open}><summary>{}</summary>\n<form method=\"get\" action=\"/snap/plaza\">\n<input type=\"hidden\" name=\"lang\" value=\"{}\">\n{}{}{}\
         <div class=\"field\"><label for=\"q\">{}</label>\n\
         <input type=\"search\" id=\"q\" name=\"q\" maxlength=\"40\" value=\"{}\"></div>\n<button>{}</button>\n</form>\n</details>\n",
        lang.pick("筛选和搜索", "Filter and search"),
        lang.name(),
        choice(lang.pick("哪方面", "About"), "category", all, category, categories),
        choice(lang.pick("办到哪一步", "How far"), "state", all, state, progress),
        choice(lang.pick("乡镇、街道", "Township"), "place", all, place, townships),
        lang.pick("搜索", "Words"),
        escaped(&asked.words),
        lang.pick("查看", "Show"),
    )
}

fn is_narrowed(asked: &PlazaAsked) -> bool {
    asked.category.is_some()
        || asked.progress.is_some()
        || asked.division.is_some()
        || !asked.words.is_empty()
}

/// Why the list is empty, and what to do.
fn nothing(lang: Lang, asked: &PlazaAsked, places: &[PlazaPlace]) -> String {
    if places.is_empty() || !is_narrowed(asked) && asked.before.is_none() {
        let text = lang.pick(
            "还没有公开的事。您报告的事，用链接或电话查询码随时能看办到哪一步",
            "Nothing was made public yet. How your own report stands you see by its link or its code",
        );
        return format!("<p class=\"told\">{text}</p>\n");
    }
    format!(
        "<p class=\"told\">{}</p>\n<p><a class=\"line-link\" href=\"/snap/plaza?lang={}\">{}</a></p>\n",
        lang.pick("没有符合条件的，换个条件再看", "Nothing fits. Choose something else"),
        lang.name(),
        lang.pick("看全部", "Show all")
    )
}

pub(super) fn list(lang: Lang, cases: &[PublicCase]) -> String {
    let items: String = cases.iter().map(|case| item(lang, case)).collect();
    format!("<ol class=\"cases\">\n{items}</ol>\n")
}

fn item(lang: Lang, case: &PublicCase) -> String {
    let PublicCard { number, notice, state, days, .. } = &case.card;
    let told = [
        words::category(lang, notice.category).to_owned(),
        notice.place.as_str().to_owned(),
        words::state(lang, *state).to_owned(),
    ];
    let more = days.map(|it| words::days(lang, it)).into_iter();
    let more = more.chain((case.me_toos > 0).then(|| words::me_toos(lang, case.me_toos)));
    let told: Vec<String> = told.into_iter().chain(more).collect();
    format!(
        "<li><h2><a href=\"/snap/plaza/{number}?lang={}\">{}</a></h2>\n<p class=\"note\">{}</p></li>\n",
        lang.name(),
        escaped(notice.title.as_str()),
        escaped(&told.join(" · "))
    )
}

fn to_map(lang: Lang) -> String {
    format!(
        "<p><a class=\"line-link\" href=\"/snap/plaza/map?lang={}\">{}</a></p>\n",
        lang.name(),
        lang.pick("在地图上看各乡镇", "The townships on a map")
    )
}

/// The way to older cases, and back to the newest.
fn pages(lang: Lang, asked: &PlazaAsked, shown: &[PublicCase], found: &PlazaFound) -> String {
    let link = |before: Option<String>, words: &str| {
        let question = question(lang, asked, before);
        format!("<p><a class=\"line-link\" href=\"/snap/plaza?{question}\">{words}</a></p>\n")
    };
    let older = if found.cases.len() > shown.len() { shown.last().map(|last| last.place) } else { None };
    let older = older.map(|place| link(Some(place.to_string()), lang.pick("更早的", "Older ones")));
    let unread = found.read_until.map(|place| {
        let told = match lang {
            Lang::Zh => format!("这一页找过了 {SEARCH_READS} 件，更早的还没有找"),
            Lang::En => format!("{SEARCH_READS} cases were searched for this page, and older ones were not"),
        };
        let on = link(Some(place.to_string()), lang.pick("接着往前找", "Search on among older ones"));
        format!("<p class=\"told\">{told}</p>\n{on}")
    });
    let newest = asked.before.map(|_| link(None, lang.pick("最新的", "The newest ones")));
    older.into_iter().chain(unread).chain(newest).collect()
}

/// What is asked for, as it stands in an address that stands in HTML; `before` is where the page begins.
fn question(lang: Lang, asked: &PlazaAsked, before: Option<String>) -> String {
    in_question(&[
        ("lang", lang.name()),
        ("category", asked.category.map_or("", Category::name)),
        ("state", asked.progress.map_or("", Progress::name)),
        ("place", asked.division.as_ref().map_or("", |it| it.as_str())),
        ("q", &asked.words),
        ("before", before.as_deref().unwrap_or_default()),
    ])
}

/// Names and values as they stand in an address that stands in HTML; what is empty is left out.
pub(super) fn in_question(pairs: &[(&str, &str)]) -> String {
    let pairs = pairs.iter().filter(|(_, value)| !value.is_empty());
    let pairs: Vec<String> = pairs.map(|(name, value)| format!("{name}={}", in_address(value))).collect();
    pairs.join("&amp;")
}

/// A text as a value in an address: what is neither an ASCII letter nor a figure by its bytes in UTF-8.
pub(super) fn in_address(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric().then(|| char::from(byte).to_string());
    text.bytes().map(|byte| plain(byte).unwrap_or_else(|| format!("%{byte:02X}"))).collect()
}

/// The same page in the other language, by its address in that one.
pub(super) fn other_language(lang: Lang, address: impl FnOnce(Lang) -> String) -> String {
    let (other, name) = match lang {
        Lang::Zh => (Lang::En, "English"),
        Lang::En => (Lang::Zh, "中文"),
    };
    format!("<p><a class=\"line-link\" href=\"{}\">{name}</a></p>\n", address(other))
}

/// One case. `fresh` is by what this browser will be known when it has no cookie yet.
pub(super) fn case_page(lang: Lang, seen: &CaseSeen, fresh: Option<&DeviceToken>) -> Response {
    let PublicCard { number, notice, pictures, state, steps, days, .. } = &seen.case.card;
    let said = |name: &str, words: &str| {
        let words = escaped(words);
        if words.is_empty() { words } else { format!("<h2>{name}</h2>\n<p class=\"said\">{words}</p>\n") }
    };
    let steps: String = steps.iter().map(|it| step(lang, *it)).collect();
    let content = [
        facts(&[
            (lang.pick("编号", "Number"), number.to_string()),
            (lang.pick("类别", "About"), words::category(lang, notice.category).to_owned()),
            (lang.pick("大致地点", "Roughly where"), notice.place.as_str().to_owned()),
            (lang.pick("现在", "Now"), words::state(lang, *state).to_owned()),
            (lang.pick("用时", "Time"), days.map(|it| words::days(lang, it)).unwrap_or_default()),
        ]),
        shown(lang, number, pictures),
        said(lang.pick("情况", "What it is"), notice.words.as_str()),
        said(lang.pick("办理结果", "What came of it"), notice.result.as_str()),
        format!("<h2>{}</h2>\n<ol>\n{steps}</ol>\n", lang.pick("经过", "Step by step")),
        me_too(lang, seen, fresh),
        format!(
            "<p><a class=\"line-link\" href=\"/snap/plaza?lang={}\">{}</a></p>\n",
            lang.name(),
            title(lang)
        ),
        other_language(lang, |lang| format!("/snap/plaza/{number}?lang={}", lang.name())),
    ]
    .concat();
    page(StatusCode::OK, lang, notice.title.as_str(), &content)
}

/// The pictures of a case, each with room kept for it while it comes.
fn shown(lang: Lang, number: &CaseNumber, pictures: &[PublicPicture]) -> String {
    let picture = |(place, it): (usize, &PublicPicture)| {
        let words = match lang {
            Lang::Zh => format!("现场照片 {place}，不宜公开的地方已遮住"),
            Lang::En => format!("Photo {place} of the place; what nobody should see is covered"),
        };
        let PublicPicture { width_px, height_px, .. } = it;
        format!(
            "<p><img class=\"picture\" src=\"/snap/plaza/{number}/pictures/{place}\" alt=\"{words}\" \
             width=\"{width_px}\" height=\"{height_px}\" loading=\"lazy\"></p>\n"
        )
    };
    (1..).zip(pictures).map(picture).collect()
}

fn step(lang: Lang, step: PublicStep) -> String {
    format!(
        "<li><strong>{}</strong> <span class=\"note\">{}</span></li>\n",
        words::public_step(lang, step.what),
        words::date(lang, step.on)
    )
}

/// How many met it too, and the button for whoever has not said so.
fn me_too(lang: Lang, seen: &CaseSeen, fresh: Option<&DeviceToken>) -> String {
    let count = words::me_toos(lang, seen.case.me_toos);
    let told = format!("<h2 id=\"me-too\">{}</h2>\n", lang.pick("您也遇到了吗", "Have you met it too"));
    if seen.me_too == MeToo::Said {
        let said = lang.pick("您说过也遇到了，已经算上", "You said that you met it too, and are counted");
        return format!("{told}<p class=\"told\">{said}（{count}）</p>\n");
    }
    let token =
        fresh.map(|token| format!("<input type=\"hidden\" name=\"device\" value=\"{}\">\n", token.text()));
    format!(
        "{told}<p>{count}</p>\n\
         <form method=\"post\" action=\"/snap/plaza/{}?lang={}\" enctype=\"multipart/form-data\">\n\
         {}<button class=\"plain\">{}</button>\n</form>\n<p class=\"note\">{}</p>\n",
        seen.case.card.number,
        lang.name(),
        token.unwrap_or_default(),
        lang.pick("我也遇到了", "I have met it too"),
        lang.pick(
            "一部手机算一次。为此手机里会存一个随机记号（cookie），不记您是谁，也不与您的报告相连",
            "A phone counts once. A random cookie is kept for that: it says not who you are, and leads to no report of yours",
        )
    )
}

/// Whatever is not public, and whatever there is not, this is the answer.
pub(super) fn not_public(lang: Lang) -> Response {
    let content = format!(
        "<p>{}</p>\n<p><a class=\"line-link\" href=\"/snap/plaza?lang={}\">{}</a></p>\n",
        lang.pick(
            "没有公开这个编号的事。您自己报告的，请用链接或电话查询码查看",
            "Nothing of this number is public. What you reported yourself you see by its link or its code",
        ),
        lang.name(),
        title(lang)
    );
    page(StatusCode::NOT_FOUND, lang, lang.pick("找不到", "Not found"), &content)
}
