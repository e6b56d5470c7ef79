//! Forms, questions, and the honest screens.

use leptos::prelude::*;
use xunan_app::i18n::texts;
use xunan_app::ui::*;
use xunan_core::problem::Problem;
use xunan_core::rules::{Grade, Unit};

/// Signing in.
#[component]
pub fn SignInPage() -> impl IntoView {
    let t = texts().sign_in();
    let (login, password) = (RwSignal::new("li.ming".to_owned()), RwSignal::new(String::new()));
    view! {
        <main>
        <form class="sign-in" on:submit=move |event| event.prevent_default()>
            <header class="sign-in-head">
                <h1 class="sign-in-name wordmark">{texts().words().app_name()}</h1>
                <p class="muted">{texts().words().app_about()}</p>
            </header>
            <TextField label=t.login() kind=LineKind::Login value=login on_input=Callback::new(move |text| login.set(text)) />
            <TextField label=t.password() kind=LineKind::Password value=password on_input=Callback::new(move |text| password.set(text)) wrong=Signal::stored(Some(texts().problem(&Problem::BadLogin))) />
            <Button kind=ButtonKind::Primary size=ButtonSize::Large role=ButtonRole::Submits>{t.go()}</Button>
            <p class="muted small">{t.needs_network()}</p>
        </form>
        </main>
    }
}

/// Every field and button.
#[component]
pub fn FormsPage() -> impl IntoView {
    let t = texts();
    let text = RwSignal::new(String::new());
    let number = RwSignal::new("12.5".to_owned());
    let date = RwSignal::new("2026-11-22".to_owned());
    let picked = RwSignal::new("b".to_owned());
    let chosen = RwSignal::new(vec![1_usize]);
    let segment = RwSignal::new(1_usize);
    let grade = RwSignal::new(Some(Grade::General));
    let press = Callback::new(|()| {});
    let set = Callback::new(move |typed| text.set(typed));
    let options = [("", "请选择"), ("a", "张华"), ("b", "陈静")]
        .map(|(value, words)| (value.to_owned(), words.to_owned()));
    let toasts = Toasts::provide();
    toasts.say(t.outbox().exported());
    toasts.say_with_undo(t.photo().removed(), Callback::new(|()| {}));
    view! {
        <div class="app">
            <TopBar title="Forms" back=Back::Href("#".to_owned())><Lamp state=Signal::stored(LampState::Working) text=t.shell().lamp_checking() /></TopBar>
            <main class="page">
                <div class="line">
                    <Button kind=ButtonKind::Primary on_press=press>"提交整改"</Button>
                    <Button icon=IconName::Export on_press=press>"导出文件"</Button>
                    <Button kind=ButtonKind::Plain on_press=press>"详情"</Button>
                    <Button kind=ButtonKind::Danger icon=IconName::Bin on_press=press>"删除草稿"</Button>
                    <Button kind=ButtonKind::Primary disabled=true on_press=press>"签发记录"</Button>
                    <Button kind=ButtonKind::Primary busy=true on_press=press>"正在上传"</Button>
                </div>
                <TextField label=t.hazard().what() value=text on_input=set duty=Duty::Must example=t.hazard().what_hint() />
                <TextArea label=t.walk().note() value=text on_input=set help=t.walk().note_hint() />
                <NumberField label=t.walk().value() value=number on_input=Callback::new(move |it| number.set(it)) unit=Unit::Celsius help=t.walk().must_at_most("8 ℃") wrong=Signal::stored(Some(t.walk().value_fails().to_owned())) />
                <TextField label=t.walk().date_valid_until() kind=LineKind::Date value=date on_input=Callback::new(move |it| date.set(it)) />
                <SelectField label=t.desk().plan_second() options=options.to_vec() value=picked on_choose=Callback::new(move |it| picked.set(it)) />
                <SearchField label=t.walk().search() value=text on_search=set />
                <Segments label=t.settings().theme() words=vec![t.settings().theme_system(), t.settings().theme_light(), t.settings().theme_dark()] chosen=segment on_choose=Callback::new(move |at| segment.set(at)) />
                <GradePick chosen=grade on_grade=Callback::new(move |it| grade.set(Some(it))) />
                <div class="line"><GradeMark grade=Grade::Major /><GradeMark grade=Grade::General /><GradeMark grade=Grade::Advice /></div>
                <div class="line">
                    <span class="tag" data-kind="open">"草稿"</span><span class="tag" data-kind="done">"已送达"</span>
                    <span class="tag" data-kind="act">"今天到期"</span><span class="tag" data-kind="stopped">"未收下"</span><span class="tag">"四不两直"</span>
                </div>
                <Choices label="检查方式" choose=Choose::One lines=vec![ChoiceLine::plain("提前通知"), ChoiceLine { text: "四不两直".to_owned(), note: "机构在任何列表和提醒里都看不到".to_owned() }] chosen on_choose=Callback::new(move |at| chosen.set(vec![at])) />
                <Banner kind=BannerKind::Note icon=IconName::Offline text=t.shell().offline_banner() />
                <Banner kind=BannerKind::Warning icon=IconName::Storage text=t.settings().storage_short()><Button on_press=press>"看存储"</Button></Banner>
                <Banner kind=BannerKind::Stop icon=IconName::Warning text=t.walk().not_saved_text()><Button on_press=press>"再试一次"</Button></Banner>
                <Banner kind=BannerKind::News icon=IconName::Again text=t.shell().update_ready()><Button on_press=press>{t.shell().update_now()}</Button></Banner>
                <div class="line">
                    <SavedMark state=Signal::stored(SavedState::Saved(crate::walk::now())) />
                    <SavedMark state=Signal::stored(SavedState::Saving) />
                    <SavedMark state=Signal::stored(SavedState::NotSaved) />
                </div>
                <Timeline events=vec![
                    event(EventKind::Done, "李明发现隐患", "11月20日 14:05"),
                    event(EventKind::Refused, "整改照片不清楚，退回", "11月21日 09:12"),
                    event(EventKind::Next, "等待机构提交整改", "11月23日前"),
                ] />
                <Skeleton cards=1 />
            </main>
            <ToastStack toasts />
        </div>
    }
}

