//! Making pixels fewer.

use image::RgbImage;

use crate::decoded::Size;
use crate::refusal::PhotoRefused;

/// How much care is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Care {
    /// Lanczos with three lobes: for the picture that is evidence.
    Sharp,
    /// A plain average: for thumbnails.
    Quick,
}

/// Resizes to exactly `size`.
///
/// # Errors
/// [`PhotoRefused::Broken`] when the resizer declines; with sizes from [`Size`] it does not.
pub(crate) fn resize(pixels: RgbImage, size: Size, care: Care) -> Result<RgbImage, PhotoRefused> {
    if pixels.dimensions() == (size.width(), size.height()) {
        Ok(pixels)
    } else {
        shrink(&pixels, size, care)
    }
}

/// As [`resize`], and keeps what is resized.
///
/// # Errors
/// As [`resize`].
pub(crate) fn resized(pixels: &RgbImage, size: Size, care: Care) -> Result<RgbImage, PhotoRefused> {
    if pixels.dimensions() == (size.width(), size.height()) {
        Ok(pixels.clone())
    } else {
        shrink(pixels, size, care)
    }
}

#[cfg(any(not(target_arch = "wasm32"), target_feature = "simd128"))]
fn shrink(pixels: &RgbImage, size: Size, care: Care) -> Result<RgbImage, PhotoRefused> {
    use fast_image_resize::images::{TypedImage, TypedImageRef};
    use fast_image_resize::pixels::U8x3;
    use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};

    let filter = match care {
        Care::Sharp => FilterType::Lanczos3,
        Care::Quick => FilterType::Box,
    };
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(filter));
    let mut small = RgbImage::new(size.width(), size.height());
    // Typed images: the untyped entry would compile the resizer for thirteen pixel types, of which we have one.
    let source = TypedImageRef::<U8x3>::from_buffer(pixels.width(), pixels.height(), pixels.as_raw())
        .map_err(PhotoRefused::broken)?;
    let mut target = TypedImage::<U8x3>::from_buffer(size.width(), size.height(), &mut small)
        .map_err(PhotoRefused::broken)?;
    Resizer::new().resize_typed(&source, &mut target, &options).map_err(PhotoRefused::broken)?;
    Ok(small)
}

/// The build for engines without SIMD. `fast_image_resize` takes SIMD for granted on wasm32, and one such instruction
/// anywhere makes an engine without it refuse the whole module.
#[cfg(all(target_arch = "wasm32", not(target_feature = "simd128")))]
fn shrink(pixels: &RgbImage, size: Size, care: Care) -> Result<RgbImage, PhotoRefused> {
    use image::imageops::{self, FilterType};

    Ok(match care {
        Care::Sharp => imageops::resize(pixels, size.width(), size.height(), FilterType::Lanczos3),
        Care::Quick => imageops::thumbnail(pixels, size.width(), size.height()),
    })
}
