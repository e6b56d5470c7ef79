//! From a draft without gaps to a record that cannot change.

use std::collections::BTreeMap;

use super::checklist::Answered as _;
use super::draft::{Draft, Inspector, Keeping, PhotoOf, SiteSigning};
use super::gaps::Gap;
use super::hazard::DraftHazard;
use super::record::{
    Content, FindingRecord, FindingSource, ItemRecord, RevisitRecord, SiteSignature, VisitRecord, Witness,
};
use super::sheet::HazardOf;
use crate::clock::{Date, Instant};
use crate::rules::{FireRules, Grade, Pack};

/// Why a draft cannot become a record. The draft is as before.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignRefused {
    /// Something is missing.
    #[error("{} things are missing", .0.len())]
    Gaps(Vec<Gap>),
    /// An inspector's certificate is not valid on the day of the visit.
    #[error("the certificate of {0} is not valid on the day of the visit")]
    CertificateExpired(String),
    /// The pack is not the one under which the visit was begun.
    #[error("the visit was begun under another rule pack")]
    OtherPack,
}

impl Draft {
    /// What people read and sign, graded by the pack. `None` while anything but signatures is missing.
    pub fn content(&self, pack: &Pack) -> Option<Content> {
        if *pack.reference() != self.head.pack || !self.gaps_before_signing(pack).is_empty() {
            return None;
        }
        let head = &self.head;
        let photos = self.kept_photos();
        let mut items = BTreeMap::new();
        for item in pack.items_for(self.facility_type(), self.profile()) {
            let filled = self.items.get(&item.id)?;
            let photos = photos.of(&PhotoOf::Item(item.id.clone())).to_vec();
            let record = ItemRecord { answer: filled.answer.clone()?, note: filled.note.clone(), photos };
            items.insert(item.id.clone(), record);
        }
        let findings =
            self.hazards(pack).into_iter().map(|hazard| self.finding(hazard)).collect::<Option<Vec<_>>>()?;
        let revisits = self.revisits.iter().map(|(hazard, revisit)| {
            let photos = photos.of(&PhotoOf::Revisit(*hazard)).to_vec();
            (*hazard, RevisitRecord { revisit: revisit.clone(), photos })
        });
        let mut content = Content {
            visit: head.visit,
            plan: head.plan,
            facility: head.facility.id,
            facility_name: head.facility.name.clone(),
            facility_type: head.facility.facility_type,
            division: head.facility.division.clone(),
            pack: head.pack.clone(),
            profile: head.profile,
            notice: head.notice,
            started: head.started,
            inspectors: [head.lead.clone(), self.signing.second.clone()?],
            site_person: self.signing.site.clone()?,
            items,
            findings,
            revisits: revisits.collect(),
            visit_photos: photos.of(&PhotoOf::Visit).to_vec(),
            photos: Vec::new(),
        };
        let named = content.named_photos();
        let kept = self.photos.values().filter(|photo| photo.keeping == Keeping::Kept);
        content.photos = kept
            .filter(|photo| named.contains(&photo.manifest.id))
            .map(|photo| photo.manifest.clone())
            .collect();
        Some(content)
    }

    fn finding(&self, hazard: DraftHazard) -> Option<FindingRecord> {
        let (proposed, grade) = (hazard.proposed?, hazard.grade?);
        let source = match (hazard.of, hazard.finding) {
            (HazardOf::Item(item), Some(finding)) => FindingSource::Item { item, finding, also: hazard.also },
            (HazardOf::Free(id), _) => {
                FindingSource::Free { title: self.free.get(&id)?.title.trim().to_owned(), proposed }
            }
            (HazardOf::Item(_), None) => return None,
        };
        let sheet = hazard.sheet;
        Some(FindingRecord {
            hazard: hazard.id,
            source,
            grade,
            description: sheet.description,
            place: sheet.place,
            due: hazard.due,
            measures: sheet.measures,
            responsible: sheet.responsible,
            // An opinion that was given while the item was graded major is kept on the sheet, but says nothing
            // about a lighter grade.
            second_opinion: sheet.second_opinion.filter(|_| proposed == Grade::Major),
            remedy: sheet.remedy,
            photos: hazard.photos,
        })
    }

    /// Closes the visit: two inspectors at least, who signed, and the site person, who signed or refused before
    /// a witness (安全生产法 67–68; 行政处罚法 42, 55; 国办发〔2024〕54号: certified inspectors only).
    ///
    /// `fire` is the rule set of the comprehensive fire judgement, if the device has one.
    ///
    /// # Errors
    /// [`SignRefused`], with every gap at once; the draft is as before.
    pub fn sign(
        &self,
        pack: &Pack,
        fire: Option<&FireRules>,
        now: Instant,
    ) -> Result<VisitRecord, SignRefused> {
        if *pack.reference() != self.head.pack {
            return Err(SignRefused::OtherPack);
        }
        let gaps = self.gaps(pack);
        if !gaps.is_empty() {
            return Err(SignRefused::Gaps(gaps));
        }
        // Without gaps there is content and every signature; should the two ever disagree, nothing is signed.
        let missing = || SignRefused::Gaps(Vec::new());
        let content = self.content(pack).ok_or_else(missing)?;
        let on = self.on();
        if let Some(expired) = content.inspectors.iter().find(|inspector| !inspector.is_certified(on)) {
            return Err(SignRefused::CertificateExpired(expired.name.clone()));
        }
        let site = match self.signing.site_signing.clone().ok_or_else(missing)? {
            SiteSigning::Signed(signature) => SiteSignature::Signed(signature),
            SiteSigning::Refused { reason, witness, witness_signature } => {
                let witness = Witness { name: witness, signature: witness_signature.ok_or_else(missing)? };
                SiteSignature::Refused { reason, witness }
            }
        };
        Ok(VisitRecord {
            fire: fire.map(|fire| content.count_fire(pack, fire)),
            content,
            ended: now,
            lead_signature: self.signing.lead_signature.clone().ok_or_else(missing)?,
            second_signature: self.signing.second_signature.clone().ok_or_else(missing)?,
            site,
        })
    }
}

impl Inspector {
    /// Whether the certificate is valid on that day, its last day included.
    pub(super) fn is_certified(&self, on: Date) -> bool {
        self.certificate.valid_until >= on
    }
}
