//! The fonts of this machine: which files, and which of their faces.
//!
//! 仿宋_GB2312 and 黑体 are not free, so servers seldom have them; Noto and WenQuanYi are what Debian, UOS and Kylin bring.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ttf_parser::{Face, GlyphId};

use super::PressError;

/// What a text is set in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Family {
    /// 仿宋
    Body,
    /// 黑体
    Head,
}

/// How font files of body text begin, in lower case, the best first.
const BODY: [&str; 12] = [
    "fangsong_gb2312",
    "simfang",
    "stfangso",
    "fandolfang-regular",
    "fzfsk",
    "notoserifcjk-regular",
    "notoserifcjksc-regular",
    "notoserifsc",
    "sourcehanserifsc-regular",
    "sourcehanserifcn-regular",
    "simsun",
    "uming",
];

/// How font files of heads begin.
const HEAD: [&str; 9] = [
    "simhei",
    "stheiti",
    "fandolhei-regular",
    "notosanscjk-regular",
    "notosanscjksc-regular",
    "notosanssc",
    "sourcehansanssc-regular",
    "sourcehansanscn-regular",
    "wqy-microhei",
];

/// How files begin that serve for anything, when nothing better is there, or for characters that the better lacks.
const ANY: [&str; 4] = ["wqy-zenhei", "wqy-microhei", "droidsansfallback", "notosanscjk"];

/// Folders below a folder of fonts, at most: deeper is a loop.
const DEEPEST: usize = 6;

/// A character that every Chinese font has.
const PROBE: char = '安';

/// Font files by family, the best first.
#[derive(Debug, Default)]
pub(super) struct FontFiles {
    body: Vec<PathBuf>,
    head: Vec<PathBuf>,
}

impl FontFiles {
    /// Looks where systems keep fonts.
    pub(super) fn find() -> Self {
        let home = std::env::var_os("HOME").map(PathBuf::from);
        let own = home.iter().flat_map(|home| [home.join(".fonts"), home.join(".local/share/fonts")]);
        let folders =
            ["/usr/share/fonts", "/usr/local/share/fonts"].map(PathBuf::from).into_iter().chain(own);
        let mut files = Vec::new();
        folders.for_each(|folder| font_files(&folder, DEEPEST, &mut files));
        Self::among(&files)
    }

    fn among(files: &[(String, PathBuf)]) -> Self {
        let best = |names: &[&str]| {
            let wanted = names.iter().chain(&ANY);
            let mut found: Vec<PathBuf> = Vec::new();
            for name in wanted {
                let file = files.iter().find(|(file, _)| file.starts_with(name)).map(|(_, path)| path);
                found.extend(file.filter(|path| !found.contains(path)).cloned());
            }
            // One to set in and one for what it lacks.
            found.truncate(2);
            found
        };
        Self { body: best(&BODY), head: best(&HEAD) }
    }

    /// Reads the files.
    pub(super) fn load(&self) -> Result<Loaded, PressError> {
        let mut files = BTreeMap::new();
        for path in self.body.iter().chain(&self.head) {
            if !files.contains_key(path) {
                let bytes = std::fs::read(path).map_err(|error| unreadable(path, &error))?;
                files.insert(path.clone(), bytes);
            }
        }
        let named = |paths: &[PathBuf]| paths.to_vec();
        Ok(Loaded { files, body: named(&self.body), head: named(&self.head) })
    }
}

/// Every font file below a folder, by its name in lower case. What cannot be read is passed over: there may be others.
fn font_files(folder: &Path, depth: usize, found: &mut Vec<(String, PathBuf)>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() && depth > 0 {
            font_files(&path, depth - 1, found);
        }
        let ends = path.extension().and_then(|it| it.to_str()).map(str::to_ascii_lowercase);
        if let (Some("ttf" | "otf" | "ttc"), Some(name)) =
            (ends.as_deref(), path.file_name().and_then(|it| it.to_str()))
        {
            found.push((name.to_lowercase(), path.clone()));
        }
    }
    found.sort();
}

fn unreadable(path: &Path, cause: &dyn std::fmt::Display) -> PressError {
    PressError::Unreadable { file: path.display().to_string(), cause: cause.to_string() }
}

/// The bytes of font files.
pub(super) struct Loaded {
    files: BTreeMap<PathBuf, Vec<u8>>,
    body: Vec<PathBuf>,
    head: Vec<PathBuf>,
}

