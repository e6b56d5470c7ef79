//! The desk program: what a supervisor has open in the office.

use leptos::prelude::*;

fn main() {
    mount_to_body(|| view! { <p>"巡安 · 办公端"</p> });
}
