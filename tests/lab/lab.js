// One photo by each of the ways, on a page of its own. Each answer says how long it took, from the call on, and the
// bytes that came of it; a copy of the original is made before the clock starts.

const ours = new Worker("/lab/our_worker.js", { type: "module" });
const browsers = new Worker("/lab/browser_worker.js");
const spinner = new Worker("/lab/spinner.js");
let original = null;
let asked = 0;

const inBase64 = (bytes) => {
  const parts = [];
  for (let at = 0; at < bytes.length; at += 8192) parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return btoa(parts.join(""));
};

const ask = (worker, message, transfer) =>
  new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = (event) => reject(event.message);
    worker.postMessage(message, transfer);
  });

async function timed(work) {
  const bytes = original.slice().buffer;
  const begun = performance.now();
  const answer = await work(bytes);
  return { millis: performance.now() - begun, ...answer };
}

// Does some work, and tells how long it took and for how long the page stood still: the longest time between two turns.
async function watched(work) {
  let longest = 0;
  let last = performance.now();
  const begun = last;
  const turns = new MessageChannel();
  turns.port1.onmessage = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    turns.port2.postMessage(0);
  };
  turns.port2.postMessage(0);
  const result = await work();
  turns.port1.close();
  return { millis: performance.now() - begun, longest, result };
}

window.lab = {
  take: (base64) => {
    original = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  },
  ours: (lines) =>
    timed(async (bytes) => {
      const answer = await ask(ours, { id: ++asked, bytes, lines }, [bytes]);
      if (!answer.ok) return { problem: JSON.stringify(answer) };
      const { jpeg, thumbnail, width, height, findings } = answer.ok;
      return { jpeg, thumbnail, width, height, findings, spent: answer.spent };
    }),
  browser: () => timed((bytes) => ask(browsers, bytes, [bytes])),
  library: () =>
    timed(async (bytes) => {
      const file = new File([bytes], "photo.jpg", { type: "image/jpeg" });
      const libURL = `${location.origin}/lab/library.js`;
      const options = { maxWidthOrHeight: 1600, initialQuality: 0.8, useWebWorker: true, libURL };
      const made = await window.imageCompression(file, options);
      return { jpeg: new Uint8Array(await made.arrayBuffer()) };
    }),
  // Many at once, and for how long the page stood still meanwhile.
  atOnce: async (count, lines) => {
    const all = Array.from({ length: count }, () => original.slice().buffer);
    const { millis, longest, result } = await watched(
      () =>
        new Promise((resolve) => {
          const answers = [];
          ours.onmessage = ({ data }) => {
            answers.push(data);
            if (answers.length === count) resolve(answers);
          };
          for (const bytes of all) ours.postMessage({ id: ++asked, bytes, lines }, [bytes]);
        }),
    );
    return { millis, longest, prepared: result.filter((answer) => answer.ok).length };
  },
  // The same beside a worker that only counts: what is left of a pause then is the machine's.
  beside: async (millis) => (await watched(() => ask(spinner, millis))).longest,
  memory: async () => (await ask(ours, "memory")).memory,
};

// What a driver calls: files travel as base64, and nothing of that is timed.
window.labAnswers = (way, lines, done) =>
  window.lab[way](lines).then(
    ({ jpeg, thumbnail, ...rest }) =>
      done({ ...rest, jpeg: jpeg && inBase64(jpeg), thumbnail: thumbnail && inBase64(thumbnail) }),
    (error) => done({ problem: String(error) }),
  );
