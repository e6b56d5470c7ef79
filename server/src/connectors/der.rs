//! Reading DER (X.690), as far as a time-stamp needs it: elements of definite length, one after the other.
//!
//! Five values are read out of a `TimeStampResp`. A library for all of CMS would be ten crates for them.

/// Tags of the elements that are looked at.
pub(super) mod tag {
    pub(in super::super) const INTEGER: u8 = 0x02;
    pub(in super::super) const OCTET_STRING: u8 = 0x04;
    pub(in super::super) const OBJECT_IDENTIFIER: u8 = 0x06;
    pub(in super::super) const GENERALIZED_TIME: u8 = 0x18;
    pub(in super::super) const SEQUENCE: u8 = 0x30;
    pub(in super::super) const SET: u8 = 0x31;
    /// `[0] EXPLICIT`.
    pub(in super::super) const CONTEXT_0: u8 = 0xa0;
}

/// One element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Element<'a> {
    pub(super) tag: u8,
    pub(super) content: &'a [u8],
}

/// Elements that have not been read yet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Der<'a>(&'a [u8]);

impl<'a> Der<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// The next element, whatever it is; `None` at the end, and for what is not DER.
    pub(super) fn next(&mut self) -> Option<Element<'a>> {
        let (&tag, rest) = self.0.split_first()?;
        let (&first, rest) = rest.split_first()?;
        let (length, rest) = match first {
            short @ 0..=0x7f => (usize::from(short), rest),
            // Up to four bytes of length: more than is ever read in.
            long @ 0x81..=0x84 => {
                let (length, rest) = rest.split_at_checked(usize::from(long & 0x7f))?;
                (length.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte)), rest)
            }
            _ => return None,
        };
        let (content, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        Some(Element { tag, content })
    }

    pub(super) const fn is_at_end(&self) -> bool {
        self.0.is_empty()
    }

    /// The content of the next element, which must have this tag.
    pub(super) fn expect(&mut self, tag: u8) -> Option<&'a [u8]> {
        self.next().filter(|element| element.tag == tag).map(|element| element.content)
    }

    /// The elements inside the next one, which must have this tag.
    pub(super) fn inside(&mut self, tag: u8) -> Option<Self> {
        self.expect(tag).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_read_one_after_the_other_and_inside_each_other() {
        let mut der = Der::new(&[0x30, 0x05, 0x02, 0x01, 0x07, 0x04, 0x00, 0x06, 0x81, 0x01, 0xff]);
        let mut inner = der.inside(tag::SEQUENCE).unwrap();
        assert_eq!(inner.expect(tag::INTEGER), Some(&[7][..]));
        assert_eq!(inner.next(), Some(Element { tag: tag::OCTET_STRING, content: &[] }));
        assert_eq!(inner.next(), None);
        assert_eq!(der.expect(tag::INTEGER), None, "another tag");
        assert_eq!(der.next(), None);
    }

    #[test]
    fn what_is_cut_off_or_of_no_definite_length_is_not_read() {
        for bad in [&[0x30][..], &[0x30, 2, 0], &[0x30, 0x80, 0, 0], &[4, 0x82, 1], &[4, 0x85, 0, 0, 0, 0, 0]]
        {
            assert_eq!(Der::new(bad).next(), None, "{bad:?}");
        }
        assert_eq!(Der::new(&[4, 0x84, 0xff, 0xff, 0xff, 0xff, 0]).next(), None);
    }
}
