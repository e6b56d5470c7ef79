//! The desk program: what a supervisor has open in the office.

use leptos::prelude::*;
use xunan_app::desk::DESK;
use xunan_app::shell::App;

fn main() {
    mount_to_body(|| view! { <App program=DESK /> });
}
