//! What counts as a hazard, as a page: sections to choose from, a search, and each item with its grade, the reason and its source.

use axum::http::StatusCode;
use axum::response::Response;
use xunan_core::facility::FacilityType;
use xunan_core::rules::{Citation, Confidence, Grade, Item, Pack, Text};

use super::articles_page::{self, ARTICLES, list};
use super::assets::Scripts;
use super::know::{Found, GRADES, Wanted};
use super::page::{Lang, escaped, html, page, scripted_page};
use super::plaza_page::{choice, in_address, in_question, other_language};
use super::reader::{Reader, TextSize};
use crate::ledger_store::ListedArticle;

fn title(lang: Lang) -> &'static str {
    lang.pick("安全知识：什么算隐患", "What counts as a hazard")
}

pub(super) fn said(lang: Lang, text: &Text) -> &str {
    lang.pick(&text.zh, &text.en)
}

/// The page.
pub(super) fn know_page(lang: Lang, pack: &Pack, wanted: &Wanted, newest: &[ListedArticle]) -> Response {
    let found = wanted.is_narrowed().then(|| wanted.find(pack));
    // Folded away where there is something to read, so that it comes first on a phone.
    let opened = found.as_ref().is_some_and(|found| found.items.is_empty());
    let lines = found.map_or_else(|| sections(lang, pack), |found| listed(lang, pack, wanted, found));
    let content = [
        format!(
            "<p>{}</p>\n",
            lang.pick(
                "检查人员按这些条目检查民政服务机构。看到不符合的，可以报告",
                "Inspectors check institutions by these lines. Whoever sees that one does not hold can report it"
            )
        ),
        filters(lang, pack, wanted, opened),
        lines,
        articles(lang, pack, if wanted.is_narrowed() { &[] } else { newest }),
        format!("<p class=\"note\">{}</p>\n", escaped(said(lang, pack.notice()))),
        link(lang, "/snap", lang.pick("报告一件事", "Report something")),
        link(lang, "/snap/plaza", lang.pick("上报广场", "What was reported, and what came of it")),
        other_language(lang, |lang| format!("/snap/know?{}", question(lang, wanted, wanted.from))),
    ]
    .concat();
    scripted_page(StatusCode::OK, html(lang, title(lang), &content, Some(Scripts::OfReading)))
}

/// The articles that were changed last, and the way to all of them.
fn articles(lang: Lang, pack: &Pack, newest: &[ListedArticle]) -> String {
    let reader = Reader { lang, size: TextSize::Usual };
    let told = if newest.is_empty() {
        String::new()
    } else {
        format!("<h2>{}</h2>\n{}", articles_page::title(lang), list(reader, Some(pack), newest))
    };
    told + &reader.link(ARTICLES, &[], lang.pick("全部文章", "All articles"))
}

/// Where no checklist is in force.
pub(super) fn no_checklist(lang: Lang) -> Response {
    page(StatusCode::OK, lang, title(lang), &told_of_none(lang))
}

fn told_of_none(lang: Lang) -> String {
    let text = lang.pick("现在没有有效的检查条目", "No checklist is in force now");
    let articles = link(lang, ARTICLES, articles_page::title(lang));
    format!("<p class=\"told\">{text}</p>\n{articles}")
}

/// All of it as one page, its title and its content: what a phone keeps to read without a network. Sections are folded away.
pub(super) fn whole(lang: Lang, pack: Option<&Pack>, articles: &[ListedArticle]) -> (&'static str, String) {
    let Some(pack) = pack else { return (title(lang), told_of_none(lang)) };
    let sections = pack.sections().iter().map(|section| {
        let items = pack.items().iter().filter(|item| item.section == section.id);
        let items: String = items.map(|it| item(lang, pack, it, None)).collect();
        format!(
            "<details><summary>{}</summary>\n<ol class=\"cases\">\n{items}</ol>\n</details>\n",
            escaped(said(lang, &section.text))
        )
    });
    let kept = lang.pick(
        "这是存在手机上的一份，没有网络也能看；搜索要有网络",
        "This copy is kept on the phone and opens without a network; searching needs one",
    );
    let content = [
        format!("<p class=\"told\">{kept}</p>\n"),
        format!(
            "<div data-aloud>\n{}{}</div>\n",
            articles_page::whole(articles),
            sections.collect::<String>()
        ),
        format!("<p class=\"note\">{}</p>\n", escaped(said(lang, pack.notice()))),
        link(lang, "/snap", lang.pick("报告一件事", "Report something")),
    ];
    (title(lang), content.concat())
}

