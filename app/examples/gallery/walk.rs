//! The walk.

use leptos::prelude::*;
use xunan_app::i18n::texts;
use xunan_app::ui::*;
use xunan_core::clock::Instant;
use xunan_core::ids::PhotoId;
use xunan_core::rules::{Grade, Standing, Unit};

pub(crate) fn now() -> Instant {
    Instant::from_unix_millis(1_795_413_731_000)
}

/// Photos without a picture behind them: what the grid looks like while they are read.
pub(crate) fn thumbs() -> Vec<Thumb> {
    let states = [ThumbState::Stored, ThumbState::Arrived, ThumbState::Storing, ThumbState::NotStored];
    let id = |number: u32| format!("01KAM3Z8Q0000000000000000{number}").parse::<PhotoId>();
    states
        .into_iter()
        .zip(1_u32..)
        .filter_map(|(state, number)| {
            Some(Thumb { id: id(number).ok()?, number, url: Some("photo.svg".to_owned()), state })
        })
        .collect()
}

const QUESTIONS: [(&str, &str); 6] = [
    ("从负责人到一线（含派遣、实习）岗位安全责任已明确", "安全生产法 22 · 条文已核"),
    ("疏散门未上锁、可从内打开，疏散通道畅通", "消防法 28 · 条文已核"),
    ("每班夜间防火巡查不少于次数要求", "GB/T 40248-2021 7.3 · 条文已核"),
    ("电气线路不敷设在可燃物上，无私拉乱接", "消防法 27 · 条文已核"),
    ("厨房燃气报警器在有效期内，联动切断正常", "城镇燃气管理条例 27 · 据摘要或转载"),
    ("电动自行车不在楼内停放、充电", "GB/T 40248-2021 · 未见原文，待核"),
];

#[component]
fn ItemCard(
    number: usize,
    question: &'static str,
    basis: &'static str,
    first: Option<Mark>,
) -> impl IntoView {
    let t = texts();
    let chosen = RwSignal::new(first);
    let failed = move || chosen.get() == Some(Mark::Fail);
    let grade = if number == 2 { Grade::Major } else { Grade::General };
    let standing = if number == 2 { Standing::ProposedNeedsSecondInspector } else { Standing::Stands };
    view! {
        <article
            class="item-card"
            data-answer=move || chosen.get().map(Mark::name)
            data-grade=move || failed().then(|| grade_name(grade))
            data-current=number == 5
        >
            <h3 class="item-question"><span class="item-number">{number}</span>{question}</h3>
            <div class="item-meta">
                <button type="button"><Icon name=IconName::Info small=true />{basis}</button>
                {(number % 2 == 0).then(|| view! { <span class="item-duty"><Icon name=IconName::Camera small=true />"不合格须拍照"</span> })}
            </div>
            {(number == 3).then(|| {
                let typed = RwSignal::new("2".to_owned());
                view! { <NumberField label=t.walk().value() value=typed on_input=Callback::new(move |text| typed.set(text)) unit=Unit::Times help="不少于 2" /> }
            })}
            <Show when=failed>
                <div class="item-finding">
                    <GradeMark grade standing />
                    <span class="fill">"当场整改 · 立即打开、恢复"</span>
                    <Button icon=IconName::Pen on_press=Callback::new(|()| {})>"隐患单"</Button>
                </div>
                <PhotoGrid photos=Signal::stored(thumbs()) on_open=Callback::new(|_| {}) on_remove=Callback::new(|_| {}) on_add=Callback::new(|()| {}) />
            </Show>
            <div class="item-actions">
                <Button kind=ButtonKind::Plain icon=IconName::Pen on_press=Callback::new(|()| {})>{t.walk().add_note()}</Button>
                <Button kind=ButtonKind::Plain icon=IconName::Camera on_press=Callback::new(|()| {})>{t.walk().take_photo()}</Button>
            </div>
            <AnswerButtons chosen label=question on_answer=Callback::new(move |mark| chosen.set(Some(mark))) />
        </article>
    }
}

/// The walk as it is in the hand.
#[component]
pub fn WalkPage() -> impl IntoView {
    let t = texts();
    let current = RwSignal::new(3_usize);
    let sections = [
        ("安全管理", 0),
        ("证照与资质", 2),
        ("建筑结构", 5),
        ("消防", 14),
        ("用电", 9),
        ("燃气与厨房", 11),
        ("食品安全", 8),
    ];
    let sections =
        sections.map(|(name, left)| SectionTab { name: name.to_owned(), left: Signal::stored(left) });
    let search = RwSignal::new(String::new());
    let only_open = RwSignal::new(true);
    view! {
        <div class="app">
            <TopBar title="阳光养老院" back=Back::Href("#".to_owned())>
                <SavedMark state=Signal::stored(SavedState::Saved(now())) />
            </TopBar>
            <main class="page">
                <div class="walk-head">
                    <Progress done=Signal::stored(43) of=Signal::stored(99) />
                    <SectionStrip sections=sections.to_vec() current on_pick=Callback::new(move |at| current.set(at)) />
                </div>
                <SearchField label=t.walk().search() value=search on_search=Callback::new(move |text| search.set(text)) />
                <section class="cards" data-long>
                    <div class="section-title"><h2>"消防"</h2><span class="muted small">"剩 14"</span></div>
                    {QUESTIONS
                        .into_iter()
                        .enumerate()
                        .map(|(at, (question, basis))| {
                            let first = match at {
                                0 => Some(Mark::Pass),
                                1 => Some(Mark::Fail),
                                3 => Some(Mark::NotApplicable),
                                _ => None,
                            };
                            view! { <ItemCard number=at + 1 question basis first /> }
                        })
                        .collect_view()}
                </section>
            </main>
            <footer class="walk-foot">
                <div class="chips" data-one-line>
                    <Chip on=only_open count=Signal::stored(56) on_toggle=Callback::new(move |()| only_open.update(|on| *on = !*on))>{t.walk().unanswered()}</Chip>
                    <Chip on=Signal::stored(false) count=Signal::stored(3) on_toggle=Callback::new(|()| {})>{t.walk().failed()}</Chip>
                </div>
                <Button kind=ButtonKind::Primary icon=IconName::Pen on_press=Callback::new(|()| {})>{t.walk().review()}</Button>
            </footer>
        </div>
    }
}
