//! The camera inside the page. The phone's own camera app would push the page out of memory, and with it whatever is
//! not stored; this one never leaves the page.

use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlVideoElement, MediaStream, MediaStreamConstraints,
    MediaStreamTrack,
};

use super::{Binary, Refused, document, window};

/// Long edge that is asked of the camera, in pixels: a little more than what is stored.
const WANTED_EDGE_PX: f64 = 2560.0;

/// Quality of the JPEG that is taken from the picture; it is encoded once more, smaller, by the photo worker.
const FRAME_QUALITY: f64 = 0.92;

/// Why there is no camera.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoCamera {
    /// The user, or a rule of the phone, said no.
    Denied,
    /// There is none, or another app has it.
    Missing,
}

/// An open camera; it is switched off when this is dropped.
#[derive(Debug)]
pub struct Camera {
    stream: MediaStream,
}

impl Camera {
    /// Opens the camera on the back, or whichever there is.
    ///
    /// # Errors
    /// [`NoCamera`]: offer to pick a file instead.
    pub async fn open() -> Result<Self, NoCamera> {
        let devices = window().navigator().media_devices().map_err(|_| NoCamera::Missing)?;
        let video = Object::new();
        let set = |name: &str, value: JsValue| {
            let _a_plain_object_takes_any_member = Reflect::set(&video, &name.into(), &value);
        };
        set("facingMode", "environment".into());
        set("width", ideal(WANTED_EDGE_PX));
        let constraints = MediaStreamConstraints::new();
        constraints.set_video(&video);
        constraints.set_audio(&JsValue::FALSE);
        let asked = devices.get_user_media_with_constraints(&constraints).map_err(|_| NoCamera::Missing)?;
        match JsFuture::from(asked).await {
            Ok(stream) => Ok(Self { stream: stream.unchecked_into() }),
            Err(error) => Err(match Refused::from(error).name.as_str() {
                "NotAllowedError" | "SecurityError" => NoCamera::Denied,
                _ => NoCamera::Missing,
            }),
        }
    }

    /// Shows what it sees.
    pub fn show_in(&self, video: &HtmlVideoElement) {
        video.set_muted(true);
        video.set_src_object(Some(&self.stream));
        let _starts_when_it_can = video.play();
    }

    /// Takes the frame that `video` shows, at its full size, as a JPEG.
    ///
    /// # Errors
    /// [`Refused`] before the first frame, or when there is no memory for one.
    pub async fn shoot(&self, video: &HtmlVideoElement) -> Result<Binary, Refused> {
        let (width, height) = (video.video_width(), video.video_height());
        if width == 0 || height == 0 {
            return Err(Refused { name: "InvalidStateError".to_owned() });
        }
        let canvas: HtmlCanvasElement = document().create_element("canvas")?.unchecked_into();
        canvas.set_width(width);
        canvas.set_height(height);
        let context =
            canvas.get_context("2d")?.ok_or_else(|| Refused { name: "NotSupportedError".to_owned() })?;
        let context: CanvasRenderingContext2d = context.unchecked_into();
        context.draw_image_with_html_video_element(video, 0.0, 0.0)?;
        let encoded = Promise::new(&mut |resolve, reject| {
            let done = Closure::once_into_js(move |blob: Option<Blob>| {
                let _settled_once = resolve.call1(&JsValue::NULL, &blob.into());
            });
            let quality = JsValue::from_f64(FRAME_QUALITY);
            if let Err(error) =
                canvas.to_blob_with_type_and_encoder_options(done.unchecked_ref(), "image/jpeg", &quality)
            {
                let _settled_once = reject.call1(&JsValue::NULL, &error);
            }
        });
        let blob = JsFuture::from(encoded).await?;
        // A canvas beyond the engine's limit gives nothing, silently.
        Binary::from_js(blob).ok_or_else(|| Refused { name: "EncodingError".to_owned() })
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        for track in self.stream.get_tracks() {
            track.unchecked_into::<MediaStreamTrack>().stop();
        }
    }
}

fn ideal(value: f64) -> JsValue {
    let wish = Object::new();
    let _a_plain_object_takes_any_member = Reflect::set(&wish, &"ideal".into(), &value.into());
    wish.into()
}
