//! The pictures of an article while it is written: picked from files, prepared by the photo worker like pictures of public cases, and
//! stored before the entry names them, as photos of steps are.

use std::collections::BTreeMap;

use leptos::html::Div;
use leptos::prelude::*;
use xunan_core::ids::PhotoId;
use xunan_core::knowledge::{ArticlePicture, Content, PictureFault, PictureNumber, PictureWords, Pictures};
use xunan_core::problem::Problem;

use super::picture_text::{inserted, names, without};
use crate::browser::photo_worker::PhotoWorker;
use crate::browser::{Binary, ObjectUrl, clock, input};
use crate::desk::picked_photos::{PickButton, Picking, Whose, forget};
use crate::i18n::{Texts, texts};
use crate::session::Phone;
use crate::store::NewPhoto;
use crate::ui::{Banner, BannerKind, Button, IconName, TextField};

/// How wide a picture is shown in the list of pictures, in pixels.
const LISTED_WIDTH_PX: u32 = 160;

/// A picture that was picked, or that a former version had.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Picked {
    picture: ArticlePicture,
    /// What is to be written with it.
    words: String,
}

/// The pictures that this computer has not sent yet, to be shown meanwhile.
type Fresh = StoredValue<BTreeMap<PhotoId, ObjectUrl>, LocalStorage>;

/// Where pictures are to be seen from.
#[derive(Clone, Copy)]
pub(super) struct PictureUrls(Fresh);

impl PictureUrls {
    /// Here while it is fresh, and at the server from then on.
    pub(super) fn of(self, picture: &ArticlePicture) -> String {
        let here = self.0.try_with_value(|fresh| fresh.get(&picture.id).map(|it| it.as_str().to_owned()));
        here.flatten().unwrap_or_else(|| address(picture))
    }
}

/// Where the server gives out a picture's bytes to those of the office.
pub(super) fn address(picture: &ArticlePicture) -> String {
    format!("/api/photos/{}", picture.digest.hex())
}

/// The pictures of a form.
#[derive(Clone, Copy)]
pub(super) struct PictureFields {
    picked: RwSignal<Vec<Picked>>,
    fresh: Fresh,
    failed: RwSignal<Option<String>>,
    picking: Picking,
}

impl PictureFields {
    /// Those of a version that was written before.
    pub(super) fn of(pictures: &Pictures) -> Self {
        let picked = |picture: &ArticlePicture| Picked { picture: picture.clone(), words: String::new() };
        Self {
            picked: RwSignal::new(pictures.all().iter().map(picked).collect()),
            fresh: StoredValue::new_local(BTreeMap::new()),
            failed: RwSignal::new(None),
            picking: Picking::new(),
        }
    }

    pub(super) fn track(self) {
        self.picked.track();
    }

    pub(super) const fn urls(self) -> PictureUrls {
        PictureUrls(self.fresh)
    }

    /// Which they are.
    pub(super) fn names(self) -> Vec<String> {
        self.picked.with_untracked(|all| all.iter().map(|it| it.picture.id.to_string()).collect())
    }

    /// How they are picked, and whose they are.
    pub(super) const fn picking(self) -> Picking {
        self.picking
    }

    /// What the version brings.
    ///
    /// # Errors
    /// What is wrong with them, in words.
    pub(super) fn pictures(self, t: Texts) -> Result<Pictures, String> {
        let all: Vec<_> = self.picked.with_untracked(|all| all.iter().map(|it| it.picture.clone()).collect());
        Pictures::try_from(all).map_err(|_| t.articles().pictures_wrong().to_owned())
    }

    async fn prepare(self, phone: Phone, worker: &PhotoWorker, file: &Binary) -> Result<Picked, Problem> {
        let prepared = worker.prepare(file, &[]).await?;
        let made = worker.redact(&prepared.jpeg, &[]).await?;
        let last = self.picked.try_with_untracked(|all| all.iter().map(|it| it.picture.id).max()).flatten();
        let picture = ArticlePicture {
            id: PhotoId::after(last, clock::now(), clock::entropy()),
            digest: made.digest,
            size_bytes: made.jpeg.size_bytes(),
            width_px: made.width_px,
            height_px: made.height_px,
        };
        let url = made.jpeg.object_url().ok();
        let photo =
            NewPhoto { id: picture.id, jpeg: made.jpeg, thumbnail: prepared.thumbnail, original: None };
        phone.store().save_step_photo(&photo).await?;
        if let Some(url) = url {
            self.fresh.try_update_value(|fresh| fresh.insert(picture.id, url));
        }
        Ok(Picked { picture, words: String::new() })
    }

    /// Adds one, where there is room and it is not there already.
    fn add(self, phone: Phone, picked: Picked, t: Texts) {
        let id = picked.picture.id;
        let added = self.picked.try_update(|all| {
            let with: Vec<_> =
                all.iter().map(|it| it.picture.clone()).chain([picked.picture.clone()]).collect();
            let fits = Pictures::try_from(with).is_ok();
            if fits {
                all.push(picked);
            }
            fits
        });
        if added != Some(true) {
            forget(phone, vec![id]);
            self.failed.try_set(Some(t.articles().pictures_wrong().to_owned()));
        }
    }

