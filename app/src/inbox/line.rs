//! One notice: what happened to what, where, when, and whether it was read.

use leptos::prelude::*;
use xunan_core::ids::FacilityId;
use xunan_core::notice::{About, InboxItem, NoticeId, What};

use crate::browser::clock;
use crate::i18n::texts;
use crate::session::Phone;
use crate::ui::{GradeMark, Icon, IconName};

/// Where lines lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leads {
    /// To the pages of the phone.
    Field,
    /// To the pages of the desk.
    Desk,
}

impl Leads {
    /// The page of what a notice is about.
    fn href(self, about: &About) -> String {
        match (self, about) {
            (Self::Field, About::Hazard { facility, .. }) => format!("/facilities/{facility}"),
            (Self::Field, About::Plan { plan, facility }) => format!("/facilities/{facility}/start/{plan}"),
            (Self::Desk, About::Hazard { .. }) => "/desk/hazards".to_owned(),
            (Self::Desk, About::Plan { .. }) => "/desk/plans".to_owned(),
            // Reports are worked on at the desk alone.
            (Self::Field | Self::Desk, About::Snap { snap, .. }) => format!("/desk/snaps/{snap}"),
        }
    }
}

/// One line of the inbox. Opening it is reading it.
pub(super) fn line(item: InboxItem, leads: Leads, open: Callback<NoticeId>) -> impl IntoView {
    let t = texts();
    let (id, about) = (item.notice.id, &item.notice.about);
    let href = leads.href(about);
    let (title, facility, grade) = match about {
        About::Hazard { title, facility_name, grade, .. } => {
            (title.clone(), facility_name.clone(), Some(*grade))
        }
        About::Plan { facility, .. } => (t.inbox().a_plan().to_owned(), name_of(*facility), None),
        About::Snap { facility_name, category, .. } => {
            (t.inbox().a_snap(t.snap_name().category(*category)), facility_name.clone(), None)
        }
    };
    let came = t.time().when(item.came, clock::now());
    let unread = item.read.is_none();
    view! {
        <li>
            <a class="row" href=href on:click=move |_| open.run(id)>
                <span class="row-text">
                    <span class="row-note">{what(&item.notice.what)}" · "{came}</span>
                    <span class="row-title">{title}</span>
                    <span class="row-note">{facility}" "{grade.map(|grade| view! { <GradeMark grade /> })}</span>
                </span>
                <span class="row-end">
                    {unread.then(|| view! { <strong class="tag" data-kind="act">{t.inbox().is_unread()}</strong> })}
                    <Icon name=IconName::Next small=true />
                </span>
            </a>
        </li>
    }
}

/// What a notice says, in words.
fn what(what: &What) -> String {
    let t = texts();
    let today = clock::now().date();
    let day = |date| t.time().date(date, today);
    match what {
        What::Step { did, date: Some(date) } => t.inbox().due(t.hazard_loop().step(*did), &day(*date)),
        What::Step { did, date: None } => t.hazard_loop().step(*did).to_owned(),
        What::Due { of, by, standing } => {
            let due = t.inbox().due(t.hazard_loop().deadline(*of), &day(*by));
            format!("{} · {due}", t.notice().standing(*standing))
        }
        What::PlanDue { by, standing } => {
            let due = t.inbox().due(t.inbox().to_visit(), &day(*by));
            format!("{} · {due}", t.notice().standing(*standing))
        }
        What::SnapDue { of, by, standing } => {
            let due = t.inbox().due(t.snap_name().due(*of), &day(*by));
            format!("{} · {due}", t.notice().standing(*standing))
        }
        What::Plan { news, from, until } => {
            format!("{} · {}", t.notice().plan(*news), t.inbox().plan_days(&day(*from), &day(*until)))
        }
    }
}

fn name_of(facility: FacilityId) -> String {
    let rows = Phone::expect().rows;
    rows.with_untracked(|rows| rows.facility(facility).map(|it| it.name.clone())).unwrap_or_default()
}