/// One face that can be set in.
pub(super) struct OneFace<'a> {
    /// The whole file.
    pub(super) bytes: &'a [u8],
    /// Which of its faces.
    pub(super) index: u32,
    /// The same, read.
    pub(super) face: Face<'a>,
    /// The family's name, for the PDF.
    pub(super) name: String,
}

/// The faces of both families.
pub(super) struct Fonts<'a> {
    /// All, each once.
    pub(super) faces: Vec<OneFace<'a>>,
    body: Vec<usize>,
    head: Vec<usize>,
}

impl<'a> Fonts<'a> {
    /// Reads the faces of loaded files.
    pub(super) fn of(loaded: &'a Loaded) -> Result<Self, PressError> {
        let (mut faces, mut at) = (Vec::new(), BTreeMap::new());
        for (path, bytes) in &loaded.files {
            let face = chinese_face(bytes).ok_or_else(|| unreadable(path, &"no Chinese face"))?;
            at.insert(path, faces.len());
            faces.push(face);
        }
        let places = |paths: &[PathBuf]| paths.iter().filter_map(|path| at.get(path).copied()).collect();
        let fonts = Self { body: places(&loaded.body), head: places(&loaded.head), faces };
        if fonts.body.is_empty() || fonts.head.is_empty() { Err(PressError::NoFont) } else { Ok(fonts) }
    }

    /// The face and the glyph of a character: of the first face that has it, else the first face's mark for what it lacks.
    pub(super) fn glyph(&self, family: Family, character: char) -> (usize, GlyphId) {
        let places = match family {
            Family::Body => &self.body,
            Family::Head => &self.head,
        };
        let found = places.iter().find_map(|place| {
            let glyph = self.faces[*place].face.glyph_index(character)?;
            Some((*place, glyph))
        });
        found.unwrap_or((places[0], GlyphId(0)))
    }

    /// How wide a character is, in thousandths of its size.
    pub(super) fn width(&self, family: Family, character: char) -> f32 {
        let (place, glyph) = self.glyph(family, character);
        self.faces[place].width(glyph)
    }
}

impl OneFace<'_> {
    /// How wide a glyph is, in thousandths of its size.
    pub(super) fn width(&self, glyph: GlyphId) -> f32 {
        let advance = self.face.glyph_hor_advance(glyph).unwrap_or(0);
        f32::from(advance) * 1000.0 / f32::from(self.face.units_per_em())
    }
}

/// The face of a file that is for simplified Chinese: a collection holds one for each country.
fn chinese_face(bytes: &[u8]) -> Option<OneFace<'_>> {
    let many = ttf_parser::fonts_in_collection(bytes).unwrap_or(1);
    let read = |index| {
        let face = Face::parse(bytes, index).ok()?;
        face.glyph_index(PROBE)?;
        let name = family_name(&face);
        Some(OneFace { bytes, index, face, name })
    };
    let all: Vec<OneFace<'_>> = (0..many).filter_map(read).collect();
    let simplified = all.iter().position(|it| it.name.contains("SC") || it.name.contains("CN"));
    all.into_iter().nth(simplified.unwrap_or(0))
}

fn family_name(face: &Face<'_>) -> String {
    let names = face.names();
    let family = names
        .into_iter()
        .filter(|name| name.name_id == ttf_parser::name_id::FAMILY)
        .find_map(|name| name.to_string().filter(|name| name.is_ascii()));
    family.unwrap_or_else(|| "Font".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_file_that_is_there_is_taken_and_one_for_what_it_lacks() {
        let files = |names: &[&str]| {
            let all = names.iter().map(|name| (name.to_lowercase(), PathBuf::from(name)));
            FontFiles::among(&all.collect::<Vec<_>>())
        };
        let windows = files(&["SimFang.ttf", "SIMHEI.TTF", "NotoSerifCJK-Regular.ttc"]);
        assert_eq!(windows.body[0], Path::new("SimFang.ttf"));
        assert_eq!(windows.head[0], Path::new("SIMHEI.TTF"));
        let debian = files(&["NotoSansCJK-Regular.ttc", "NotoSerifCJK-Regular.ttc", "DejaVuSans.ttf"]);
        assert_eq!(debian.body, ["NotoSerifCJK-Regular.ttc", "NotoSansCJK-Regular.ttc"].map(PathBuf::from));
        assert_eq!(debian.head, ["NotoSansCJK-Regular.ttc"].map(PathBuf::from));
        assert!(files(&["DejaVuSans.ttf"]).body.is_empty());
    }
}