    fn take(self, phone: Phone, originals: Vec<Binary>, t: Texts) {
        self.failed.set(None);
        self.picking.each(originals, async move |worker: &PhotoWorker, original: &Binary| {
            match self.prepare(phone, worker, original).await {
                Ok(picked) => self.add(phone, picked, t),
                Err(problem) => {
                    _ = self.failed.try_set(Some(t.articles().picture_failed(&t.problem(&problem))))
                }
            }
        });
    }

    /// Nobody will sign those that were picked here.
    pub(super) fn forget(self, phone: Phone) {
        if self.picking.whose() == Whose::TheForms {
            let fresh = self.fresh.try_with_value(|fresh| fresh.keys().copied().collect());
            forget(phone, fresh.unwrap_or_default());
        }
        self.close();
    }

    /// Nobody looks at them here any more.
    pub(super) fn close(self) {
        self.fresh.try_update_value(BTreeMap::clear);
    }

    fn remove(self, phone: Phone, place: usize, text: RwSignal<String>) {
        let Some(number) = PictureNumber::at(place) else { return };
        let id = self.picked.try_update(|all| (place < all.len()).then(|| all.remove(place).picture.id));
        text.update(|text| *text = without(text, number));
        let fresh = self.fresh.try_update_value(|fresh| id.flatten().filter(|id| fresh.remove(id).is_some()));
        forget(phone, fresh.flatten().into_iter().collect());
    }

    fn words(self, id: PhotoId) -> String {
        self.picked.with(|all| {
            all.iter().find(|it| it.picture.id == id).map(|it| it.words.clone()).unwrap_or_default()
        })
    }
}

/// Checks that text and pictures fit.
///
/// # Errors
/// What does not, in words.
pub(super) fn checked(content: Content, t: Texts) -> Result<Content, String> {
    let t = t.articles();
    match content.check_pictures() {
        Ok(()) => Ok(content),
        Err(PictureFault::Missing(number)) => Err(t.picture_missing(&number.to_string())),
        Err(PictureFault::Unsaid(number)) => Err(t.picture_unsaid(&number.to_string())),
        Err(PictureFault::Unused(number)) => Err(t.picture_unused(&number.to_string())),
    }
}

/// All pictures, with the buttons that add one, put one into the text and take one away. `writing` is around the text's box.
#[component]
pub(super) fn PictureList(
    pictures: PictureFields,
    text: RwSignal<String>,
    writing: NodeRef<Div>,
) -> impl IntoView {
    let (phone, t) = (Phone::expect(), texts());
    let own = t.articles();
    let pick = Callback::new(move |originals| pictures.take(phone, originals, t));
    let listed = move || {
        let all = pictures.picked.get().into_iter().map(|it| it.picture);
        (0..).zip(all).filter_map(|(place, it)| Some((PictureNumber::at(place)?, it))).collect::<Vec<_>>()
    };
    view! {
        <section class="part" data-part="pictures">
            <h3>{own.pictures()}</h3>
            <p class="muted">{own.pictures_about()}</p>
            <For each=listed key=|(number, it)| (number.place(), it.id) let((number, it))>
                {one(number, &it, pictures, (text, writing))}
            </For>
            <PickButton picking=pictures.picking on_pick=pick label=own.add_picture() />
            {move || pictures.failed.get().map(|text| view! {
                <Banner kind=BannerKind::Stop icon=IconName::Warning text />
            })}
        </section>
    }
}

fn one(
    number: PictureNumber,
    picture: &ArticlePicture,
    pictures: PictureFields,
    (text, writing): (RwSignal<String>, NodeRef<Div>),
) -> impl IntoView + use<> {
    let (phone, own) = (Phone::expect(), texts().articles());
    let id = picture.id;
    let height = LISTED_WIDTH_PX * picture.height_px / picture.width_px.max(1);
    let src = pictures.urls().of(picture);
    let words = Signal::derive(move || pictures.words(id));
    let typed = Callback::new(move |typed: String| {
        pictures.failed.set(None);
        pictures.picked.update(|all| {
            all.iter_mut().filter(|it| it.picture.id == id).for_each(|it| it.words.clone_from(&typed));
        });
    });
    let put = Callback::new(move |()| {
        let words = words.get_untracked();
        if PictureWords::of(&words).is_err() {
            return pictures.failed.set(Some(own.picture_unsaid(&number.to_string())));
        }
        pictures.failed.set(None);
        let at = writing.get_untracked().and_then(|around| input::caret_within(&around));
        text.update(|text| *text = inserted(text, at, &words, number));
    });
    let remove = Callback::new(move |()| pictures.remove(phone, number.place(), text));
    let unnamed = move || {
        let missing = text.with(|text| !names(text, number));
        missing.then(|| view! { <p class="muted">{own.picture_unused(&number.to_string())}</p> })
    };
    view! {
        <div class="stack" role="group" aria-label=number.to_string()>
            <h4>{number.to_string()}</h4>
            <img src=src alt=number.to_string() width=LISTED_WIDTH_PX height=height />
            <TextField label=own.picture_words() value=words on_input=typed />
            {unnamed}
            <Button icon=IconName::Plus on_press=put>{own.put_picture()}</Button>
            <Button icon=IconName::Bin on_press=remove>{own.remove_picture()}</Button>
        </div>
    }
}