fn link(lang: Lang, path: &str, words: &str) -> String {
    format!("<p><a class=\"line-link\" href=\"{path}?lang={}\">{words}</a></p>\n", lang.name())
}

fn grade_word(lang: Lang, grade: Grade) -> &'static str {
    match grade {
        Grade::Major => lang.pick("重大隐患", "major hazard"),
        Grade::General => lang.pick("一般隐患", "general hazard"),
        Grade::Advice => lang.pick("提示，不算隐患", "advice, no hazard"),
    }
}

pub(super) fn type_word(lang: Lang, pack: &Pack, kind: FacilityType) -> &str {
    pack.words().facility_types.get(&kind).map_or("", |text| said(lang, text))
}

/// What can be searched and chosen.
fn filters(lang: Lang, pack: &Pack, wanted: &Wanted, opened: bool) -> String {
    let all = lang.pick("全部", "All");
    let sections = pack.sections().iter().map(|it| (it.id.as_str(), said(lang, &it.text)));
    let types = FacilityType::ALL.into_iter().map(|it| (it.name(), type_word(lang, pack, it)));
    let grades = GRADES.into_iter().map(|(name, grade)| (name, grade_word(lang, grade)));
    format!(
        "<details{}><summary>{}</summary>\n<form method=\"get\" action=\"/snap/know\">\n\
         <input type=\"hidden\" name=\"lang\" value=\"{}\">\n\
         <div class=\"field\"><label for=\"q\">{}</label>\n\
         <input type=\"search\" id=\"q\" name=\"q\" maxlength=\"40\" value=\"{}\"></div>\n{}{}{}<button>{}</button>\n</form>\n</details>\n",
        if opened { " open" } else { "" },
        lang.pick("搜索和筛选", "Search and filter"),
        lang.name(),
        lang.pick("搜索", "Words"),
        escaped(&wanted.words),
        choice(
            lang.pick("哪类机构", "Kind of institution"),
            "type",
            all,
            wanted.facility_type.map_or("", FacilityType::name),
            types
        ),
        choice(
            lang.pick("哪方面", "About"),
            "section",
            all,
            wanted.section.as_deref().unwrap_or_default(),
            sections
        ),
        choice(lang.pick("不符合算什么", "Grade"), "grade", all, wanted.grade_name(), grades),
        lang.pick("查看", "Show"),
    )
}

/// The sections with how many lines each has, and the gravest ones before them.
fn sections(lang: Lang, pack: &Pack) -> String {
    let line = |question: String, words: &str, count: usize| {
        format!(
            "<li><a class=\"line-link\" href=\"/snap/know?lang={}&amp;{question}\">{}</a> <span class=\"note\">{count}</span></li>\n",
            lang.name(),
            escaped(words)
        )
    };
    let major = Wanted {
        section: None,
        facility_type: None,
        grade: Some(Grade::Major),
        words: String::new(),
        from: 0,
    };
    let gravest = line(
        "grade=major".to_owned(),
        lang.pick("会构成重大隐患的", "What is a major hazard"),
        major.find(pack).all,
    );
    let sections = pack.sections().iter().map(|section| {
        let count = pack.items().iter().filter(|item| item.section == section.id).count();
        line(format!("section={}", in_address(section.id.as_str())), said(lang, &section.text), count)
    });
    let lines: String = std::iter::once(gravest).chain(sections).collect();
    format!("<ol>\n{lines}</ol>\n")
}

fn listed(lang: Lang, pack: &Pack, wanted: &Wanted, found: Found<'_>) -> String {
    let Found { items, all, next } = found;
    if items.is_empty() {
        let none = lang.pick("没有符合条件的，换个词再找", "Nothing fits. Try another word");
        return format!(
            "<p class=\"told\">{none}</p>\n{}",
            link(lang, "/snap/know", lang.pick("看全部", "Show all"))
        );
    }
    let count = match lang {
        Lang::Zh => format!("共 {all} 条"),
        Lang::En => format!("{all} lines"),
    };
    let lines: String = items.into_iter().map(|it| item(lang, pack, it, wanted.facility_type)).collect();
    let more = next.map(|from| {
        let words = lang.pick("后面的", "More");
        format!(
            "<p><a class=\"line-link\" href=\"/snap/know?{}\">{words}</a></p>\n",
            question(lang, wanted, from)
        )
    });
    format!(
        "<p>{}{count}</p>\n<ol class=\"cases\" data-aloud>\n{lines}</ol>\n{}{}",
        escaped(&narrowed(lang, pack, wanted)),
        more.unwrap_or_default(),
        link(lang, "/snap/know", lang.pick("看全部", "Show all"))
    )
}

