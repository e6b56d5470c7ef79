//! The hazard sheet 隐患单: comes from below when an item fails; the grade with its reason, then what is decided.

use leptos::prelude::*;
use xunan_core::rules::{Cause, DecidedBy, Escalation, Finding, Grade, Measure, Standing};
use xunan_core::visit::{DraftHazard, Edit, HazardOf, PhotoOf};

use super::hazard_fields::{Description, DueField, MeasureField, PlaceField, ResponsibleField};
use super::item_value::bound_in_words;
use super::open_visit::OpenVisit;
use super::photo_strip::PhotoStrip;
use super::walk::Walk;
use crate::i18n::texts;
use crate::ui::{
    Button, ButtonKind, ButtonSize, Duty, GradeMark, GradePick, IconName, Sheet, SheetFoot, TextField,
    Toasts, grade_name,
};

/// The sheet of the hazard that is open on the walk, if any.
#[component]
pub(super) fn HazardSheet() -> impl IntoView {
    let walk = Walk::expect();
    let visit = OpenVisit::expect();
    let open = Signal::derive(move || walk.sheet.with(Option::is_some));
    let title = move || match walk.sheet.get() {
        Some(HazardOf::Free(_)) => texts().hazard().new_title(),
        _ => texts().hazard().title(),
    };
    let close = Callback::new(move |()| {
        let closed = walk.sheet.get_untracked();
        walk.sheet.set(None);
        if let Some(HazardOf::Item(item)) = closed {
            walk.go_on_after(visit, &item);
        }
    });
    let foot = move || {
        view! {
            <SheetFoot>
                <Button kind=ButtonKind::Primary size=ButtonSize::Large on_press=close>{texts().hazard().done()}</Button>
            </SheetFoot>
        }
    };
    view! {
        <Sheet title=Signal::derive(title) open on_close=close foot>
            {move || walk.sheet.get().map(|of| view! { <HazardForm of /> })}
        </Sheet>
    }
}

/// All that is decided about one hazard. Also shown on the review.
#[component]
pub(super) fn HazardForm(of: HazardOf) -> impl IntoView {
    let visit = OpenVisit::expect();
    let Some(hazard) = visit.with(|draft, pack| draft.hazard(&of, pack)) else { return ().into_any() };
    // The form edits the hazard under which the failure is registered, which may be a broader item's.
    let of = StoredValue::new(hazard.of.clone());
    let shows = match hazard.of.clone() {
        HazardOf::Item(item) => PhotoOf::Item(item),
        HazardOf::Free(free) => PhotoOf::Free(free),
    };
    let head = match &hazard.of {
        HazardOf::Item(_) => item_head(&hazard).into_any(),
        HazardOf::Free(_) => view! { <FreeHead of=of.get_value() /> }.into_any(),
    };
    let t = texts().hazard();
    let of = of.get_value();
    view! {
        <div class="stack" data-gap="large">
            {head}
            <section class="part" aria-label=t.photos()>
                <PhotoStrip shows add=true />
            </section>
            <MeasureField of=of.clone() must=hazard.must_offer.clone() may=other_measures(&hazard) />
            <ResponsibleField of=of.clone() />
            <DueField of=of.clone() finding=hazard.finding.clone() />
            <PlaceField of=of.clone() />
            <Description of=of.clone() />
            {matches!(of, HazardOf::Free(_)).then(|| take_back(of))}
        </div>
    }
    .into_any()
}

fn other_measures(hazard: &DraftHazard) -> Vec<Measure> {
    let rest = Measure::ALL.iter().filter(|measure| !hazard.must_offer.contains(measure));
    let proposed = rest.clone().filter(|measure| hazard.may_offer.contains(measure));
    let others = rest.filter(|measure| !hazard.may_offer.contains(measure));
    proposed.chain(others).copied().collect()
}

