//! Reading a pack: every fault named by item and field, nothing let through that could fail later.
//!
//! First every field is read by itself ([`Reader`]). Then one pass over all items checks what a single field
//! cannot know: references, duplicates, cycles, and the duties of grades.

use super::check::{check_pack, put_in_walking_order};
use super::fault::{FaultAt, FaultKind, Faults, PackFault};
use super::item::Item;
use super::name::ItemId;
use super::pack::{Pack, PackRef, Words};
use super::source::Reader;
use crate::digest::Digest;

/// The only format of pack that this core reads.
const FORMAT: &str = "xunan-checklist/1";

/// The largest pack in bytes: ten times today's, so that a foreign file is refused before it is parsed.
const MAX_BYTES: usize = 2 * 1024 * 1024;

impl Pack {
    /// Reads a pack and checks all of it.
    ///
    /// # Errors
    /// Every fault found, in the order of the file; never an empty list.
    pub fn load(bytes: &[u8]) -> Result<Self, Vec<PackFault>> {
        let mut faults = Faults::default();
        let pack = read_pack(bytes, &mut faults);
        if let Some(pack) = &pack {
            check_pack(pack, &mut faults);
        }
        match pack {
            Some(pack) if faults.list.is_empty() => Ok(put_in_walking_order(pack)),
            _ => Err(faults.list),
        }
    }
}

/// Begins to read a file of a format: the checks that come before any of its fields.
pub(super) fn open<'a, 'f>(bytes: &'a [u8], format: &str, faults: &'f mut Faults) -> Option<Reader<'a, 'f>> {
    if bytes.len() > MAX_BYTES {
        faults.add(&FaultAt::Pack, "file", FaultKind::TooLarge { bytes: bytes.len() });
        return None;
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        faults.add(&FaultAt::Pack, "file", FaultKind::NotUtf8);
        return None;
    };
    let mut reader = Reader::of(text, FaultAt::Pack, "file", faults)?;
    let found: String = reader.needed("format")?;
    if found != format {
        reader.refuse("format", FaultKind::OtherFormat(found));
        return None;
    }
    Some(reader)
}

fn read_pack(bytes: &[u8], faults: &mut Faults) -> Option<Pack> {
    let mut reader = open(bytes, FORMAT, faults)?;
    let id = reader.name("id");
    let edition = reader.name("edition");
    let valid_from = reader.needed("valid_from");
    let supersedes = reader.optional("supersedes");
    let title = reader.needed("title");
    let notice = reader.needed("notice");
    let words = read_words(&mut reader);
    let elements = reader.names("elements");
    let legal_bases = reader.needed_list("legal_bases");
    let sections = reader.needed_list("sections");
    let items = reader.objects("items");
    reader.finish("file");
    let items = items?.iter().enumerate().filter_map(|(at, raw)| read_item(at, raw.get(), faults)).collect();
    Some(Pack {
        reference: PackRef { id: id?, edition: edition?, hash: Digest::of(bytes) },
        valid_from: valid_from?,
        supersedes,
        title: title?,
        notice: notice?,
        words: words?,
        elements,
        legal_bases: legal_bases?,
        sections: sections?,
        items,
        by_id: Vec::new(),
    })
}

fn read_words(pack: &mut Reader<'_, '_>) -> Option<Words> {
    let mut reader = pack.object("words", FaultAt::Words)?;
    let facility_types = reader.needed("facility_types");
    let profiles = reader.needed("profiles");
    let measures = reader.needed("measures");
    let units = reader.needed("units");
    let authorities = reader.needed("authorities");
    reader.finish("words");
    Some(Words {
        facility_types: facility_types?,
        profiles: profiles?,
        measures: measures?,
        units: units?,
        authorities: authorities?,
    })
}

fn read_item(place: usize, json: &str, faults: &mut Faults) -> Option<Item> {
    let mut reader = Reader::of(json, FaultAt::Item(format!("#{}", place + 1)), "item", faults)?;
    let id: Option<ItemId> = reader.name("id");
    if let Some(id) = &id {
        reader.at = FaultAt::Item(id.to_string());
    }
    let section = reader.name("section");
    let text = reader.needed("text");
    let why = reader.optional("why");
    let note = reader.optional("note");
    let applies_to = reader.needed_list("applies_to");
    let profiles = reader.needed_list("profiles");
    let answer = reader.needed("answer");
    let photo = reader.needed("photo");
    let grade = reader.needed("grade");
    let grade_by_type = reader.optional("grade_by_type").unwrap_or_default();
    let grade_confidence = reader.needed("grade_confidence");
    let escalation = reader.optional("escalation").unwrap_or_default();
    let counts_as = reader.optional("counts_as");
    let deadline = reader.needed("deadline_days");
    let must_offer = reader.list("must_offer");
    let may_offer = reader.list("may_offer");
    let refer_to = reader.names("refer_to");
    let reach = reader.optional("reach").unwrap_or_default();
    let basis = reader.needed_list("basis");
    let covers = reader.names("covers");
    reader.finish("item");
    Some(Item {
        id: id?,
        section: section?,
        text: text?,
        why,
        note,
        applies_to: applies_to?,
        profiles: profiles?,
        answer: answer?,
        photo: photo?,
        grade: grade?,
        grade_by_type,
        grade_confidence: grade_confidence?,
        escalation,
        counts_as,
        deadline: deadline?,
        must_offer,
        may_offer,
        refer_to,
        reach,
        basis: basis?,
        covers,
    })
}
