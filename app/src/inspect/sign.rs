//! Signing on glass: the phone goes to the signer, who reads, gives a word where one is due, and writes the name.

use leptos::prelude::*;
use xunan_core::evidence::{Signature, Stroke};
use xunan_core::visit::{Draft, Edit, EditRefused, Gap, SiteSigning};

use super::open_visit::OpenVisit;
use super::opinions::Opinions;
use super::refusal::Refusal;
use super::signed_text::SignedText;
use super::visit_page::VisitRoutes;
use crate::browser::clock;
use crate::i18n::texts;
use crate::ui::{Button, ButtonKind, ButtonSize, IconName, SignScreen};

/// Who signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signer {
    /// 同行检查人员
    Second,
    /// 检查人员
    Lead,
    /// 现场负责人
    Site,
}

impl Signer {
    /// In the order in which they sign.
    pub const ALL: [Self; 3] = [Self::Second, Self::Lead, Self::Site];

    /// The last part of the address of the signing page.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Second => "second",
            Self::Lead => "lead",
            Self::Site => "site",
        }
    }

    /// The signer of an address.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|signer| signer.slug() == slug)
    }

    /// Whether a gap is this signer's to close.
    pub(super) const fn owes(self, gap: &Gap) -> bool {
        match self {
            Self::Second => matches!(gap, Gap::SecondSignatureMissing | Gap::SecondOpinionMissing(_)),
            Self::Lead => matches!(gap, Gap::LeadSignatureMissing),
            Self::Site => matches!(gap, Gap::SiteSignatureMissing | Gap::RefusalIncomplete),
        }
    }

    pub(super) fn post_in_words(self) -> &'static str {
        let t = texts().review();
        match self {
            Self::Second => t.second(),
            Self::Lead => t.lead(),
            Self::Site => t.site(),
        }
    }

    /// What stands under the name: the post, and the number of the certificate or the site person's own words.
    fn credential(self, draft: &Draft) -> String {
        let t = texts().review();
        let signing = draft.signing();
        let more = match self {
            Self::Second => signing.second.as_ref().map(|it| t.certificate(&it.certificate.number)),
            Self::Lead => Some(t.certificate(&draft.head().lead.certificate.number)),
            Self::Site => signing.site.as_ref().map(|it| it.post.clone()).filter(|post| !post.is_empty()),
        };
        match more {
            Some(more) => format!("{} · {more}", self.post_in_words()),
            None => self.post_in_words().to_owned(),
        }
    }

    pub(super) fn name(self, draft: &Draft) -> Option<String> {
        match self {
            Self::Second => draft.signing().second.as_ref().map(|it| it.name.clone()),
            Self::Lead => Some(draft.head().lead.name.clone()),
            Self::Site => draft.signing().site.as_ref().map(|it| it.name.clone()),
        }
    }

    pub(super) fn signature(self, draft: &Draft) -> Option<&Signature> {
        match self {
            Self::Second => draft.signing().second_signature.as_ref(),
            Self::Lead => draft.signing().lead_signature.as_ref(),
            Self::Site => match draft.signing().site_signing.as_ref()? {
                SiteSigning::Signed(signature) => Some(signature),
                SiteSigning::Refused { witness_signature, .. } => witness_signature.as_ref(),
            },
        }
    }

    fn edit(self, signature: Signature) -> Edit {
        match self {
            Self::Second => Edit::SignSecond(Some(signature)),
            Self::Lead => Edit::SignLead(Some(signature)),
            Self::Site => Edit::SignSite(Some(SiteSigning::Signed(signature))),
        }
    }
}

/// Whose hands the phone is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    HandOver,
    Read,
    Refuse,
    HandBack,
}

