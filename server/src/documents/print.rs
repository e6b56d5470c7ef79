//! Printing: sheets become a PDF that carries its fonts, and that says which character each glyph is.

use std::collections::{BTreeMap, BTreeSet};

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Content, Filter, Finish as _, Name, Pdf, Rect, Ref, Str, TextStr};
use subsetter::GlyphRemapper;
use ttf_parser::{GlyphId, Tag};
use xunan_core::document::Issue;

use super::fonts::{Fonts, OneFace};
use super::set::{HEIGHT, Ink, Sheet, Text, WIDTH};
use super::{Paper, PressError};

/// How strongly streams are compressed: what flate calls its usual.
const COMPRESSION: u8 = 6;

const IDENTITY: SystemInfo<'static> =
    SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

/// Prints sheets.
pub(super) fn print(
    sheets: &[Sheet],
    fonts: &Fonts<'_>,
    paper: Paper,
    issue: &Issue,
) -> Result<Vec<u8>, PressError> {
    let shown = |text: &&Text| paper == Paper::Blank || text.ink == Ink::Value;
    let mut used = Used::default();
    for text in sheets.iter().flat_map(|sheet| &sheet.texts).filter(shown) {
        used.note(text, fonts);
    }
    let mut next = 0;
    let mut new = || {
        next += 1;
        Ref::new(next)
    };
    let (catalog, tree, info) = (new(), new(), new());
    let mut pdf = Pdf::new();
    pdf.catalog(catalog).pages(tree).lang(TextStr("zh-CN"));
    let title = issue.kind().title(issue.office.kind);
    pdf.document_info(info)
        .title(TextStr(title))
        .author(TextStr(&issue.office.name))
        .creator(TextStr("Xun'an"));

    let mut resources = Vec::new();
    for (place, glyphs) in &used.faces {
        let font = new();
        let parts = [new(), new(), new(), new()];
        embed(&mut pdf, &fonts.faces[*place], glyphs, font, parts)?;
        resources.push((format!("F{place}"), font));
    }
    let mut pages = Vec::new();
    for sheet in sheets {
        let (page_id, content_id) = (new(), new());
        pages.push(page_id);
        let mut page = pdf.page(page_id);
        page.media_box(Rect::new(0.0, 0.0, WIDTH, HEIGHT)).parent(tree).contents(content_id);
        let mut resource = page.resources();
        let mut named = resource.fonts();
        for (name, font) in &resources {
            named.pair(Name(name.as_bytes()), *font);
        }
        named.finish();
        resource.finish();
        page.finish();
        let content = draw(sheet, fonts, &used, paper);
        pdf.stream(content_id, &deflated(&content)).filter(Filter::FlateDecode);
    }
    let count = i32::try_from(pages.len()).unwrap_or(i32::MAX);
    pdf.pages(tree).kids(pages).count(count);
    Ok(pdf.finish())
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec_zlib(bytes, COMPRESSION)
}

/// The glyphs of one face that are used, each with the character that it shows.
#[derive(Default)]
struct Glyphs {
    remapper: GlyphRemapper,
    characters: BTreeMap<u16, (GlyphId, char)>,
}

#[derive(Default)]
struct Used {
    faces: BTreeMap<usize, Glyphs>,
}

impl Used {
    fn note(&mut self, text: &Text, fonts: &Fonts<'_>) {
        for character in text.words.chars().collect::<BTreeSet<_>>() {
            let (place, glyph) = fonts.glyph(text.family, character);
            let glyphs = self.faces.entry(place).or_default();
            let new = glyphs.remapper.remap(glyph.0);
            glyphs.characters.entry(new).or_insert((glyph, character));
        }
    }

    /// The number of a glyph in the font that is embedded.
    fn number(&self, place: usize, glyph: GlyphId) -> u16 {
        self.faces.get(&place).and_then(|glyphs| glyphs.remapper.get(glyph.0)).unwrap_or(0)
    }
}

