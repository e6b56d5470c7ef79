//! The photo worker as the server serves it, on a page of its own: no program around it, and no policy that forbids the
//! scripts of a measurement.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value, json};

use crate::accessibility::node_modules;
use crate::browser::Browser;
use crate::network::{Fate, Network};

/// A page on which photos are prepared.
#[derive(Debug)]
pub struct PhotoLab<'a>(&'a Browser);

/// Who prepares a photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Our worker.
    Ours,
    /// A worker with `createImageBitmap` and `OffscreenCanvas.convertToBlob`.
    Browser,
    /// npm's `browser-image-compression`, in its worker mode.
    Library,
}

/// What came of a photo.
#[derive(Clone, Debug)]
pub struct Made {
    /// From the call to the answer, in milliseconds.
    pub millis: f64,
    /// The picture.
    pub jpeg: Vec<u8>,
    /// Its small picture; empty where none is made.
    pub thumbnail: Vec<u8>,
    /// What our worker found out, as it tells it.
    pub findings: Option<String>,
    /// Whether the worker asks to be replaced.
    pub spent: bool,
}

/// What many photos at once did to the page.
#[derive(Clone, Copy, Debug)]
pub struct AtOnce {
    /// From the first question to the last answer, in milliseconds.
    pub millis: f64,
    /// The longest time that the page could do nothing else, in milliseconds.
    pub longest_pause_millis: f64,
}

impl<'a> PhotoLab<'a> {
    /// Opens the page, at an address of `network` that the server does not know.
    ///
    /// # Panics
    /// When the library was not installed (`cargo xtask` does it), or the browser cannot open the page.
    pub async fn open(browser: &'a Browser, network: &Network) -> Self {
        let library = node_modules().join("browser-image-compression/dist/browser-image-compression.js");
        let library = std::fs::read_to_string(library).expect("`cargo xtask bench` installs it");
        // For as long as the process lives: answers of the relay are.
        let library: &'static str = library.leak();
        network.set_rule(move |request| {
            let (content_type, body) = match request.path.as_str() {
                "/lab/" => (
                    "text/html",
                    "<!doctype html><script src=library.js></script><script src=lab.js></script>",
                ),
                "/lab/lab.js" => ("text/javascript", include_str!("../lab/lab.js")),
                "/lab/our_worker.js" => ("text/javascript", include_str!("../lab/our_worker.js")),
                "/lab/spinner.js" => ("text/javascript", include_str!("../lab/spinner.js")),
                "/lab/browser_worker.js" => ("text/javascript", include_str!("../lab/browser_worker.js")),
                "/lab/library.js" => ("text/javascript", library),
                _ => return Fate::Through,
            };
            Fate::Answered { status: 200, content_type, headers: "cache-control: max-age=600\r\n", body }
        });
        browser.go(&format!("{}/lab/", network.origin())).await;
        Self(browser)
    }

    /// Puts a photo on the table: the next ones are made of it.
    ///
    /// # Panics
    /// When the page cannot take it.
    pub async fn take(&self, photo: &[u8]) {
        self.0.run("lab.take(arguments[0])", vec![json!(BASE64.encode(photo))]).await;
    }

    /// Has the photo prepared. Only our worker draws `lines` over it.
    ///
    /// # Panics
    /// When it cannot be prepared.
    pub async fn make(&self, by: By, lines: &[&str]) -> Made {
        let way = match by {
            By::Ours => "ours",
            By::Browser => "browser",
            By::Library => "library",
        };
        let answer = self.0.run_async("labAnswers(...arguments)", vec![json!(way), json!(lines)]).await;
        let bytes = |member: &str| {
            answer[member].as_str().map(|text| BASE64.decode(text).expect("the page writes base64"))
        };
        Made {
            millis: answer["millis"].as_f64().unwrap_or_default(),
            jpeg: bytes("jpeg").unwrap_or_else(|| panic!("{by:?}: {answer}")),
            thumbnail: bytes("thumbnail").unwrap_or_default(),
            findings: answer["findings"].as_str().map(str::to_owned),
            spent: answer["spent"] == Value::Bool(true),
        }
    }

    /// Has our worker prepare the photo so many times, all asked for at once.
    ///
    /// # Panics
    /// When not all of them are prepared.
    pub async fn at_once(&self, count: u32, lines: &[&str]) -> AtOnce {
        let script = "lab.atOnce(arguments[0], arguments[1]).then(arguments[2])";
        let answer = self.0.run_async(script, vec![json!(count), json!(lines)]).await;
        assert_eq!(answer["prepared"], json!(count), "{answer}");
        let millis = |member: &str| answer[member].as_f64().unwrap_or(f64::NAN);
        AtOnce { millis: millis("millis"), longest_pause_millis: millis("longest") }
    }

    /// The longest pause of the page, in milliseconds, beside a worker that counts for so long and does nothing else.
    pub async fn pause_beside_counting(&self, millis: f64) -> f64 {
        let answer =
            self.0.run_async("lab.beside(arguments[0]).then(arguments[1])", vec![json!(millis)]).await;
        answer.as_f64().unwrap_or(f64::NAN)
    }

    /// How much memory our worker's WebAssembly has taken, in bytes. It never shrinks.
    ///
    /// # Panics
    /// When the worker does not say.
    pub async fn memory_bytes(&self) -> u64 {
        let answer = self.0.run_async("lab.memory().then(arguments[0])", vec![]).await;
        answer.as_u64().expect("a number of bytes")
    }
}
