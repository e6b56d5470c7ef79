//! The field program: what an inspector, an institution or a citizen holds in the hand.

use leptos::prelude::*;
use xunan_app::shell::{App, FIELD};

fn main() {
    mount_to_body(|| view! { <App program=FIELD /> });
}
