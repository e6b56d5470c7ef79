//! Where the phone is, as its location service says. Watched while photos are taken, so that a fix is there when the
//! shutter is pressed.

use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::Closure;
use web_sys::{Geolocation, Position, PositionError, PositionOptions};
use xunan_core::clock::{Instant, Span};
use xunan_core::evidence::{NoPosition, PageTime};
use xunan_core::place::{GeoPoint, Metres};

use super::{clock, page_clock, window};

/// How old a fix may be that the service hands out again, in milliseconds.
const MAXIMUM_AGE_MS: u32 = 15_000;

/// What the location service said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heard {
    /// Where.
    pub point: GeoPoint,
    /// Radius of 95 % confidence, rounded up.
    pub accuracy: Metres,
    /// How old it was when it was heard.
    pub age: Span,
    /// When it was heard.
    pub at: PageTime,
}

/// A watch; it ends when this is dropped.
pub struct PositionWatch {
    service: Geolocation,
    id: i32,
    _heard: Closure<dyn Fn(Position)>,
    _failed: Closure<dyn Fn(PositionError)>,
}

impl PositionWatch {
    /// Watches. The browser may ask the user first.
    ///
    /// # Errors
    /// [`NoPosition::Unavailable`] where there is no such service; every later failure goes to `tell`.
    pub fn start(tell: impl Fn(Result<Heard, NoPosition>) + Clone + 'static) -> Result<Self, NoPosition> {
        let unavailable = |_| NoPosition::Unavailable;
        let service = window().navigator().geolocation().map_err(unavailable)?;
        let told = tell.clone();
        let heard = Closure::<dyn Fn(Position)>::new(move |position: Position| {
            if let Some(heard) = heard(&position) {
                told(Ok(heard));
            }
        });
        let failed = Closure::<dyn Fn(PositionError)>::new(move |error: PositionError| {
            tell(Err(match error.code() {
                PositionError::PERMISSION_DENIED => NoPosition::Denied,
                PositionError::TIMEOUT => NoPosition::Waiting,
                _ => NoPosition::Unavailable,
            }));
        });
        let options = PositionOptions::new();
        options.set_enable_high_accuracy(true);
        options.set_maximum_age(MAXIMUM_AGE_MS);
        let id = service
            .watch_position_with_error_callback_and_options(
                heard.as_ref().unchecked_ref(),
                Some(failed.as_ref().unchecked_ref()),
                &options,
            )
            .map_err(unavailable)?;
        Ok(Self { service, id, _heard: heard, _failed: failed })
    }
}

impl Drop for PositionWatch {
    fn drop(&mut self) {
        self.service.clear_watch(self.id);
    }
}

/// `None` for numbers that are no place.
fn heard(position: &Position) -> Option<Heard> {
    let place = position.coords();
    let point = GeoPoint::from_degrees(place.latitude(), place.longitude()).ok()?;
    // Saturates; what is no number becomes 0, which is doubted.
    let accuracy = Metres(place.accuracy().ceil() as u32);
    let fixed = Instant::from_unix_millis(position.timestamp() as i64);
    let age = clock::now().since(fixed).max(Span::ZERO);
    Some(Heard { point, accuracy, age, at: page_clock::now() })
}
