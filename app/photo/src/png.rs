//! PNG, row by row: a picture of any size is reduced as it comes out of the decoder, so that memory is that of the
//! result. Only an interlaced one has to be held whole.

use std::io::Cursor;

use png::{ColorType, Decoder, Limits, Reader, Transformations};

use crate::decoded::{Decoded, Size, over_white, rgb_image};
use crate::exif;
use crate::limits;
use crate::refusal::PhotoRefused;

/// Decodes to a size whose long edge is at least `edge` pixels, or the whole picture when it is smaller.
///
/// # Errors
/// [`PhotoRefused::TooManyPixels`] by header; [`PhotoRefused::Broken`] for damaged or cut off data.
pub(crate) fn decode(bytes: &[u8], edge: u32) -> Result<Decoded, PhotoRefused> {
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: limits::PNG_SIDE_BYTES });
    // Compressed texts and profiles are where a small PNG hides gigabytes. Neither is looked at.
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    decoder.set_transformations(Transformations::normalize_to_color8());
    let header = decoder.read_header_info().map_err(PhotoRefused::broken)?;
    let (size, interlaced) = (Size::of_header(header.width, header.height)?, header.interlaced);
    if interlaced {
        size.check_working_bytes(size.pixels().saturating_mul(header.bytes_per_pixel().max(4) as u64))?;
    }
    let mut reader = decoder.read_info().map_err(PhotoRefused::broken)?;
    let claims = reader.info().exif_metadata.as_deref().map(exif::claims).unwrap_or_default();

    let mut shrink = BoxShrink::new(size, edge);
    let (color, _) = reader.output_color_type();
    if interlaced {
        each_row_of_whole(&mut reader, size, |row| shrink.push_row(row, color))?;
    } else {
        while let Some(row) = reader.next_row().map_err(PhotoRefused::broken)? {
            shrink.push_row(row.data(), color);
        }
    }
    Ok(Decoded { pixels: shrink.finish()?, full_size: size, claims })
}

fn each_row_of_whole(
    reader: &mut Reader<Cursor<&[u8]>>,
    size: Size,
    push_row: impl FnMut(&[u8]),
) -> Result<(), PhotoRefused> {
    let bytes =
        reader.output_buffer_size().ok_or_else(|| PhotoRefused::broken("a picture larger than memory"))?;
    let mut whole = vec![0; bytes];
    reader.next_frame(&mut whole).map_err(PhotoRefused::broken)?;
    let row_bytes = reader.output_line_size(size.width()).unwrap_or(bytes).max(1);
    whole.chunks_exact(row_bytes).for_each(push_row);
    Ok(())
}

/// Averages squares of `factor`×`factor` pixels, as rows come in. The last square of a row or column may be cut.
struct BoxShrink {
    width: usize,
    factor: usize,
    /// Sums of red, green and blue for each square of the band that is being filled.
    sums: Vec<[u32; 3]>,
    rows_in_band: usize,
    rgb: Vec<u8>,
    out_height: u32,
}

impl BoxShrink {
    /// Chooses the largest power of two that leaves the long edge at least `edge` pixels.
    fn new(size: Size, edge: u32) -> Self {
        let factor = (0..16)
            .map(|power| 1 << power)
            .take_while(|&factor| size.long_edge().div_ceil(factor) >= edge)
            .last()
            .unwrap_or(1);
        let out_width = size.width().div_ceil(factor) as usize;
        Self {
            width: size.width() as usize,
            factor: factor as usize,
            sums: vec![[0; 3]; out_width],
            rows_in_band: 0,
            rgb: Vec::with_capacity(out_width * size.height().div_ceil(factor) as usize * 3),
            out_height: 0,
        }
    }

    /// Adds a row of eight-bit samples.
    fn push_row(&mut self, row: &[u8], color: ColorType) {
        match color {
            ColorType::Grayscale => self.add(row.iter().map(|&grey| [grey; 3])),
            ColorType::GrayscaleAlpha => {
                self.add(row.as_chunks().0.iter().map(|&[grey, alpha]| [over_white(grey, alpha); 3]));
            }
            ColorType::Rgba => self.add(
                row.as_chunks()
                    .0
                    .iter()
                    .map(|&[r, g, b, alpha]| [r, g, b].map(|sample| over_white(sample, alpha))),
            ),
            // The decoder has expanded palettes to colours.
            ColorType::Rgb | ColorType::Indexed => self.add(row.as_chunks().0.iter().copied()),
        }
    }

    fn add(&mut self, row: impl Iterator<Item = [u8; 3]>) {
        if self.factor == 1 {
            self.rgb.extend(row.flatten());
            self.out_height += 1;
            return;
        }
        for (x, pixel) in row.enumerate() {
            if let Some(sums) = self.sums.get_mut(x / self.factor) {
                sums.iter_mut().zip(pixel).for_each(|(sum, sample)| *sum += u32::from(sample));
            }
        }
        self.rows_in_band += 1;
        if self.rows_in_band == self.factor {
            self.close_band();
        }
    }

    fn close_band(&mut self) {
        for (x, sums) in self.sums.iter_mut().enumerate() {
            let columns = self.factor.min(self.width - x * self.factor);
            // A square has at most 64 × 64 pixels: the longest edge, 65,500, divided by 1,600, as a power of two.
            let count = (columns * self.rows_in_band) as u32;
            self.rgb.extend(sums.map(|sum| ((sum + count / 2) / count) as u8));
            *sums = [0; 3];
        }
        self.rows_in_band = 0;
        self.out_height += 1;
    }

    fn finish(mut self) -> Result<image::RgbImage, PhotoRefused> {
        if self.rows_in_band > 0 {
            self.close_band();
        }
        let out_width = u32::try_from(self.sums.len()).unwrap_or(u32::MAX);
        rgb_image(out_width, self.out_height, self.rgb)
    }
}
