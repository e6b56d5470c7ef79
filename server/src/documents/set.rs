//! Setting: core's blocks become text and lines at places on A4.
//!
//! Measures are points from the lower left corner, as PDF has it; margins after GB/T 9704 (公文格式), a little narrower at
//! the sides, since forms have tables.

use xunan_core::document::{Block, Run};

use super::fonts::{Family, Fonts};
use super::line_break::lines;

/// A4.
pub(super) const WIDTH: f32 = 595.28;
pub(super) const HEIGHT: f32 = 841.89;
const LEFT: f32 = 79.0;
const RIGHT: f32 = WIDTH - 74.0;
const TOP: f32 = HEIGHT - 90.0;
const BOTTOM: f32 = 85.0;

/// 四号, and what a line of it takes.
const BODY_SIZE: f32 = 14.0;
const BODY_LEAD: f32 = 25.0;
/// 二号 and 小三.
const TITLE_SIZE: f32 = 22.0;
const OFFICE_SIZE: f32 = 15.0;
/// 五号, in tables and at the foot.
const SMALL_SIZE: f32 = 10.5;
const SMALL_LEAD: f32 = 15.0;
/// Between a cell's edge and its words.
const CELL_EDGE: f32 = 4.0;
/// Room for a seal of 42 mm.
const SEAL_ROOM: f32 = 95.0;
/// Room for a signature written by hand.
const SIGN_ROOM: f32 = 34.0;
/// The boxes of a day.
const YEAR_BOX: f32 = 44.0;
const DAY_BOX: f32 = 28.0;

/// Whether something stands on pre-printed paper already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    Printed,
    Value,
}

/// A text at a place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Text {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) size: f32,
    pub(super) family: Family,
    pub(super) ink: Ink,
    pub(super) words: String,
}

/// One side of paper. Lines are always printed beforehand.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Sheet {
    pub(super) texts: Vec<Text>,
    /// From, to.
    pub(super) lines: Vec<[f32; 4]>,
}

/// Sets blocks.
pub(super) fn set(blocks: &[Block], fonts: &Fonts<'_>) -> Vec<Sheet> {
    let mut setter = Setter { fonts, sheets: vec![Sheet::default()], y: TOP };
    for block in blocks {
        setter.block(block);
    }
    setter.number_pages();
    setter.sheets
}

struct Setter<'a> {
    fonts: &'a Fonts<'a>,
    sheets: Vec<Sheet>,
    /// Where the next line begins, at its top.
    y: f32,
}

