//! A small picture for each category of a report, for those who would rather look than read: lines of our own, drawn by the page.

use xunan_core::snap::Category;

/// The lines, on a field of 24 by 24.
const fn lines(category: Category) -> &'static str {
    match category {
        // An open door and the way out.
        Category::WayOut => "M4 3h9v18H4zM10 12h.01M13 12h8m-3-3 3 3-3 3",
        // An extinguisher with its hose.
        Category::FireEquipment => "M9 9h6v12H9zM12 9V5m0 0h4M9 6C7 6 6 7 6 10v3",
        // A flash.
        Category::Electricity => "M13 2 5 14h6l-1 8 8-12h-6z",
        // A flame.
        Category::Gas => "M12 3c1 4 5 6 5 11a5 5 0 0 1-10 0c0-3 2-4 2-7 1 1 2 2 2 3 1-2 1-4 1-7z",
        // Two wheels and a handlebar.
        Category::EBike => {
            "M2 17a3 3 0 1 0 6 0 3 3 0 1 0-6 0m14 0a3 3 0 1 0 6 0 3 3 0 1 0-6 0M5 17l4-8h6l4 8M7 9h4m4 0V6h2"
        }
        // A house with a crack.
        Category::Building => "M4 21V10l8-6 8 6v11zm8-12-2 4 4 2-2 6",
        // A cabin that goes up and down.
        Category::Lift => "M4 3h16v18H4zm3 8 2-3 2 3m2 2 2 3 2-3",
        // A bowl that steams.
        Category::Food => "M3 12h18a9 9 0 0 1-18 0zm5-3c0-2 1-2 1-4m5 4c0-2 1-2 1-4",
        // Somebody.
        Category::Care => "M9 8a3 3 0 1 0 6 0 3 3 0 1 0-6 0M5 21c0-5 3-8 7-8s7 3 7 8",
        Category::Other => "M5 12h2m4 0h2m4 0h2",
    }
}

/// The picture; the words beside it say the same.
pub(super) fn picture(category: Category) -> String {
    format!(
        "<svg class=\"mark\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"{}\"/></svg>",
        lines(category)
    )
}
