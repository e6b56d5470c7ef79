//! The few words of WebAssembly's binary format that the build reads and writes itself (core specification, 5).

use anyhow::{Context, Result, bail};

/// Puts what `change` makes of a section in its place; everything else stays as it is.
pub(crate) fn change_section(
    module: &[u8],
    section: u8,
    mut change: impl FnMut(&[u8]) -> Result<Vec<u8>>,
) -> Result<Vec<u8>> {
    let mut changed = module.get(..8).context("no module")?.to_vec();
    let mut rest = Bytes(&module[8..]);
    while !rest.0.is_empty() {
        let id = rest.byte()?;
        let content = rest.sized()?;
        changed.push(id);
        match id == section {
            true => put_sized(&mut changed, &change(content)?),
            false => put_sized(&mut changed, content),
        }
    }
    Ok(changed)
}

/// Bytes that are read from the front.
pub(crate) struct Bytes<'a>(pub(crate) &'a [u8]);

impl<'a> Bytes<'a> {
    pub(crate) fn byte(&mut self) -> Result<u8> {
        let (&first, rest) = self.0.split_first().context("the module ends too early")?;
        self.0 = rest;
        Ok(first)
    }

    /// An unsigned number in LEB128, of 32 bits.
    pub(crate) fn number(&mut self) -> Result<usize> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        bail!("a number of more than 32 bits")
    }

    pub(crate) fn sized(&mut self) -> Result<&'a [u8]> {
        let length = self.number()?;
        let (taken, rest) = self.0.split_at_checked(length).context("the module ends too early")?;
        self.0 = rest;
        Ok(taken)
    }

    pub(crate) fn text(&mut self) -> Result<&'a str> {
        Ok(std::str::from_utf8(self.sized()?)?)
    }

    /// What is imported: a function, a table, a memory, a global or a tag.
    pub(crate) fn skip_description(&mut self) -> Result<()> {
        match self.byte()? {
            0 => _ = self.number()?,
            1 => {
                self.byte()?;
                self.skip_limits()?;
            }
            2 => self.skip_limits()?,
            3 => {
                self.byte()?;
                self.byte()?;
            }
            4 => {
                self.byte()?;
                self.number()?;
            }
            other => bail!("an import of kind {other}"),
        }
        Ok(())
    }

    fn skip_limits(&mut self) -> Result<()> {
        let has_maximum = self.byte()? & 1 == 1;
        self.number()?;
        if has_maximum {
            self.number()?;
        }
        Ok(())
    }
}

pub(crate) fn put_number(bytes: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

pub(crate) fn put_sized(bytes: &mut Vec<u8>, content: &[u8]) {
    put_number(bytes, content.len());
    bytes.extend_from_slice(content);
}