fn draw(sheet: &Sheet, fonts: &Fonts<'_>, used: &Used, paper: Paper) -> Vec<u8> {
    let mut content = Content::new();
    if paper == Paper::Blank {
        content.set_line_width(0.5);
        for [x1, y1, x2, y2] in &sheet.lines {
            content.move_to(*x1, *y1).line_to(*x2, *y2).stroke();
        }
    }
    for text in &sheet.texts {
        if paper == Paper::Preprinted && text.ink == Ink::Printed {
            continue;
        }
        content.begin_text().set_text_matrix([1.0, 0.0, 0.0, 1.0, text.x, text.y]);
        let glyphs: Vec<(usize, GlyphId)> =
            text.words.chars().map(|it| fonts.glyph(text.family, it)).collect();
        for part in glyphs.chunk_by(|one, other| one.0 == other.0) {
            let place = part[0].0;
            let codes: Vec<u8> =
                part.iter().flat_map(|(_, glyph)| used.number(place, *glyph).to_be_bytes()).collect();
            content.set_font(Name(format!("F{place}").as_bytes()), text.size).show(Str(&codes));
        }
        content.end_text();
    }
    content.finish().into_vec()
}

/// Embeds a face: only the glyphs that are used, numbered anew.
fn embed(
    pdf: &mut Pdf,
    face: &OneFace<'_>,
    glyphs: &Glyphs,
    font: Ref,
    [cid, descriptor, file, meanings]: [Ref; 4],
) -> Result<(), PressError> {
    let failed = |cause: String| PressError::Unreadable { file: face.name.clone(), cause };
    let subset = subsetter::subset(face.bytes, face.index, &glyphs.remapper)
        .map_err(|error| failed(format!("{error:?}")))?;
    // A subset's name begins with six capitals.
    let name = format!("XUNANA+{}", face.name.replace(' ', ""));
    let name = Name(name.as_bytes());
    pdf.type0_font(font)
        .base_font(name)
        .encoding_predefined(Name(b"Identity-H"))
        .descendant_font(cid)
        .to_unicode(meanings);

    let outlines = compact_outlines(&subset);
    let kind = if outlines.is_some() { CidFontType::Type0 } else { CidFontType::Type2 };
    let mut cid_font = pdf.cid_font(cid);
    cid_font.subtype(kind).base_font(name).system_info(IDENTITY).font_descriptor(descriptor);
    cid_font.default_width(1000.0);
    if kind == CidFontType::Type2 {
        cid_font.cid_to_gid_map_predefined(Name(b"Identity"));
    }
    let mut widths = cid_font.widths();
    for (number, (glyph, _)) in &glyphs.characters {
        widths.consecutive(*number, [face.width(*glyph)]);
    }
    widths.finish();
    cid_font.finish();

    let em = 1000.0 / f32::from(face.face.units_per_em());
    let scaled = |value: i16| f32::from(value) * em;
    let bounds = face.face.global_bounding_box();
    let mut described = pdf.font_descriptor(descriptor);
    described
        .name(name)
        .flags(FontFlags::SYMBOLIC)
        .bbox(Rect::new(
            scaled(bounds.x_min),
            scaled(bounds.y_min),
            scaled(bounds.x_max),
            scaled(bounds.y_max),
        ))
        .italic_angle(0.0)
        .ascent(scaled(face.face.ascender()))
        .descent(scaled(face.face.descender()))
        .cap_height(scaled(face.face.capital_height().unwrap_or(face.face.ascender())))
        .stem_v(80.0);
    match &outlines {
        Some(_) => described.font_file3(file),
        None => described.font_file2(file),
    };
    described.finish();

    let bytes = deflated(outlines.unwrap_or(&subset));
    let mut stream = pdf.stream(file, &bytes);
    stream.filter(Filter::FlateDecode);
    if kind == CidFontType::Type0 {
        stream.pair(Name(b"Subtype"), Name(b"CIDFontType0C"));
    }
    stream.finish();

    let mut cmap = UnicodeCmap::new(Name(b"Custom"), IDENTITY);
    for (number, (_, character)) in &glyphs.characters {
        cmap.pair(*number, *character);
    }
    pdf.cmap(meanings, &cmap.finish().into_vec());
    Ok(())
}

/// The outlines of an OpenType font that has them in the compact format; `None` for TrueType's.
fn compact_outlines(font: &[u8]) -> Option<&[u8]> {
    ttf_parser::RawFace::parse(font, 0).ok()?.table(Tag::from_bytes(b"CFF "))
}