/// The signing page of one signer.
#[component]
pub(super) fn SignView(signer: Signer) -> impl IntoView {
    let (visit, routes) = (OpenVisit::expect(), VisitRoutes::expect());
    // The lead holds the phone anyway.
    let step = RwSignal::new(if signer == Signer::Lead { Step::Read } else { Step::HandOver });
    let name = move || visit.tracked_as_a_whole(|draft, _| signer.name(draft)).unwrap_or_default();
    let done = Callback::new(
        move |()| if signer == Signer::Lead { routes.review() } else { step.set(Step::HandBack) },
    );
    move || {
        match step.get() {
        Step::HandOver => hand_over(signer, name(), step).into_any(),
        Step::Read => view! { <ReadAndSign signer name=name() on_signed=done on_refuse=Callback::new(move |()| step.set(Step::Refuse)) /> }.into_any(),
        Step::Refuse => view! { <Refusal on_done=done /> }.into_any(),
        Step::HandBack => hand_back(routes).into_any(),
    }
    }
}

fn hand_over(signer: Signer, name: String, step: RwSignal<Step>) -> impl IntoView {
    let t = texts().review();
    let words = if signer == Signer::Site && name.is_empty() {
        t.hand_to_site().to_owned()
    } else {
        t.hand_to(&name)
    };
    view! {
        <main class="page handover" id="main">
            <p class="handover-to">{words}</p>
            <p class="muted">{signer.post_in_words()}</p>
            <Button kind=ButtonKind::Primary size=ButtonSize::Large on_press=Callback::new(move |()| step.set(Step::Read))>
                {t.i_am(&name)}
            </Button>
        </main>
    }
}

fn hand_back(routes: VisitRoutes) -> impl IntoView {
    let t = texts();
    view! {
        <main class="page handover" id="main">
            <p class="handover-to">{t.review().hand_back()}</p>
            <Button kind=ButtonKind::Primary size=ButtonSize::Large on_press=Callback::new(move |()| routes.review())>
                {t.words().back()}
            </Button>
        </main>
    }
}

/// The text, the second inspector's opinions, and then the pad.
#[component]
fn ReadAndSign(
    signer: Signer,
    name: String,
    on_signed: Callback<()>,
    on_refuse: Callback<()>,
) -> impl IntoView {
    let (visit, t) = (OpenVisit::expect(), texts().review());
    let content = Memo::new(move |_| visit.tracked_as_a_whole(|draft, pack| draft.content(pack)));
    let strokes = RwSignal::new(Vec::<Stroke>::new());
    let wrong = RwSignal::new(None::<&'static str>);
    let writing = RwSignal::new(false);
    let post = visit.with(|draft, _| signer.credential(draft));
    let sign = Callback::new(move |()| {
        let Some(shown) = content.get_untracked() else { return };
        let signature =
            Signature { strokes: strokes.get_untracked(), at: clock::now(), content: shown.digest() };
        match visit.edit(signer.edit(signature)) {
            Ok(()) => on_signed.run(()),
            Err(EditRefused::NotDrawn) => wrong.set(Some(t.not_drawn())),
            Err(_) => wrong.set(Some(t.content_changed())),
        }
    });
    let begin = move || {
        view! {
            <section class="part" aria-label=t.sign()>
                <p class="card-note">{t.read_before()}</p>
                <Button
                    kind=ButtonKind::Primary
                    size=ButtonSize::Large
                    icon=IconName::Pen
                    on_press=Callback::new(move |()| writing.set(true))
                >
                    {t.sign()}
                </Button>
                {(signer == Signer::Site)
                    .then(|| view! { <Button kind=ButtonKind::Plain on_press=on_refuse>{t.refuse()}</Button> })}
            </section>
        }
    };
    view! {
        <main class="page" id="main">
            <h2>{signer.post_in_words()}" "{name.clone()}</h2>
            {(signer == Signer::Second).then(|| view! { <Opinions /> })}
            {move || content.get().map(|content| view! { <SignedText content /> })}
            <Show when=move || content.with(Option::is_some)>{begin()}</Show>
        </main>
        <SignScreen
            open=writing
            name
            post
            strokes
            on_strokes=Callback::new(move |all| {
                wrong.set(None);
                strokes.set(all);
            })
            wrong=Signal::derive(move || wrong.get().map(str::to_owned))
            on_done=sign
            on_close=Callback::new(move |()| writing.set(false))
        />
    }
}
