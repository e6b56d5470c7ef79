//! Bytes that the browser holds for us: photos, files. They need not pass through our memory.

use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, Url};
use xunan_core::digest::Digest;

use super::{Refused, crypto};

/// Bytes with a media type, held by the browser. Cheap to clone: the bytes are not copied.
#[derive(Clone, Debug)]
pub struct Binary(Blob);

impl Binary {
    /// Copies bytes out of our memory.
    ///
    /// # Errors
    /// [`Refused`] when the browser has no memory for them.
    pub fn new(bytes: &[u8], media_type: &str) -> Result<Self, Refused> {
        Self::from_parts(&Array::of1(&Uint8Array::from(bytes)), media_type)
    }

    /// Joins parts without copying them through our memory: texts and other binaries.
    ///
    /// # Errors
    /// [`Refused`] when the browser has no memory for them.
    pub fn joined(parts: impl IntoIterator<Item = BinaryPart>, media_type: &str) -> Result<Self, Refused> {
        let parts: Array = parts.into_iter().map(JsValue::from).collect();
        Self::from_parts(&parts, media_type)
    }

    fn from_parts(parts: &Array, media_type: &str) -> Result<Self, Refused> {
        let options = BlobPropertyBag::new();
        options.set_type(media_type);
        Ok(Self(Blob::new_with_blob_sequence_and_options(parts, &options)?))
    }

    /// A stored or received value; `None` when it is none of ours.
    pub fn from_js(value: JsValue) -> Option<Self> {
        value.dyn_into::<Blob>().ok().map(Self)
    }

    /// From a file that was picked, or a frame that was taken.
    pub(crate) const fn from_blob(blob: Blob) -> Self {
        Self(blob)
    }

    pub(crate) const fn blob(&self) -> &Blob {
        &self.0
    }

    /// Their number.
    pub fn size_bytes(&self) -> u64 {
        // A blob's size is a whole number below 2^53.
        self.0.size() as u64
    }

    /// Those from `start` to before `end`, without copying.
    ///
    /// # Errors
    /// [`Refused`] by an engine that cannot.
    pub fn piece(&self, start: u64, end: u64) -> Result<Self, Refused> {
        Ok(Self(self.0.slice_with_f64_and_f64(start as f64, end as f64)?))
    }

    /// The bytes as the browser's buffer.
    ///
    /// # Errors
    /// [`Refused`] when the file behind them is gone (`NotReadableError`).
    pub async fn buffer(&self) -> Result<ArrayBuffer, Refused> {
        Ok(JsFuture::from(self.0.array_buffer()).await.map(JsValue::unchecked_into)?)
    }

    /// The bytes in our memory.
    ///
    /// # Errors
    /// [`Refused`] when the file behind them is gone.
    pub async fn bytes(&self) -> Result<Vec<u8>, Refused> {
        let buffer = self.buffer().await?;
        Ok(Uint8Array::new(&buffer).to_vec())
    }

    /// Waits until the browser has put them together, by reading the last of them.
    ///
    /// Parts that are binaries themselves are gathered later, and Chromium 156 ends, with every page in it, when such a
    /// binary is stored before that (`WriteBlobToFile` of a size that is not known yet): one that is stored is waited
    /// for.
    ///
    /// # Errors
    /// [`Refused`] when it could not be put together.
    pub async fn gathered(self) -> Result<Self, Refused> {
        let size = self.size_bytes();
        self.piece(size.saturating_sub(1), size)?.buffer().await?;
        Ok(self)
    }

    /// Their SHA-256.
    ///
    /// # Errors
    /// [`Refused`] when the file behind them is gone.
    pub async fn digest(&self) -> Result<Digest, Refused> {
        crypto::sha256(&self.buffer().await?).await
    }

    /// An address under which an `<img>` shows them, until it is dropped.
    ///
    /// # Errors
    /// [`Refused`] by an engine that cannot.
    pub fn object_url(&self) -> Result<ObjectUrl, Refused> {
        Ok(ObjectUrl(Url::create_object_url_with_blob(&self.0)?))
    }
}

impl From<Binary> for JsValue {
    fn from(binary: Binary) -> Self {
        binary.0.into()
    }
}

/// A part of a joined binary.
#[derive(Clone, Debug)]
pub enum BinaryPart {
    /// Text, as UTF-8.
    Text(String),
    /// Bytes of ours.
    Bytes(Vec<u8>),
    /// Bytes that a worker handed over.
    Buffer(Uint8Array),
    /// Bytes that the browser holds.
    Binary(Binary),
}

impl From<BinaryPart> for JsValue {
    fn from(part: BinaryPart) -> Self {
        match part {
            BinaryPart::Text(text) => Self::from_str(&text),
            BinaryPart::Bytes(bytes) => Uint8Array::from(bytes.as_slice()).into(),
            BinaryPart::Buffer(bytes) => bytes.into(),
            BinaryPart::Binary(binary) => binary.into(),
        }
    }
}

/// An address of bytes that the browser holds; given back when dropped.
#[derive(Debug)]
pub struct ObjectUrl(String);

impl ObjectUrl {
    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Drop for ObjectUrl {
    fn drop(&mut self) {
        let _already_gone = Url::revoke_object_url(&self.0);
    }
}
