//! How many notices are unread: the bell of the desk, and one line on the phone's first page.

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::notice::InboxPage;

use crate::browser::http::{Method, Request};
use crate::i18n::texts;
use crate::session::Phone;
use crate::ui::{Icon, IconName};

/// The number of unread notices: a context of the desk.
#[derive(Clone, Copy)]
pub struct UnreadNotices(pub RwSignal<u32>);

impl UnreadNotices {
    /// Asked for now, and again after each contact with the server.
    pub fn follow() -> Self {
        let (unread, phone) = (Self(RwSignal::new(0)), Phone::expect());
        Effect::new(move |_| {
            phone.contact.track();
            unread.refresh();
        });
        unread
    }

    /// Asks the server. Without a network the last number stays.
    pub fn refresh(self) {
        spawn_local(async move {
            let asked = Request::plain(Method::Get, "/api/notices?limit=1").json::<InboxPage>().await;
            if let Ok(page) = asked {
                // Nobody looks any more when the page was left meanwhile.
                let _left = self.0.try_set(page.unread);
            }
        });
    }
}

/// One line that leads to the inbox; nothing while all is read.
#[component]
pub fn UnreadLine() -> impl IntoView {
    let unread = UnreadNotices::follow();
    move || {
        let count = unread.0.get();
        (count > 0).then(|| {
            view! {
                <a class="waiting" href="/inbox">
                    <Icon name=IconName::Info />
                    <span>{texts().inbox().unread(count)}</span>
                    <Icon name=IconName::Next small=true />
                </a>
            }
        })
    }
}
