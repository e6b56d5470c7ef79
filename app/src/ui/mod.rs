//! The components that every page is built from. They show what they are given and report what was meant
//! (`on_answer`, not `on_click`); they never touch storage, network or routes.
//!
//! Looks come from `app/styles`, one file per component; states are `data-…` and `aria-…` attributes, so that a
//! class name never carries a state. Words come from [`crate::i18n::texts`].
//!
//! # Components
//! | component | what it is | main props |
//! | --- | --- | --- |
//! | [`Button`], [`LinkButton`] | a verb; one [`ButtonKind::Primary`] per screen | `kind size icon disabled busy role on_press` / `href` |
//! | [`TopBar`] | title, way back, one thing at the end | `title back`, children |
//! | [`TabBar`] | the places; a rail on wide windows | `tabs head` |
//! | [`AnswerButtons`] | ✓合格 ✗不合格 –不适用 | `chosen label on_answer` with [`Mark`] |
//! | [`GradeMark`], [`GradePick`] | shape, colour, word | `grade standing large` / `chosen on_grade` |
//! | [`Lamp`] | 可离线 | `state text` |
//! | [`Progress`] | a bar and 43/99 | `done of` |
//! | [`SectionStrip`] | sections that slide, each with what is left | `sections current on_pick` |
//! | [`Chip`] | a filter with its count | `on count on_toggle`, children |
//! | [`TextField`], [`TextArea`], [`SelectField`], [`SearchField`], [`NumberField`] | lines of a form | `label value on_input kind duty help wrong example unit` |
//! | [`Choices`], [`Segments`] | one or several of several | `label choose lines chosen on_choose` |
//! | [`Sheet`], [`SheetFoot`] | a bottom sheet | `title open on_close foot`, children |
//! | [`Confirm`] | a question before what cannot be taken back | `open title text go stay kind on_decision` |
//! | [`Banner`] | offline, space, update | `kind icon text`, buttons as children |
//! | [`Toasts`], [`ToastStack`] | what just happened, with undo | `say`, `say_with_undo` |
//! | [`Screen`], [`Skeleton`] | empty, denied, offline, full, error; still loading | `kind`, buttons as children |
//! | [`SavedMark`] | 已存 ✓ 14:02:11 | `state` |
//! | [`PhotoGrid`], [`CameraFrame`] | photos, and taking them | `photos on_open on_remove on_add` / `open subject video says ready …` |
//! | [`SignaturePad`], [`SignatureImage`] | strokes on glass | `strokes on_strokes` / `strokes of` |
//! | [`SignScreen`] | the pad on the whole screen, sideways on an upright phone | `open name post strokes on_strokes wrong on_done on_close` |
//! | [`Timeline`] | who did what, when | `events` |
//! | [`Icon`] | a stroke icon, beside a word | `name small` |
//!
//! # Classes for plain markup
//! Page frame: `app` (with `data-rail` for a rail on wide windows) holding `top-bar`, `page`
//! (`data-width="full"`), and `tab-bar` or `foot-bar`; within a page `part` + `part-head`, `stack`
//! (`data-gap="small|large"`), `line` (`data-spread`, `fill`), `numbers` + `number` / `number-value` /
//! `number-word`. Cards: `cards` (`data-long` for hundreds), `card` (`card-head card-title card-note card-next`),
//! `rows` + `row` (`row-text row-title row-note row-end`), `tag` (`data-kind="open|done|act|stopped"`), `facts`
//! (a `<dl>`), `muted`, `small`, `code`, `unseen`. The walk: `walk-head`, `walk-tools`, `section-title`,
//! `item-card` (`data-answer="pass|fail|not-applicable"`, `data-grade`, `data-current`) with `item-question`
//! (`item-number`), `item-meta` (`item-duty`), `item-finding`, `item-actions`, `item-tail`; `walk-foot`. Hazard:
//! `reason` (`data-grade`, `reason-basis`). Review: `gap` (a row), `signers` + `signer`
//! (`data-state="waiting|now|signed"`, `signer-name`), `signed-text`, `handover` + `handover-to`, `sign-screen`
//! (a `<dialog>`) + `sign-sheet`. Outbox: `parcel` (`data-state="waiting|stopped|received"`, `parcel-says parcel-actions`).
//! Sign-in: `sign-in` (`sign-in-head sign-in-name`). Desk: `desk` on the frame, `desk-head`, `desk-filters`,
//! `table-frame` + `table`, `split` (`data-open`) + `split-list` + `split-side`, `keys` + `key`, `photo-pair`;
//! `record` and its parts print on A4.

pub mod icon;
pub mod button;
pub mod answers;
pub mod banner;
pub mod bars;
pub mod camera;
pub mod chip;
pub mod choice;
pub mod confirm;
pub mod field;
pub mod grade;
pub mod lamp;
pub mod photos;
pub mod progress;
pub mod saved_mark;
pub mod screen;
pub mod sections;
pub mod sheet;
pub mod signature;
pub mod sign_screen;
pub mod stepper;
pub mod timeline;
pub mod toast;
#[cfg(test)]
mod contrast;

pub use answers::{AnswerButtons, Mark};
pub use banner::{Banner, BannerKind};
pub use bars::{Back, Tab, TabBar, TabKind, TopBar};
pub use button::{Button, ButtonKind, ButtonRole, ButtonSize, LinkButton};
pub use camera::CameraFrame;
pub use chip::Chip;
pub use choice::{ChoiceLine, Choices, Choose, Segments};
pub use confirm::{Confirm, Decision};
pub use field::{CountingSelectField, Duty, LineKind, SearchField, SelectField, TextArea, TextField};
pub use grade::{GradeMark, GradePick, grade_name};
pub use icon::{Icon, IconName};
pub use lamp::{Lamp, LampState};
pub use photos::{PhotoGrid, Thumb, ThumbState};
pub use progress::Progress;
pub use saved_mark::{SavedMark, SavedState};
pub use screen::{Screen, ScreenKind, Skeleton};
pub use sections::{SectionStrip, SectionTab};
pub use sheet::{Sheet, SheetFoot};
pub use sign_screen::SignScreen;
pub use signature::{SignatureImage, SignaturePad};
pub use stepper::NumberField;
pub use timeline::{EventKind, Timeline, TimelineEvent};
pub use toast::{ToastStack, Toasts};