/// What the list is narrowed down to, in words before the count.
fn narrowed(lang: Lang, pack: &Pack, wanted: &Wanted) -> String {
    let section = pack.sections().iter().find(|it| Some(it.id.as_str()) == wanted.section.as_deref());
    let words = (!wanted.words.is_empty()).then(|| format!("“{}”", wanted.words));
    let told = [
        wanted.facility_type.map(|kind| type_word(lang, pack, kind).to_owned()),
        section.map(|section| said(lang, &section.text).to_owned()),
        wanted.grade.map(|grade| grade_word(lang, grade).to_owned()),
        words,
    ];
    let told: Vec<String> = told.into_iter().flatten().collect();
    format!("{}{}", told.join(" · "), lang.pick("：", ": "))
}

fn question(lang: Lang, wanted: &Wanted, from: usize) -> String {
    let from = if from == 0 { String::new() } else { from.to_string() };
    in_question(&[
        ("lang", lang.name()),
        ("section", wanted.section.as_deref().unwrap_or_default()),
        ("type", wanted.facility_type.map_or("", FacilityType::name)),
        ("grade", wanted.grade_name()),
        ("q", &wanted.words),
        ("from", &from),
    ])
}

fn item(lang: Lang, pack: &Pack, item: &Item, kind: Option<FacilityType>) -> String {
    let why = item.why.as_ref().map(|why| format!("<p>{}</p>", escaped(said(lang, why))));
    let sources: String = item.basis.iter().map(|it| format!("<p>{}</p>", source(lang, pack, it))).collect();
    format!(
        "<li><h2>{}</h2>\n<p class=\"note\">{}</p>{}<details><summary>{}</summary>{sources}</details></li>\n",
        escaped(said(lang, &item.text)),
        escaped(&graded(lang, pack, item, kind)),
        why.unwrap_or_default(),
        lang.pick("依据", "What it stands on")
    )
}

/// What it is when it does not hold: at one kind of institution, or at all with the exceptions.
fn graded(lang: Lang, pack: &Pack, item: &Item, kind: Option<FacilityType>) -> String {
    let grade = grade_word(lang, kind.map_or(item.grade, |kind| item.grade_for(kind)));
    let fails = match lang {
        Lang::Zh => format!("不符合：{grade}"),
        Lang::En => format!("If it does not hold: {grade}"),
    };
    let others = item.grade_by_type.codes().zip(item.grade_by_type.values()).filter(|_| kind.is_none());
    let others = others.map(|(kind, grade)| {
        let (kind, grade) = (type_word(lang, pack, *kind), grade_word(lang, *grade));
        match lang {
            Lang::Zh => format!("{kind}：{grade}"),
            Lang::En => format!("{kind}: {grade}"),
        }
    });
    let separator = lang.pick("；", "; ");
    std::iter::once(fails).chain(others).collect::<Vec<_>>().join(separator)
}

/// A place in a legal text, and how well it is known.
fn source(lang: Lang, pack: &Pack, citation: &Citation) -> String {
    let title = pack.legal_basis(citation.cite.as_str()).map_or("", |basis| said(lang, &basis.title));
    let known = match citation.confidence {
        Confidence::Design => lang.pick("本项目提出，不是法规", "this project's proposal, no rule"),
        Confidence::Recalled => lang.pick("回忆，待专家核对", "recalled, to be checked by an expert"),
        Confidence::Secondary => lang.pick("读到的是摘要或转载", "from a summary or reprint"),
        Confidence::Sourced => lang.pick("条文已核对", "the clause was read"),
    };
    match lang {
        Lang::Zh => escaped(&format!("《{title}》{}（{known}）", citation.clause)),
        Lang::En => escaped(&format!("{title} {} ({known})", citation.clause)),
    }
}
