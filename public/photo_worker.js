// The photo worker: takes photos one at a time, and hands each to the WebAssembly build that this processor can run.
// What it hears and says stands in app/photo/src/protocol.rs.
// The build writes the hashed names in place of `./simd.js` and so on (see xtask/src/photo_worker.rs).

// A module of one function that returns a vector: valid only where 128-bit SIMD is.
const SIMD_PROBE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
]);

async function start() {
  if (WebAssembly.validate(SIMD_PROBE)) {
    const photo = await import("./simd.js");
    await photo.default({ module_or_path: new URL("./simd.wasm", import.meta.url) });
    return photo;
  }
  const photo = await import("./plain.js");
  await photo.default({ module_or_path: new URL("./plain.wasm", import.meta.url) });
  return photo;
}

// A photo in a format that only the browser can decode: it decodes, turns upright and reduces; the pipeline does the
// rest. Without a browser that can, the pipeline's own refusal stands.
async function prepareDecodedByBrowser(photo, original, bytes, refusal) {
  const bitmap = await createImageBitmap(new Blob([bytes])).catch(() => null);
  if (bitmap === null) return refusal;
  const { width, height } = bitmap;
  try {
    if (width * height > photo.max_pixels()) {
      return { refused: { code: "too_many_pixels", detail: `${width}x${height} pixels` }, spent: refusal.spent };
    }
    const scale = Math.min(1, photo.long_edge_px() / Math.max(width, height));
    const canvas = new OffscreenCanvas(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    pen.imageSmoothingQuality = "high";
    pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    const pixels = pen.getImageData(0, 0, canvas.width, canvas.height);
    const rgba = new Uint8Array(pixels.data.buffer);
    return photo.prepare_decoded(original, bytes.length, rgba, pixels.width, pixels.height);
  } finally {
    bitmap.close();
  }
}

async function prepare(buffer) {
  const bytes = new Uint8Array(buffer);
  // Before anything reads the photo. WebCrypto does it, for it is ten times as fast as WebAssembly.
  const original = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const photo = await started;
  const answer = photo.prepare(original, bytes);
  return answer.refused?.code === "unsupported_format" ? prepareDecodedByBrowser(photo, original, bytes, answer) : answer;
}

const started = start();
// Whoever waits for it hears of the failure; until then it is nobody's unhandled rejection.
started.catch(() => {});

// Photos are prepared in the order in which they came: each waits for the one before it.
let turn = Promise.resolve();
// An instance that has trapped is in no known state. It is never called again.
let failure = null;

self.onmessage = ({ data: { id, bytes } }) => {
  turn = turn.then(async () => {
    let answer;
    try {
      if (failure !== null) throw failure;
      answer = await prepare(bytes);
    } catch (error) {
      failure = error;
      answer = { failed: { detail: String(error) }, spent: true };
    }
    const buffers = answer.ok ? [answer.ok.jpeg.buffer, answer.ok.thumbnail.buffer] : [];
    self.postMessage({ ...answer, id }, buffers);
  });
};
