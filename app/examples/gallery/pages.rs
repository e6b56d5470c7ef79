//! The pages between: today, facility, review, outbox, me.

use leptos::prelude::*;
use xunan_app::i18n::texts;
use xunan_app::ui::*;
use xunan_core::facility::Party;
use xunan_core::rules::{Grade, Standing};

fn tabs(here: usize) -> Vec<Tab> {
    let t = texts().shell();
    let places = [
        (IconName::Today, t.tab_today()),
        (IconName::Building, t.tab_facilities()),
        (IconName::Plus, t.tab_start()),
        (IconName::Send, t.tab_outbox()),
        (IconName::Person, t.tab_me()),
    ];
    places
        .into_iter()
        .enumerate()
        .map(|(at, (icon, word))| Tab {
            icon,
            word,
            href: "#",
            kind: if at == 2 { TabKind::Start } else { TabKind::Place },
            count: Signal::stored(if at == 3 { 2 } else { 0 }),
            urged: Signal::stored(at == 3),
            here: Signal::stored(at == here),
        })
        .collect()
}

#[component]
fn Frame(here: usize, title: &'static str, children: Children) -> impl IntoView {
    let t = texts();
    view! {
        <div class="app" data-rail>
            <TopBar title><Lamp state=Signal::stored(LampState::On) text=t.shell().lamp_ready() /></TopBar>
            <main class="page">{children()}</main>
            <TabBar tabs=tabs(here) head=t.words().app_name() />
        </div>
    }
}

/// Today.
#[component]
pub fn TodayPage() -> impl IntoView {
    let t = texts();
    view! {
        <Frame here=0 title=t.words().app_name()>
            <Banner kind=BannerKind::Note icon=IconName::Offline text=t.shell().offline_banner() />
            <section class="part">
                <div class="part-head"><h2>{t.today().drafts()}</h2></div>
                <a class="card" href="#">
                    <div class="card-head"><h3 class="card-title">"阳光养老院"</h3><span class="tag" data-kind="open">{t.today().draft()}</span></div>
                    <p class="card-note">"四不两直 · 标准检查 · 与陈静同行"</p>
                    <Progress done=Signal::stored(43) of=Signal::stored(99) />
                    <p class="card-next">{t.today().go_on()}<Icon name=IconName::Next small=true /></p>
                </a>
            </section>
            <section class="part">
                <div class="part-head"><h2>{t.today().plans()}</h2><span class="muted small">"2"</span></div>
                <a class="card" href="#">
                    <div class="card-head"><h3 class="card-title">"县社会福利院"</h3><span class="tag" data-kind="act">{t.today().due_today()}</span></div>
                    <p class="card-note">"提前通知 · 全项检查 · 与陈静同行"</p>
                </a>
                <a class="card" href="#">
                    <div class="card-head"><h3 class="card-title">"康乐福利院"</h3><span class="tag">{t.today().revisits()}</span></div>
                    <p class="card-note">{t.today().open_hazards(3)}" · 11月25日前"</p>
                </a>
            </section>
            <a class="waiting" href="#"><Icon name=IconName::Send /><span>{t.today().waiting(2)}"，"{t.today().next_try("14:05")}</span><Icon name=IconName::Next small=true /></a>
        </Frame>
    }
}

/// A facility's card.
#[component]
pub fn FacilityPage() -> impl IntoView {
    let t = texts();
    view! {
        <div class="app">
            <TopBar title="康乐福利院" back=Back::Href("#".to_owned()) />
            <main class="page">
                <section class="card">
                    <dl class="facts">
                        <dt>{t.facility().facility_type()}</dt><dd>"养老机构"</dd>
                        <dt>{t.facility().address()}</dt><dd>"清河县城关镇解放路 118 号"</dd>
                        <dt>{t.facility().credit_code()}</dt><dd class="code">"113417310032624877"</dd>
                        <dt>{t.facility().beds()}</dt><dd>"120"</dd>
                    </dl>
                </section>
                <section class="part">
                    <div class="part-head"><h2>{t.facility().open_hazards()}</h2></div>
                    <div class="rows">
                        {[(Grade::Major, "疏散通道锁闭"), (Grade::General, "厨房灭火毯过期")].map(|(grade, title)| view! {
                            <a class="row" href="#">
                                <span class="row-text"><span class="row-title">{title}</span><span class="row-note">"2 号楼 3 层 · 10月12日发现"</span></span>
                                <span class="row-end"><GradeMark grade /></span>
                            </a>
                        }).collect_view()}
                    </div>
                </section>
                <section class="part">
                    <div class="part-head"><h2>{t.facility().parties()}</h2></div>
                    <div class="card"><dl class="facts">
                        {Party::ALL.map(|party| view! { <dt>{t.name().party(party)}</dt><dd>"王建国"</dd> }).collect_view()}
                    </dl></div>
                </section>
            </main>
            <footer class="foot-bar"><Button kind=ButtonKind::Primary size=ButtonSize::Large on_press=Callback::new(|()| {})>{t.facility().start()}</Button></footer>
        </div>
    }
}

