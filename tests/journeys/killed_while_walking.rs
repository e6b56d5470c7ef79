//! The browser is killed after a touch, again and again: the same visit, the same place, the last value.

use std::collections::BTreeMap;

use xunan_e2e::chance::Chance;
use xunan_e2e::demo;
use xunan_e2e::pages::Walk;
use xunan_e2e::scene::Scene;

const TOUCHES: usize = 40;

#[tokio::test(flavor = "multi_thread")]
async fn after_each_of_40_touches_a_killed_browser_comes_back_to_the_same_visit_place_and_values() {
    let scene = Scene::set().await;
    let mut browser = scene.inspectors_phone().await;
    scene.network.take_away();
    Walk(&browser).start_at(&scene.origin, demo::ELDERLY_HOME).await;
    let visit = browser.client().current_url().await.expect("a page").to_string();
    let items: Vec<_> = Walk(&browser).items().await.into_iter().filter(|item| item.has_marks).collect();

    let seed = 20_261_122;
    let mut chance = Chance::from_seed(seed);
    let mut expected = BTreeMap::new();
    for touch in 0..TOUCHES {
        let item = &items[usize::try_from(chance.below(items.len() as u64)).unwrap_or(0)];
        let walk = Walk(&browser);
        let mark = if chance.below(2) == 0 {
            walk.pass(&item.id).await;
            "pass"
        } else {
            walk.not_applicable(item).await;
            "not-applicable"
        };
        expected.insert(item.id.clone(), mark.to_owned());
        walk.saved().await;
        browser = browser.kill_and_reopen().await;
        browser.go(&visit).await;
        browser.see(".item-card").await;
        let shown: BTreeMap<_, _> = Walk(&browser).answers().await.into_iter().collect();
        assert_eq!(shown, expected, "after touch {touch} of seed {seed}");
        let near = browser.run("return !!document.querySelector('.item-card[data-current]')", vec![]).await;
        assert_eq!(near, true, "the page stands where the inspector was, after touch {touch} of seed {seed}");
    }
    browser.close().await;
}
