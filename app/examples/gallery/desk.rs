//! The desk: a table with the story beside it, and the record.

use leptos::prelude::*;
use xunan_app::i18n::texts;
use xunan_app::ui::*;
use xunan_core::evidence::Stroke;
use xunan_core::rules::{Grade, Standing};

use crate::forms::event;

const ROWS: [(&str, &str, Grade, &str, &str); 7] = [
    ("疏散通道锁闭", "阳光养老院", Grade::Major, "当场", "未销号"),
    ("厨房燃气报警器失效", "康乐福利院", Grade::Major, "11月23日", "未销号"),
    ("灭火器过期 6 具", "县社会福利院", Grade::General, "11月25日", "未销号"),
    ("配电箱前堆放杂物", "夕阳红托老所", Grade::General, "11月20日", "超期 2 天"),
    ("夜间巡查记录缺 3 天", "阳光养老院", Grade::General, "12月7日", "未销号"),
    ("留样不足 125 克", "康乐福利院", Grade::General, "11月29日", "未销号"),
    ("应急照明建议增设", "殡仪馆", Grade::Advice, "—", "未销号"),
];

/// The hazards of a region, with the story of the chosen one.
#[component]
pub fn DeskPage() -> impl IntoView {
    let t = texts();
    let d = t.desk();
    let search = RwSignal::new(String::new());
    let places = [
        (IconName::Inbox, d.inbox()),
        (IconName::Warning, d.hazards()),
        (IconName::Building, d.facilities()),
        (IconName::Calendar, d.plans()),
    ];
    let tabs = places
        .into_iter()
        .enumerate()
        .map(|(at, (icon, word))| Tab {
            icon,
            word,
            href: "#",
            kind: TabKind::Place,
            count: Signal::stored(if at == 0 { 4 } else { 0 }),
            urged: Signal::stored(false),
            here: Signal::stored(at == 1),
        })
        .collect();
    let row = |(at, (title, facility, grade, due, state)): (
        usize,
        (&'static str, &'static str, Grade, &'static str, &'static str),
    )| {
        view! {
            <tr tabindex="0" aria-selected=if at == 0 { "true" } else { "false" }>
                <th scope="row">{title}</th><td>{facility}</td><td><GradeMark grade /></td><td class="nowrap">{due}</td><td class="nowrap">{state}</td>
            </tr>
        }
    };
    view! {
        <div class="app desk" data-rail>
            <TopBar title=d.hazards()><span class="small">"截至 14:05"</span></TopBar>
            <main class="page" data-width="full">
                <div class="desk-filters">
                    <SearchField label=d.search_hazards() value=search on_search=Callback::new(move |text| search.set(text)) />
                    <Chip on=Signal::stored(true) count=Signal::stored(27) on_toggle=Callback::new(|()| {})>{d.filter_open()}</Chip>
                    <Chip on=Signal::stored(false) count=Signal::stored(2) on_toggle=Callback::new(|()| {})>{d.filter_major()}</Chip>
                    <Chip on=Signal::stored(false) count=Signal::stored(1) on_toggle=Callback::new(|()| {})>{d.filter_overdue()}</Chip>
                </div>
                <div class="split" data-open>
                    <div class="split-list"><div class="table-frame"><table class="table">
                        <thead><tr><th scope="col">{d.col_hazard()}</th><th scope="col">{d.col_facility()}</th><th scope="col">{d.col_grade()}</th><th scope="col">{d.col_due()}</th><th scope="col">{d.col_state()}</th></tr></thead>
                        <tbody>{ROWS.into_iter().enumerate().map(row).collect_view()}</tbody>
                    </table></div></div>
                    <aside class="split-side">
                        <div class="card-head"><h2>"疏散通道锁闭"</h2><GradeMark grade=Grade::Major standing=Standing::ProposedNeedsSecondInspector /></div>
                        <div class="reason" data-grade="major"><p>{t.hazard().grade_direct()}</p><p class="reason-basis">"《消防法》第二十八条 · 条文已核"</p></div>
                        <div class="photo-pair"><figure><img class="photo-view" src="photo.svg" alt=t.photo().before() /><figcaption>{t.photo().before()}</figcaption></figure><figure><img class="photo-view" src="photo.jpg" alt=t.photo().after() /><figcaption>{t.photo().after()}</figcaption></figure></div>
                        <Timeline events=vec![
                            event(EventKind::Done, "李明、陈静发现", "11月22日 14:02"),
                            event(EventKind::Done, "当场责令：立即打开、派人看守", "11月22日 14:03"),
                            event(EventKind::Next, "等待机构提交整改", "今天内"),
                        ] />
                        <Button kind=ButtonKind::Primary on_press=Callback::new(|()| {})>{d.open_record()}</Button>
                    </aside>
                </div>
            </main>
            <TabBar tabs head=d.app_name() />
        </div>
    }
}

/// One visit in full, as it prints.
#[component]
pub fn RecordPage() -> impl IntoView {
    let t = texts();
    let d = t.desk();
    let strokes = vec![Stroke(vec![(100, 100), (160, 40), (200, 120), (260, 60), (300, 110), (420, 50)])];
    view! {
        <main class="page" data-width="full">
            <div class="line no-print"><Button kind=ButtonKind::Primary icon=IconName::Print on_press=Callback::new(|()| {})>{d.print()}</Button></div>
            <article class="record">
                <p class="record-number">{d.record_number("01KAM3Z8Q0")}</p>
                <h1 class="record-title">{d.record_title()}</h1>
                <table class="record-table"><tbody>
                    <tr><th scope="row">{d.record_facility()}</th><td colspan="3">"阳光养老院（清河县城关镇解放路 118 号）"</td></tr>
                    <tr><th scope="row">{d.record_when()}</th><td>"2026年11月22日 13:10 至 14:20"</td><th scope="row">{d.col_notice()}</th><td>"四不两直"</td></tr>
                    <tr><th scope="row">{d.record_inspectors()}</th><td>"李明（X3401-0072）、陈静（X3401-0081）"</td><th scope="row">{d.record_site()}</th><td>"王建国"</td></tr>
                </tbody></table>
                <h2>{d.record_hazards()}</h2>
                <table class="record-table">
                    <thead><tr><th scope="col">{d.col_hazard()}</th><th scope="col">{d.col_grade()}</th><th scope="col">{t.hazard().measures()}</th><th scope="col">{d.col_due()}</th></tr></thead>
                    <tbody><tr><td>"疏散通道锁闭（2 号楼 3 层东侧）"</td><td><GradeMark grade=Grade::Major /></td><td>"立即打开、派人看守"</td><td>"当场"</td></tr></tbody>
                </table>
                <h2>{d.record_photos()}</h2>
                <div class="record-photos"><figure><img src="photo.svg" alt="照片 1" /><figcaption>"照片 1 · 14:02:11"</figcaption></figure></div>
                <h2>{d.record_signatures()}</h2>
                <div class="record-signatures">
                    <div class="stack" data-gap="small"><span>"李明"</span><SignatureImage strokes of="李明" /></div>
                    <div class="stack" data-gap="small"><span>{d.record_site()}</span><span class="muted">{d.record_refused("对等级有异议", "张强（城关镇政府）")}</span></div>
                </div>
            </article>
        </main>
    }
}