pub(crate) fn event(kind: EventKind, what: &str, when: &str) -> TimelineEvent {
    TimelineEvent { kind, what: what.to_owned(), when: when.to_owned(), note: String::new() }
}

/// A question before what cannot be taken back.
#[component]
pub fn ConfirmPage() -> impl IntoView {
    let t = texts().today();
    view! {
        <FormsPage />
        <Confirm open=Signal::stored(true) title=t.discard_title() text=t.discard_text(43, 12) go=t.discard_go() stay=t.discard_stay() kind=ButtonKind::Danger on_decision=Callback::new(|_| {}) />
    }
}

/// Empty, denied, offline, full, error, one under the other.
#[component]
pub fn ScreensPage() -> impl IntoView {
    let t = texts();
    let press = Callback::new(|()| {});
    view! {
        <main class="page">
            <Screen kind=ScreenKind::Empty { title: t.today().empty_title(), text: t.today().empty_text() }><Button kind=ButtonKind::Primary on_press=press>{t.today().choose_facility()}</Button></Screen>
            <Screen kind=ScreenKind::Denied />
            <Screen kind=ScreenKind::Offline><Button kind=ButtonKind::Primary on_press=press>{t.shell().empty_today()}</Button></Screen>
            <Screen kind=ScreenKind::Full><Button kind=ButtonKind::Primary on_press=press>{t.outbox().export_all()}</Button></Screen>
            <Screen kind=ScreenKind::Error(Problem::Internal)><Button kind=ButtonKind::Primary icon=IconName::Again on_press=press>{t.words().retry()}</Button></Screen>
        </main>
    }
}
