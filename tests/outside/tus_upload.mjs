// Uploads a file with tus-js-client in small chunks, breaking off after every second chunk and resuming:
// tus_upload.mjs ENDPOINT COOKIE FILE SHA256
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';

const library = join(process.env.XUNAN_NODE_MODULES, 'tus-js-client/lib.esm/node/index.js');
const tus = await import(pathToFileURL(library).href);
const [endpoint, cookie, file, sha256] = process.argv.slice(2);
const bytes = readFileSync(file);
let url = null;
let breaks = 0;

function run() {
  return new Promise((resolve, reject) => {
    let chunks = 0;
    const upload = new tus.Upload(bytes, {
      endpoint, uploadUrl: url, uploadSize: bytes.length, chunkSize: 64 * 1024, retryDelays: null,
      headers: { Cookie: cookie }, metadata: { sha256 },
      onUploadUrlAvailable: () => { url = upload.url; },
      onChunkComplete: () => {
        chunks += 1;
        if (chunks === 2) { upload.abort().then(() => resolve('broken off'), reject); }
      },
      onSuccess: () => resolve('done'),
      onError: reject,
    });
    upload.start();
  });
}

while ((await run()) !== 'done') {
  breaks += 1;
  if (breaks > 100) { throw new Error('the upload never ends'); }
}
console.log(`${bytes.length} bytes, broken off ${breaks} times`);