impl Setter<'_> {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Title { office, text } => self.title(office, text),
            Block::Number { text } => self.number(text.as_deref()),
            Block::Field { label, value } => self.field(label, value),
            Block::Paragraph { runs } => self.paragraph(runs),
            Block::Table { head, rows } => self.table(head, rows),
            Block::SignLine { label, value } => self.sign_line(label, value),
            Block::SealPlace { office } => self.seal_place(office),
            Block::Boxes { label, year, month, day } => self.boxes(label, [year, month, day]),
        }
    }

    fn sheet(&mut self) -> &mut Sheet {
        let Some(sheet) = self.sheets.last_mut() else { unreachable!("there is always a sheet") };
        sheet
    }

    /// Begins another sheet unless so much room is left.
    fn need(&mut self, room: f32) {
        if self.y - room < BOTTOM {
            self.sheets.push(Sheet::default());
            self.y = TOP;
        }
    }

    fn wide(&self, family: Family, size: f32, words: &str) -> f32 {
        words.chars().map(|it| self.fonts.width(family, it) * size / 1000.0).sum()
    }

    /// Writes a text with its foot at the foot of the line that begins at `self.y`.
    fn write(&mut self, x: f32, lead: f32, (family, size, ink): (Family, f32, Ink), words: &str) -> f32 {
        let width = self.wide(family, size, words);
        // The foot of a character hangs a fifth below its line; the rest of the lead is shared above and below.
        let y = self.y - (lead + size) / 2.0 + size * 0.18;
        if !words.is_empty() {
            self.sheet().texts.push(Text { x, y, size, family, ink, words: words.to_owned() });
        }
        width
    }

    fn centred(&mut self, size: f32, words: &str) {
        let room = RIGHT - LEFT;
        for line in lines(words, room, 0.0, |it| self.fonts.width(Family::Head, it) * size / 1000.0) {
            let x = LEFT + (room - self.wide(Family::Head, size, &line)) / 2.0;
            self.write(x, size * 1.6, (Family::Head, size, Ink::Printed), &line);
            self.y -= size * 1.6;
        }
    }

    fn title(&mut self, office: &str, text: &str) {
        self.centred(OFFICE_SIZE, office);
        self.centred(TITLE_SIZE, text);
    }

    fn number(&mut self, text: Option<&str>) {
        match text {
            Some(text) => {
                let x = RIGHT - self.wide(Family::Body, BODY_SIZE, text);
                self.write(x, BODY_LEAD, (Family::Body, BODY_SIZE, Ink::Value), text);
            }
            // To be written in by hand once it is known.
            None => {
                let (top, foot, left) = (self.y - 2.0, self.y - BODY_LEAD + 2.0, RIGHT - 180.0);
                self.frame([left, foot, RIGHT, top]);
            }
        }
        self.y -= BODY_LEAD + 6.0;
    }

    fn frame(&mut self, [left, foot, right, top]: [f32; 4]) {
        self.sheet().lines.extend([
            [left, foot, right, foot],
            [left, top, right, top],
            [left, foot, left, top],
            [right, foot, right, top],
        ]);
    }

    fn field(&mut self, label: &str, value: &str) {
        let label = format!("{label}：");
        let start = LEFT + self.wide(Family::Body, BODY_SIZE, &label);
        let wide = |it| self.fonts.width(Family::Body, it) * BODY_SIZE / 1000.0;
        let broken = lines(value, RIGHT - start, 0.0, wide);
        for (at, line) in broken.iter().enumerate() {
            self.need(BODY_LEAD);
            if at == 0 {
                self.write(LEFT, BODY_LEAD, (Family::Body, BODY_SIZE, Ink::Printed), &label);
            }
            self.write(start, BODY_LEAD, (Family::Body, BODY_SIZE, Ink::Value), line);
            self.y -= BODY_LEAD;
            let foot = self.y + 3.0;
            self.sheet().lines.push([start, foot, RIGHT, foot]);
        }
    }

    fn paragraph(&mut self, runs: &[Run]) {
        let inked: Vec<(char, Ink)> = runs
            .iter()
            .flat_map(|run| {
                let ink = match run {
                    Run::Printed(_) => Ink::Printed,
                    Run::Value(_) => Ink::Value,
                };
                run.text().chars().map(move |it| (it, ink))
            })
            .collect();
        let text: String = inked.iter().map(|(it, _)| it).collect();
        let indent = 2.0 * BODY_SIZE;
        let wide = |it| self.fonts.width(Family::Body, it) * BODY_SIZE / 1000.0;
        let (mut at, mut x) = (0, LEFT + indent);
        for line in lines(&text, RIGHT - LEFT, indent, wide) {
            self.need(BODY_LEAD);
            let many = line.chars().count();
            for part in inked[at..at + many].chunk_by(|one, other| one.1 == other.1) {
                let words: String = part.iter().map(|(it, _)| it).collect();
                x += self.write(x, BODY_LEAD, (Family::Body, BODY_SIZE, part[0].1), &words);
            }
            at += many;
            // A break that somebody wrote is no character of a line.
            at += usize::from(inked.get(at).is_some_and(|(it, _)| *it == '\n'));
            x = LEFT;
            self.y -= BODY_LEAD;
        }
    }

    fn table(&mut self, head: &[(String, u16)], rows: &[Vec<String>]) {
        let room = RIGHT - LEFT;
        let mut edges = vec![LEFT];
        for (_, width) in head {
            edges.push(edges[edges.len() - 1] + room * f32::from(*width) / 100.0);
        }
        let names: Vec<String> = head.iter().map(|(name, _)| name.clone()).collect();
        let names = self.cells(&edges, &names);
        let most = ((TOP - BOTTOM - row_height(&names) - 2.0 * CELL_EDGE) / SMALL_LEAD) as usize;
        self.y -= 4.0;
        self.row(&edges, &names, Family::Head, Ink::Printed);
        for row in rows {
            for part in parts(&self.cells(&edges, row), most) {
                if self.y - row_height(&part) < BOTTOM {
                    self.need(HEIGHT);
                    self.row(&edges, &names, Family::Head, Ink::Printed);
                }
                self.row(&edges, &part, Family::Body, Ink::Value);
            }
        }
        self.y -= 6.0;
    }

    /// The cells of a row, each in its lines.
    fn cells(&self, edges: &[f32], row: &[String]) -> Vec<Vec<String>> {
        let wide = |it| self.fonts.width(Family::Body, it) * SMALL_SIZE / 1000.0;
        let cells = row.iter().zip(edges.windows(2));
        cells.map(|(words, edge)| lines(words, edge[1] - edge[0] - 2.0 * CELL_EDGE, 0.0, wide)).collect()
    }

    fn row(&mut self, edges: &[f32], cells: &[Vec<String>], family: Family, ink: Ink) {
        let height = row_height(cells);
        self.need(height);
        let top = self.y;
        for (lines, edge) in cells.iter().zip(edges.windows(2)) {
            self.y = top - CELL_EDGE;
            for line in lines {
                self.write(edge[0] + CELL_EDGE, SMALL_LEAD, (family, SMALL_SIZE, ink), line);
                self.y -= SMALL_LEAD;
            }
            self.frame([edge[0], top - height, edge[1], top]);
        }
        self.y = top - height;
    }

    fn sign_line(&mut self, label: &str, value: &str) {
        self.need(SIGN_ROOM);
        let label = format!("{label}：");
        let start = LEFT + self.write(LEFT, SIGN_ROOM, (Family::Body, BODY_SIZE, Ink::Printed), &label);
        let end = start + self.write(start, SIGN_ROOM, (Family::Body, BODY_SIZE, Ink::Value), value);
        let foot = self.y - SIGN_ROOM + 7.0;
        self.sheet().lines.push([end + 6.0, foot, RIGHT.max(end + 60.0), foot]);
        self.y -= SIGN_ROOM;
    }

    /// The office's name, over which the seal goes; the day that follows stays on the same sheet.
    fn seal_place(&mut self, office: &str) {
        self.need(SEAL_ROOM + BODY_LEAD);
        self.y -= SEAL_ROOM - BODY_LEAD;
        let words = format!("{office}（印章）");
        let x = (RIGHT - self.wide(Family::Body, BODY_SIZE, &words)).max(LEFT);
        self.write(x, BODY_LEAD, (Family::Body, BODY_SIZE, Ink::Printed), &words);
        self.y -= BODY_LEAD;
    }

    fn boxes(&mut self, label: &str, values: [&String; 3]) {
        self.need(BODY_LEAD);
        let label = format!("{label}：");
        let parts = [(YEAR_BOX, "年"), (DAY_BOX, "月"), (DAY_BOX, "日")];
        let all = self.wide(Family::Body, BODY_SIZE, &label)
            + parts.iter().map(|(room, unit)| room + self.wide(Family::Body, BODY_SIZE, unit)).sum::<f32>();
        let mut x = RIGHT - all;
        x += self.write(x, BODY_LEAD, (Family::Body, BODY_SIZE, Ink::Printed), &label);
        for ((room, unit), value) in parts.into_iter().zip(values) {
            let middle = (room - self.wide(Family::Body, BODY_SIZE, value)) / 2.0;
            self.write(x + middle.max(0.0), BODY_LEAD, (Family::Body, BODY_SIZE, Ink::Value), value);
            x += room;
            x += self.write(x, BODY_LEAD, (Family::Body, BODY_SIZE, Ink::Printed), unit);
        }
        self.y -= BODY_LEAD;
    }

    fn number_pages(&mut self) {
        let all = self.sheets.len();
        for number in 1..=all {
            let words = format!("第{number}页 共{all}页");
            let x = (WIDTH - self.wide(Family::Body, SMALL_SIZE, &words)) / 2.0;
            let (family, ink) = (Family::Body, Ink::Printed);
            let text = Text { x, y: BOTTOM - 35.0, size: SMALL_SIZE, family, ink, words };
            self.sheets[number - 1].texts.push(text);
        }
    }
}

