//! One set of icons: strokes on a 24-unit grid, in the colour of the words beside them. An icon never stands
//! without a word; the word is the name, the icon is hidden from screen readers.

use leptos::prelude::*;

/// Which icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IconName {
    /// Back to where one came from.
    Back,
    /// Onward, into.
    Next,
    /// Yes, done, saved.
    Check,
    /// No, close.
    Cross,
    /// Less.
    Minus,
    /// More, add.
    Plus,
    /// Take a photo.
    Camera,
    /// A photo.
    Image,
    /// Search.
    Search,
    /// What this is.
    Info,
    /// Look here.
    Warning,
    /// A time.
    Clock,
    /// Send upward.
    Send,
    /// No network.
    Offline,
    /// Today.
    Today,
    /// A building, a facility.
    Building,
    /// A checklist.
    Checklist,
    /// Notices.
    Bell,
    /// A person.
    Person,
    /// Two people.
    People,
    /// Write, sign.
    Pen,
    /// Remove.
    Bin,
    /// Take back.
    Undo,
    /// A file that leaves.
    Export,
    /// Once more.
    Again,
    /// More to choose from.
    More,
    /// Call.
    Telephone,
    /// A place.
    Pin,
    /// A day.
    Calendar,
    /// Closed to this account.
    Lock,
    /// Print.
    Print,
    /// Storage.
    Storage,
    /// What comes in.
    Inbox,
    /// The other lens.
    Turn,
    /// Light.
    Light,
    /// Shown, visible.
    Eye,
}

impl IconName {
    const fn path(self) -> &'static str {
        match self {
            Self::Back => "M15 4.5 7.5 12l7.5 7.5",
            Self::Next => "M9 4.5 16.5 12 9 19.5",
            Self::Check => "M4.5 12.5 10 18 19.5 6.5",
            Self::Cross => "M6 6l12 12M18 6 6 18",
            Self::Minus => "M5 12h14",
            Self::Plus => "M12 5v14M5 12h14",
            Self::Camera => "M3.5 8.5h4L9 6h6l1.5 2.5h4v10.5h-17zM12 10a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7z",
            Self::Image => "M4 5h16v14H4zM4 16l4.5-4.5 3.5 3.5 3-3 5 5M15.5 8.2v.1",
            Self::Search => "M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM15.5 15.5 20.5 20.5",
            Self::Info => "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM12 11v5.5M12 7.6v.1",
            Self::Warning => "M12 4 21.5 20h-19zM12 10v4.5M12 17.2v.1",
            Self::Clock => "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM12 7.5V12l3.2 2",
            Self::Send => "M12 19.5v-15M6 10.5l6-6 6 6",
            Self::Offline => {
                "M3 9a13 13 0 0 1 4.5-2.8M21 9a13 13 0 0 0-9-3.5M6.5 13a8 8 0 0 1 3-1.9M17.5 13l-1-.8M12 18.5v.1M4 4l16 16"
            }
            Self::Today => "M4 11 12 4l8 7M6 9.5V20h12V9.5M10 20v-5.5h4V20",
            Self::Building => "M5 20.5v-16h9v16M14 9.5h5v11M3 20.5h18M8 8h3M8 12h3M8 16h3",
            Self::Checklist => {
                "M10 6h10M10 12h10M10 18h10M3.5 6l1.2 1.2L7 4.8M3.5 12l1.2 1.2L7 10.8M3.5 18l1.2 1.2L7 16.8"
            }
            Self::Person => "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4.5 20.5c.6-4 3.5-6 7.5-6s6.9 2 7.5 6",
            Self::People => {
                "M9 4.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM2.5 20c.5-3.8 3-5.5 6.5-5.5s6 1.7 6.5 5.5M15.5 4.8a3.5 3.5 0 0 1 0 6.4M18 15.2c2.1.8 3.2 2.4 3.5 4.8"
            }
            Self::Pen => "M4 20l1-4.5L16.5 4 20 7.5 8.5 19zM14 6.5 17.5 10",
            Self::Bin => "M4.5 7h15M9.5 7V4.5h5V7M6.5 7l.9 13h9.2l.9-13M10 11v5.5M14 11v5.5",
            Self::Undo => "M8.5 5 4.5 9l4 4M4.5 9H14a5.5 5.5 0 0 1 0 11h-4",
            Self::Export => "M12 14.5v-11M7.5 8 12 3.5 16.5 8M5 12.5V20h14v-7.5",
            Self::Again => "M19.5 12a7.5 7.5 0 1 1-2.3-5.4M19.5 4v4.5H15",
            Self::More => "M5.5 12v.1M12 12v.1M18.5 12v.1",
            Self::Telephone => {
                "M5 4h4l1.5 4.5L8.3 10a12 12 0 0 0 5.7 5.7l1.5-2.2L20 15v4a1.5 1.5 0 0 1-1.5 1.5C10.5 20.5 3.5 13.5 3.5 5.5A1.5 1.5 0 0 1 5 4z"
            }
            Self::Pin => {
                "M12 21c-4.5-4.8-6.8-8.3-6.8-11.2a6.8 6.8 0 0 1 13.6 0c0 2.9-2.3 6.4-6.8 11.2zM12 7.3a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z"
            }
            Self::Calendar => "M4 6h16v14H4zM4 10.5h16M8.5 3.5V8M15.5 3.5V8",
            Self::Lock => "M5.5 10.5h13v10h-13zM8.5 10.5V7.5a3.5 3.5 0 0 1 7 0v3M12 14.5v2.5",
            Self::Print => "M7 8.5V4h10v4.5M7 17H4V8.5h16V17h-3M7 14h10v6.5H7z",
            Self::Storage => {
                "M4.5 6.5c0-3.5 15-3.5 15 0v11c0 3.5-15 3.5-15 0zM4.5 6.5c0 3.5 15 3.5 15 0M4.5 12c0 3.5 15 3.5 15 0"
            }
            Self::Bell => "M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 2h-15zM10 21h4",
            Self::Inbox => "M4 13.5 6.5 5h11l2.5 8.5V20H4zM4 13.5h5l1 2.5h4l1-2.5h5",
            Self::Turn => {
                "M4 11a8 8 0 0 1 14-4.5L20 9M20 4.5V9h-4.5M20 13a8 8 0 0 1-14 4.5L4 15M4 19.5V15h4.5"
            }
            Self::Light => "M13 3 6 13.5h5L10.5 21 18 10h-5.5z",
            Self::Eye => {
                "M2.5 12C5 7.5 8.2 5.5 12 5.5s7 2 9.5 6.5c-2.5 4.5-5.7 6.5-9.5 6.5S5 16.5 2.5 12zM12 9.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z"
            }
        }
    }
}

/// An icon of the size of a finger's target, or as tall as the text with `small`.
#[component]
pub fn Icon(
    /// Which icon.
    name: IconName,
    /// As tall as the text beside it.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    view! {
        <svg class="icon" data-size=small.then_some("small") viewBox="0 0 24 24" aria-hidden="true">
            <path d=name.path() />
        </svg>
    }
}
