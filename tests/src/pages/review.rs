//! The review and the signing pages: people, opinions, names written on glass, the end.

use crate::browser::Browser;

/// The review on screen.
#[derive(Debug)]
pub struct Review<'a>(pub &'a Browser);

impl Review<'_> {
    /// Chooses the second inspector (the first of the roster) and names the person in charge.
    pub async fn name_people(&self, site_person: &str) {
        self.0.choose("main select", 1).await;
        self.0.type_into("main input", site_person).await;
    }

    /// The second inspector takes the phone, agrees with every major hazard, and signs.
    pub async fn sign_as_second(&self) {
        self.begin_signing().await;
        self.take_phone().await;
        self.agree_with_all().await;
        self.write_name().await;
        self.give_phone_back().await;
    }

    /// The lead signs.
    pub async fn sign_as_lead(&self) {
        self.begin_signing().await;
        self.write_name().await;
    }

    /// The person in charge takes the phone and signs.
    pub async fn sign_as_site_person(&self) {
        self.begin_signing().await;
        self.take_phone().await;
        self.write_name().await;
        self.give_phone_back().await;
    }

    /// Issues the record.
    pub async fn finish(&self) {
        self.0.click("main .button", "完成并签发记录").await;
        self.0.click("dialog[open] .button", "签发记录").await;
    }

    /// Goes to the page of whoever signs next.
    pub async fn begin_signing(&self) {
        self.0.press_css(".signer[data-state=now] a.button").await;
    }

    /// Whoever signs says that the phone is in their hands.
    pub async fn take_phone(&self) {
        self.0.click("main.handover .button", "我是").await;
        self.0.see("main h2").await;
    }

    /// Agrees with every major hazard.
    pub async fn agree_with_all(&self) {
        let majors = self.0.count(".card .segment:first-child").await;
        for at in 0..majors {
            self.0.press_nth(".card .segment:first-child", at).await;
        }
    }

    /// Opens the pad, writes a name on it, and closes it.
    pub async fn write_name(&self) {
        self.open_pad().await;
        self.0.draw_on(".signature-pad").await;
        self.0.click(".signature .button", "签好了").await;
    }

    /// Opens the pad.
    pub async fn open_pad(&self) {
        self.0.click("main .button", "签名").await;
        self.0.see(".signature-pad").await;
    }

    /// Gives the phone back to the lead.
    pub async fn give_phone_back(&self) {
        self.0.click("main.handover .button", "返回").await;
    }
}
