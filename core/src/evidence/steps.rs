//! What was done to a picture between the camera's bytes and the stored ones, in order: whoever holds the original can
//! do it again and look at both.

use serde::{Deserialize, Serialize};

use super::file_claims::Orientation;

/// One thing that was done to a picture 处理步骤. A step that changed nothing is not listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhotoStep {
    /// The file became pixels. Always the first step.
    Decoded {
        /// By whom.
        by: Decoder,
    },
    /// Made smaller, its proportions kept.
    Shrunk {
        /// Size by the file's header, as it lies there.
        from: PixelSize,
        /// Size afterwards, lying the same way.
        to: PixelSize,
    },
    /// Turned upright, as the file claimed that it lies.
    Turned {
        /// How it lay.
        orientation: Orientation,
    },
    /// Lines of text were drawn over its lower edge 水印.
    Marked {
        /// The lines as they were drawn, from the top down; not empty.
        lines: Vec<String>,
    },
    /// The lines were wanted, and this browser cannot draw outside a page. The picture bears none.
    Unmarked,
    /// Written as JPEG, without any metadata. Always the last step.
    Encoded {
        /// JPEG quality, 1 to 100.
        quality: u8,
    },
}

impl PhotoStep {
    /// What was written into the picture.
    pub fn texts(&self) -> &[String] {
        match self {
            Self::Marked { lines } => lines,
            Self::Decoded { .. }
            | Self::Shrunk { .. }
            | Self::Turned { .. }
            | Self::Unmarked
            | Self::Encoded { .. } => &[],
        }
    }
}

/// Who made pixels of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decoder {
    /// The app itself: the same bytes give the same picture everywhere, but for a sample's last bit, which processors
    /// round differently.
    App,
    /// The browser, for a format that only it knows (HEIC, AVIF). It turns the picture upright as well, unseen.
    Browser,
}

/// Width and height of a picture, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PixelSize {
    /// Width, in pixels; at least 1.
    pub width_px: u32,
    /// Height, in pixels; at least 1.
    pub height_px: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_keep_their_spelling() {
        let size = |width_px, height_px| PixelSize { width_px, height_px };
        for (step, text) in [
            (PhotoStep::Decoded { by: Decoder::App }, r#"{"decoded":{"by":"app"}}"#),
            (PhotoStep::Decoded { by: Decoder::Browser }, r#"{"decoded":{"by":"browser"}}"#),
            (
                PhotoStep::Shrunk { from: size(4032, 3024), to: size(1600, 1200) },
                r#"{"shrunk":{"from":{"width_px":4032,"height_px":3024},"to":{"width_px":1600,"height_px":1200}}}"#,
            ),
            (PhotoStep::Turned { orientation: Orientation::RightTop }, r#"{"turned":{"orientation":6}}"#),
            (
                PhotoStep::Marked { lines: vec!["2026-11-22 09:31:07".to_owned(), "无定位".to_owned()] },
                r#"{"marked":{"lines":["2026-11-22 09:31:07","无定位"]}}"#,
            ),
            (PhotoStep::Unmarked, r#""unmarked""#),
            (PhotoStep::Encoded { quality: 80 }, r#"{"encoded":{"quality":80}}"#),
        ] {
            assert_eq!(serde_json::to_string(&step).unwrap(), text);
            assert_eq!(serde_json::from_str::<PhotoStep>(text).unwrap(), step);
        }
    }
}