fn row_height(cells: &[Vec<String>]) -> f32 {
    let most = cells.iter().map(Vec::len).max().unwrap_or(1);
    most as f32 * SMALL_LEAD + 2.0 * CELL_EDGE
}

/// A row as rows of at most so many lines: what a sheet has no room for goes on in a row of its own.
fn parts(cells: &[Vec<String>], most: usize) -> Vec<Vec<Vec<String>>> {
    let longest = cells.iter().map(Vec::len).max().unwrap_or(1);
    let part =
        |from| cells.iter().map(|lines| lines.iter().skip(from).take(most).cloned().collect()).collect();
    (0..longest).step_by(most.max(1)).map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::fonts::FontFiles;

    #[test]
    fn nothing_of_a_row_that_is_longer_than_a_sheet_is_lost() {
        let loaded = FontFiles::find().load().unwrap();
        let fonts = Fonts::of(&loaded).unwrap();
        let note: String = (0..2000).map(|at| char::from_u32(0x4e00 + at).unwrap()).collect();
        let head = [("项目".to_owned(), 80), ("情况".to_owned(), 20)];
        let rows = vec![vec!["灭火器".to_owned(), note.clone()], vec!["末行".to_owned(), "正常".to_owned()]];
        let sheets = set(&[Block::Table { head: head.to_vec(), rows }], &fonts);
        assert!(sheets.len() > 1);
        let texts = || sheets.iter().flat_map(|sheet| &sheet.texts);
        let values: String =
            texts().filter(|text| text.ink == Ink::Value).map(|text| text.words.as_str()).collect();
        assert_eq!(values, format!("灭火器{note}末行正常"));
        let rows_end = |text: &Text| text.ink == Ink::Printed || text.y > BOTTOM;
        assert!(texts().all(rows_end), "set below the foot of a sheet");
    }
}
