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
async function prepareDecodedByBrowser(photo, bytes, lines, refusal) {
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
    return photo.prepare_decoded(width, height, rgba, pixels.width, pixels.height, lines, strip(lines));
  } finally {
    bitmap.close();
  }
}

// The system's own letters: Chinese ones by name, since a worker has no language to choose them by.
const FONTS = '"PingFang SC", "HarmonyOS Sans SC", "MiSans", "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", sans-serif';
const SMALLEST_LETTERS_PX = 9;

// How high a strip can become is also worked out in core/src/evidence/redaction.rs, to cover it: change both.
// Draws lines for the lower edge of a picture, in the largest letters in which they leave most of it free. The answer is
// the strip's RGBA; nothing where there is no canvas outside pages, or where no legible letters fit.
const strip = (lines) => (width, height, maxHeight) => {
  const canvas = new OffscreenCanvas(width, 1);
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const largest = Math.max(SMALLEST_LETTERS_PX, Math.round(Math.max(width, height) / 50));
  for (let size = largest; size >= SMALLEST_LETTERS_PX; size -= 1) {
    pen.font = `${size}px ${FONTS}`;
    const rows = lines.flatMap((line) => wrapped(pen, line, width - size));
    const pitch = Math.round(size * 1.35);
    const stripHeight = rows.length * pitch + size;
    if (stripHeight > maxHeight) continue;
    canvas.height = stripHeight; // which forgets the font
    pen.font = `${size}px ${FONTS}`;
    pen.fillStyle = "rgb(0 0 0 / 60%)";
    pen.fillRect(0, 0, width, stripHeight);
    pen.fillStyle = "white";
    pen.textBaseline = "middle";
    rows.forEach((row, at) => pen.fillText(row, size / 2, size / 2 + (at + 0.5) * pitch));
    return pen.getImageData(0, 0, width, stripHeight).data;
  }
  return null;
};

// Breaks a line where the room ends: between any two characters, as Chinese is.
function wrapped(pen, line, room) {
  if (pen.measureText(line).width <= room) return [line];
  const rows = [""];
  for (const character of line) {
    if (pen.measureText(rows.at(-1) + character).width > room) rows.push("");
    rows[rows.length - 1] += character;
  }
  return rows;
}

const hex = (digest) => Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");

async function prepare(buffer, lines) {
  const bytes = new Uint8Array(buffer);
  // Of a copy that WebCrypto takes here, before anything reads the photo. It is ten times as fast as WebAssembly, and
  // works beside it.
  const hashing = crypto.subtle.digest("SHA-256", bytes);
  const photo = await started;
  let answer = photo.prepare(bytes, lines, strip(lines));
  if (answer.refused?.code === "unsupported_format") {
    answer = await prepareDecodedByBrowser(photo, bytes, lines, answer);
  }
  const original = await hashing;
  if (answer.ok) Object.assign(answer.ok, { original_sha256: hex(original), original_bytes: bytes.length });
  return answer;
}

// A copy of a stored photo for the public. What was stored is hashed here, so that the page sees what was covered.
async function redact(buffer, shapes) {
  const bytes = new Uint8Array(buffer);
  const source = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const photo = await started;
  return photo.redact(source, bytes, shapes);
}

const started = start();
// Whoever waits for it hears of the failure; until then it is nobody's unhandled rejection.
started.catch(() => {});

// Photos are prepared in the order in which they came: each waits for the one before it.
let turn = Promise.resolve();
// An instance that has trapped is in no known state. It is never called again.
let failure = null;

// A page that was loaded before there were lines sends none.
self.onmessage = ({ data: { id, bytes, lines = [], shapes } }) => {
  turn = turn.then(async () => {
    let answer;
    try {
      if (failure !== null) throw failure;
      answer = await (shapes === undefined ? prepare(bytes, lines) : redact(bytes, shapes));
    } catch (error) {
      failure = error;
      answer = { failed: { detail: String(error) }, spent: true };
    }
    const made = answer.ok ?? answer.redacted;
    const buffers = made ? [made.jpeg, made.thumbnail].flatMap((picture) => picture?.buffer ?? []) : [];
    self.postMessage({ ...answer, id }, buffers);
  });
};
