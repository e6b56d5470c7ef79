//! The service worker of a program, asked as its page asks it, and the relay's ways to stand between the two.

use serde_json::Value;

use crate::browser::Browser;
use crate::network::Fate;

/// A program of the app with its service worker.
#[derive(Clone, Copy, Debug)]
pub struct Program {
    /// The page that it opens with.
    pub page: &'static str,
    /// The script of its service worker.
    pub worker: &'static str,
}

/// What inspectors carry.
pub const FIELD: Program = Program { page: "/", worker: "/sw.js" };
/// What supervisors sit at.
pub const DESK: Program = Program { page: "/desk", worker: "/desk/sw.js" };

/// What a hotel's network answers to every address.
pub const PORTAL: Fate = Fate::Answered {
    status: 200,
    content_type: "text/html",
    headers: "",
    body: "<!doctype html><title>免费上网</title><p>请先登录</p>",
};

const WORKER_IN_CHARGE: &str = "
    const [address, question, done] = arguments;
    navigator.serviceWorker.register(address).then(async (registration) => {
        while (!registration.active) await new Promise((later) => setTimeout(later, 20));
        const channel = new MessageChannel();
        channel.port1.onmessage = (event) => done(event.data);
        registration.active.postMessage({ type: question }, [channel.port2]);
    });";

const INSTALLED: &str = "
    const [address, done] = arguments;
    navigator.serviceWorker.register(address).then((registration) => {
        const worker = registration.installing ?? registration.waiting ?? registration.active;
        if (!worker) return done('redundant');
        const tell = () => worker.state === 'installing' || done(worker.state);
        worker.onstatechange = tell;
        tell();
    }, (error) => done(String(error)));";

const UPDATED: &str = "
    const [address, done] = arguments;
    navigator.serviceWorker.register(address).then(async (registration) => {
        await registration.update().catch(() => null);
        const coming = registration.installing ?? registration.waiting;
        if (!coming) return done('none');
        const tell = () => coming.state === 'installing' || done(coming.state);
        coming.onstatechange = tell;
        tell();
    });";

impl Program {
    /// Asks the worker in charge, as the page does, and gives its answer.
    pub async fn ask(self, browser: &Browser, question: &str) -> Value {
        browser.run_async(WORKER_IN_CHARGE, vec![self.worker.into(), question.into()]).await
    }

    /// Registers the worker and gives the state that its installing leads to: `redundant` when it failed.
    pub async fn install(self, browser: &Browser) -> Value {
        browser.run_async(INSTALLED, vec![self.worker.into()]).await
    }

    /// Has the browser look for a new version and gives the state that its installing leads to.
    pub async fn update(self, browser: &Browser) -> Value {
        browser.run_async(UPDATED, vec![self.worker.into()]).await
    }

    /// Asserts that every file of the version in charge is kept with the content that the build named.
    ///
    /// # Panics
    /// With the worker's answer when one is not.
    pub async fn assert_whole(self, browser: &Browser) -> Value {
        let answer = self.ask(browser, "check").await;
        assert_eq!(answer["type"], "checked", "{answer}");
        assert!(answer["total"].as_u64() > Some(5), "{answer}");
        assert_eq!(answer["verified"], answer["total"], "{answer}");
        answer
    }
}

/// Waits until this origin keeps so many caches: a worker throws its own away in its own time.
pub async fn caches_become(browser: &Browser, count: usize) {
    let script = "const [count, done] = arguments;
        const look = () => caches.keys().then((names) => names.length === count ? done() : setTimeout(look, 20));
        look();";
    browser.run_async(script, vec![count.into()]).await;
}

/// From now on every new page of this browser writes down what its content policy refuses.
pub async fn watch_policy(browser: &Browser) {
    let source = "self.refusals = []; addEventListener('securitypolicyviolation', (event) => \
        self.refusals.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`));";
    browser.dev_tools("Page.addScriptToEvaluateOnNewDocument", serde_json::json!({ "source": source })).await;
}

/// What the page's content policy has refused; `None` when nobody watched.
pub async fn refused_by_policy(browser: &Browser) -> Option<Vec<String>> {
    serde_json::from_value(browser.run("return self.refusals ?? null", vec![]).await).ok()
}
