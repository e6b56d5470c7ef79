//! Why a photo was not taken in: a few plain codes that the app translates, and details for whoever helps.

use std::fmt;
use std::str::FromStr;

/// A photo that cannot be used, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhotoRefused {
    /// No bytes at all 空文件: the camera app was killed while it wrote, or a cloud placeholder was picked.
    #[error("the file is empty")]
    Empty,
    /// More bytes than [`crate::limits::MAX_BYTES`].
    #[error("{bytes} bytes")]
    TooManyBytes {
        /// The file's size, in bytes.
        bytes: u64,
    },
    /// More pixels, by the header, than can be decoded within [`crate::limits`].
    #[error("{width_px}x{height_px} pixels")]
    TooManyPixels {
        /// Width by the header, in pixels.
        width_px: u32,
        /// Height by the header, in pixels.
        height_px: u32,
    },
    /// Not a picture of any kind we know: text, a document, a film, a drawing (SVG).
    #[error("not an image")]
    NotAnImage,
    /// A picture of a kind that is not decoded here. The browser may still be able to.
    #[error("{format}")]
    UnsupportedFormat {
        /// Which kind.
        format: ForeignFormat,
    },
    /// A picture that is cut off or damaged.
    #[error("{reason}")]
    Broken {
        /// What the decoder stumbled over, in English, for a report.
        reason: String,
    },
    /// Nothing can be seen on it: one even colour.
    #[error("the picture is blank")]
    Blank,
}

impl PhotoRefused {
    /// The code that stands for this refusal wherever it is stored, sent or translated.
    pub const fn code(&self) -> RefusalCode {
        match self {
            Self::Empty => RefusalCode::Empty,
            Self::TooManyBytes { .. } => RefusalCode::TooManyBytes,
            Self::TooManyPixels { .. } => RefusalCode::TooManyPixels,
            Self::NotAnImage => RefusalCode::NotAnImage,
            Self::UnsupportedFormat { .. } => RefusalCode::UnsupportedFormat,
            Self::Broken { .. } => RefusalCode::Broken,
            Self::Blank => RefusalCode::Blank,
        }
    }

    #[cfg(feature = "codec")]
    pub(crate) fn broken(reason: impl fmt::Display) -> Self {
        Self::Broken { reason: reason.to_string() }
    }
}

/// A picture format that the pipeline recognises but leaves to the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForeignFormat {
    /// HEIF and HEIC: what iPhones write.
    Heif,
    /// AVIF.
    Avif,
    /// JPEG XL.
    JpegXl,
    /// GIF.
    Gif,
    /// Windows bitmap.
    Bmp,
    /// TIFF, and the raw formats of cameras that are built upon it.
    Tiff,
    /// A JPEG of a process that no camera uses: lossless, arithmetic, hierarchical, 12 bits.
    UnusualJpeg,
    /// A moving WebP.
    AnimatedWebp,
}

impl fmt::Display for ForeignFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Heif => "heif",
            Self::Avif => "avif",
            Self::JpegXl => "jxl",
            Self::Gif => "gif",
            Self::Bmp => "bmp",
            Self::Tiff => "tiff",
            Self::UnusualJpeg => "unusual jpeg",
            Self::AnimatedWebp => "animated webp",
        })
    }
}

/// The code of a refusal. Codes are never renamed: they stand in stored reports and in translations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RefusalCode {
    /// [`PhotoRefused::Empty`].
    Empty,
    /// [`PhotoRefused::TooManyBytes`].
    TooManyBytes,
    /// [`PhotoRefused::TooManyPixels`].
    TooManyPixels,
    /// [`PhotoRefused::NotAnImage`].
    NotAnImage,
    /// [`PhotoRefused::UnsupportedFormat`].
    UnsupportedFormat,
    /// [`PhotoRefused::Broken`].
    Broken,
    /// [`PhotoRefused::Blank`].
    Blank,
}

impl RefusalCode {
    /// All of them, in the order in which the pipeline can find them.
    pub const ALL: [Self; 7] = [
        Self::Empty,
        Self::TooManyBytes,
        Self::NotAnImage,
        Self::UnsupportedFormat,
        Self::TooManyPixels,
        Self::Broken,
        Self::Blank,
    ];

    /// The code as text, e.g. `too_many_pixels`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooManyBytes => "too_many_bytes",
            Self::TooManyPixels => "too_many_pixels",
            Self::NotAnImage => "not_an_image",
            Self::UnsupportedFormat => "unsupported_format",
            Self::Broken => "broken",
            Self::Blank => "blank",
        }
    }
}

impl fmt::Display for RefusalCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A text that is not a [`RefusalCode`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a refusal code")]
pub struct UnknownCode;

impl FromStr for RefusalCode {
    type Err = UnknownCode;

    fn from_str(text: &str) -> Result<Self, UnknownCode> {
        Self::ALL.into_iter().find(|code| code.as_str() == text).ok_or(UnknownCode)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_reads_back_as_itself() {
        for code in RefusalCode::ALL {
            assert_eq!(code.to_string().parse(), Ok(code));
        }
        assert_eq!("Empty".parse::<RefusalCode>(), Err(UnknownCode));
    }
}
