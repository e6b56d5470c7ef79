//! The field program: what an inspector, an institution or a citizen holds in the hand.

use leptos::prelude::*;

fn main() {
    mount_to_body(|| view! { <p>"巡安"</p> });
}
