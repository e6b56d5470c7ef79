//! Forms that were begun and not signed: closing a sheet by mistake loses nothing as long as its page lives.

use leptos::prelude::*;

/// The forms of a page, each by the step that it is for.
pub(super) struct Begun<Step: 'static, Form: 'static> {
    forms: StoredValue<Vec<(Step, Form)>, LocalStorage>,
    /// The page, whose signals outlive the sheet's.
    page: StoredValue<Owner>,
}

impl<Step, Form> Clone for Begun<Step, Form> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Step, Form> Copy for Begun<Step, Form> {}

impl<Step: Copy + PartialEq, Form: Copy> Begun<Step, Form> {
    /// None yet; `forget` is told of each that is left when the page goes.
    pub(super) fn on_this_page(forget: impl Fn(Form) + Send + Sync + 'static) -> Self {
        let owner = Owner::current().unwrap_or_default();
        let begun = Self { forms: StoredValue::new_local(Vec::new()), page: StoredValue::new(owner) };
        on_cleanup(move || {
            begun.forms.try_with_value(|forms| forms.iter().for_each(|(_, form)| forget(*form)));
        });
        begun
    }

    /// The form of a step: as it was left when it is `still_ours`, or a new one.
    pub(super) fn form(
        self,
        step: Step,
        still_ours: impl Fn(Form) -> bool,
        begin: impl FnOnce() -> Form,
    ) -> Form {
        let left = self.forms.with_value(|forms| {
            forms.iter().find(|(own, form)| *own == step && still_ours(*form)).map(|(_, form)| *form)
        });
        left.unwrap_or_else(|| {
            let form = self.page.with_value(|page| page.with(begin));
            self.forms.update_value(|forms| forms.push((step, form)));
            form
        })
    }

    /// It was signed.
    pub(super) fn end(self, step: Step) {
        self.forms.try_update_value(|forms| forms.retain(|(own, _)| *own != step));
    }
}