/// What failed, how grave it is, and why.
fn item_head(hazard: &DraftHazard) -> impl IntoView + use<> {
    let t = texts();
    let pack = OpenVisit::expect().pack();
    let HazardOf::Item(item) = &hazard.of else { return ().into_any() };
    let Some(item) = pack.item(item.as_str()) else { return ().into_any() };
    let Some(finding) = hazard.finding.as_deref() else { return ().into_any() };
    let question = t.lang().of(&item.text).to_owned();
    let why = item.why.as_ref().map(|why| t.lang().of(why).to_owned());
    let clauses = finding.basis.iter().map(|citation| {
        let cite = citation.cite.as_str();
        let title =
            pack.legal_basis(cite).map_or_else(|| cite.to_owned(), |it| t.lang().of(&it.title).to_owned());
        let confidence = t.name().confidence(citation.confidence);
        view! { <p class="reason-basis">{t.walk().clause(&title, &citation.clause)}" · "{confidence}</p> }
    });
    view! {
        <div class="stack">
            <GradeMark grade=finding.grade standing=finding.standing large=true />
            <p class="item-question">{question}</p>
            <div class="reason" data-grade=grade_name(finding.grade)>
                <p>{grade_reason(finding)}</p>
                {measured(finding).map(|text| view! { <p>{text}</p> })}
                {(finding.escalation != Escalation::None).then(|| view! { <p>{t.hazard().may_escalate()}</p> })}
                {clauses.collect_view()}
                <p class="reason-basis">{t.hazard().grade()}" · "{t.name().confidence(finding.grade_confidence)}</p>
            </div>
            {why.map(|why| view! { <p class="card-note">{why}</p> })}
        </div>
    }
    .into_any()
}

/// Which line of the rules gave the grade.
pub(crate) fn grade_reason(finding: &Finding) -> &'static str {
    let t = texts().hazard();
    match finding.trace.decided_by {
        DecidedBy::Direct => t.grade_direct(),
        DecidedBy::TypeOverride if finding.standing == Standing::ProposedNeedsSecondInspector => {
            t.grade_direct()
        }
        DecidedBy::TypeOverride => t.grade_by_type(),
        DecidedBy::Element => t.grade_element(),
        DecidedBy::General => t.grade_general(),
        DecidedBy::Advice => t.grade_advice(),
    }
}

/// The measured value beside its threshold.
fn measured(finding: &Finding) -> Option<String> {
    match &finding.trace.cause {
        Cause::Number { value, threshold } => {
            Some(texts().hazard().measured(&value.to_string(), &bound_in_words(*threshold)))
        }
        Cause::Answered | Cause::Ruled { .. } | Cause::Date { .. } => None,
    }
}

/// What a hazard is that no item covers, and the grade that the inspector proposes.
#[component]
fn FreeHead(of: HazardOf) -> impl IntoView {
    let visit = OpenVisit::expect();
    let t = texts().hazard();
    let HazardOf::Free(id) = of else { return ().into_any() };
    let (title, grade) = visit.with(|draft, _| {
        let free = draft.free_hazards().find(|(hazard, _)| *hazard == id).map(|(_, free)| free);
        free.map(|free| (free.title.clone(), free.grade)).unwrap_or_default()
    });
    let (title, grade) = (RwSignal::new(title), RwSignal::new(grade));
    let wrong = RwSignal::new(None);
    let describe = move || {
        let edit =
            Edit::DescribeFree { hazard: id, title: title.get_untracked(), grade: grade.get_untracked() };
        wrong.set(visit.edit(edit).err().map(|_| texts().walk().too_long(super::MAX_TEXT_CHARS)));
    };
    let typed = Callback::new(move |text| {
        title.set(text);
        describe();
    });
    let picked = Callback::new(move |picked: Grade| {
        grade.set(Some(picked));
        describe();
    });
    view! {
        <div class="stack">
            <TextField label=t.what() example=t.what_hint() duty=Duty::Must value=title wrong on_input=typed />
            <GradePick chosen=grade on_grade=picked />
        </div>
    }
    .into_any()
}

/// Takes back a hazard that no item covers, with the way back.
fn take_back(of: HazardOf) -> impl IntoView {
    let (visit, walk, toasts) = (OpenVisit::expect(), use_context::<Walk>(), Toasts::find());
    let t = texts().hazard();
    let remove = Callback::new(move |()| {
        let HazardOf::Free(id) = of else { return };
        if visit.edit(Edit::RemoveFree(id)).is_err() {
            return;
        }
        if let Some(walk) = walk {
            walk.sheet.set(None);
        }
        let undo = Callback::new(move |()| {
            let restored = visit.edit(Edit::RestoreFree(id));
            debug_assert!(restored.is_ok(), "what was just taken back is there");
        });
        if let Some(toasts) = toasts {
            toasts.say_with_undo(t.taken_back(), undo);
        }
    });
    view! { <Button kind=ButtonKind::Danger icon=IconName::Bin on_press=remove>{t.take_back()}</Button> }
}