/// Review and sign.
#[component]
pub fn ReviewPage() -> impl IntoView {
    let t = texts();
    let r = t.review();
    let number = |value: u32, word: &'static str| view! { <div class="number"><span class="number-value">{value}</span><span class="number-word">{word}</span></div> };
    let strokes = vec![xunan_core::evidence::Stroke(vec![
        (100, 100),
        (160, 40),
        (200, 120),
        (260, 60),
        (300, 110),
        (420, 50),
    ])];
    view! {
        <div class="app">
            <TopBar title=r.title() back=Back::Href("#".to_owned()) />
            <main class="page">
                <section class="part">
                    <div class="part-head"><h2>{r.gaps(2)}</h2></div>
                    <div class="rows">
                        {[("疏散门未上锁、可从内打开", r.gap_photo()), ("每班夜间防火巡查", r.gap_unanswered())].map(|(item, gap)| view! {
                            <a class="row" href="#">
                                <span class="row-text"><span class="row-title">{gap}</span><span class="row-note">{item}</span></span>
                                <span class="row-end">{r.go_fill()}<Icon name=IconName::Next small=true /></span>
                            </a>
                        }).collect_view()}
                    </div>
                </section>
                <div class="numbers">{number(88, r.passed())}{number(3, r.failed())}{number(8, r.not_applicable())}{number(1, r.major())}</div>
                <ol class="signers">
                    <li class="signer">
                        <div class="line" data-spread><span class="signer-name">"李明"</span><span class="tag" data-kind="done"><Icon name=IconName::Check small=true />{r.signed_at("14:02")}</span></div>
                        <SignatureImage strokes of="李明" />
                    </li>
                    <li class="signer" data-state="now">
                        <div class="stack" data-gap="small"><span class="signer-name">"陈静"</span><span class="muted small">{r.second()}" · "{r.certificate("X3401-0081")}</span></div>
                        <p>{r.hand_to("陈静")}</p>
                        <Button kind=ButtonKind::Primary icon=IconName::Pen on_press=Callback::new(|()| {})>{r.sign()}</Button>
                    </li>
                    <li class="signer" data-state="waiting"><span class="signer-name">{r.site()}</span></li>
                </ol>
                <div class="reason"><GradeMark grade=Grade::Major standing=Standing::ProposedNeedsSecondInspector /><p>"疏散通道锁闭"</p></div>
            </main>
            <footer class="foot-bar"><Button kind=ButtonKind::Primary size=ButtonSize::Large disabled=true on_press=Callback::new(|()| {})>{r.finish()}</Button></footer>
        </div>
    }
}

/// The outbox.
#[component]
pub fn OutboxPage() -> impl IntoView {
    let t = texts();
    let o = t.outbox();
    let parcel = move |state: &'static str,
                       title: &'static str,
                       says: String,
                       tag: &'static str,
                       kind: &'static str| {
        view! {
            <article class="parcel" data-state=state>
                <div class="card-head"><h2 class="card-title">{title}</h2><span class="tag" data-kind=kind>{tag}</span></div>
                <p class="parcel-says">{says}</p>
                <div class="parcel-actions">
                    <Button icon=IconName::Send on_press=Callback::new(|()| {})>{o.try_now()}</Button>
                    <Button icon=IconName::Export on_press=Callback::new(|()| {})>{o.export_one()}</Button>
                    <Button kind=ButtonKind::Plain on_press=Callback::new(|()| {})>{t.words().details()}</Button>
                </div>
            </article>
        }
    };
    view! {
        <Frame here=3 title=o.title()>
            <div class="cards">
                {parcel("stopped", "检查记录 · 夕阳红托老所", o.refused("签名核对不上，请导出交给管理员"), o.needs_you_part(), "stopped")}
                {parcel("waiting", "检查记录 · 阳光养老院", o.photos_then(7, 12, "网络断开", "14:05"), o.waiting_part(), "open")}
                <article class="parcel" data-state="received">
                    <div class="card-head"><h2 class="card-title">"检查记录 · 县社会福利院"</h2><span class="tag" data-kind="done">{t.words().photo_sent()}</span></div>
                    <p class="parcel-says muted">{o.received_at("昨天 16:40")}</p>
                </article>
            </div>
            <Button icon=IconName::Export size=ButtonSize::Large on_press=Callback::new(|()| {})>{o.export_all()}</Button>
        </Frame>
    }
}

/// Me.
#[component]
pub fn MePage() -> impl IntoView {
    let t = texts();
    let s = t.settings();
    let mode = RwSignal::new(0_usize);
    let on_choose = Callback::new(move |at| mode.set(at));
    view! {
        <Frame here=4 title=s.title()>
            <section class="card">
                <h2 class="card-title">"李明"</h2>
                <p class="muted">"清河县民政局 · 检查人员"</p>
                <p class="muted small">{s.certificate()}" X3401-0072，"{s.certificate_until("2028年5月31日")}</p>
            </section>
            <section class="part">
                <div class="part-head"><h2>{s.look()}</h2></div>
                <Segments label=s.mode() words=vec![s.mode_normal(), s.mode_elder()] chosen=mode on_choose />
                <Segments label=s.theme() words=vec![s.theme_system(), s.theme_light(), s.theme_dark()] chosen=mode on_choose />
                <Segments label=s.language() words=vec!["中文", "English"] chosen=mode on_choose />
            </section>
            <section class="part">
                <div class="part-head"><h2>{s.storage()}</h2></div>
                <div class="rows">
                    <div class="row"><Icon name=IconName::Storage /><span class="row-text"><span class="row-title">{s.storage_reserve_ok()}</span><span class="row-note">{s.storage_about()}</span></span></div>
                    <button type="button" class="row"><Icon name=IconName::Check /><span class="row-text"><span class="row-title">{t.shell().lamp_ready()}</span><span class="row-note">{s.files_checked(14, 14)}</span></span><span class="row-end">{s.check_again()}</span></button>
                </div>
            </section>
            <Button kind=ButtonKind::Danger on_press=Callback::new(|()| {})>{s.sign_out()}</Button>
        </Frame>
    }
}
