// ---------------------------------------------------------------------------------------------------------------
// How it is kept: all files or none, each only with the content that the build named.
// ---------------------------------------------------------------------------------------------------------------

async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function holds(response, hash) {
  return response !== undefined && (await sha256(await response.clone().arrayBuffer())).startsWith(hash);
}

// A captive portal answers every address with its own page and status 200: only the hash tells.
// The second try goes around the browser's HTTP cache, which may hold the portal's page by now.
async function fetchVerified(address, hash) {
  for (const cache of ["no-cache", "reload"]) {
    const response = await fetch(address, { cache, credentials: "same-origin" });
    if (response.ok && !response.redirected && (await holds(response, hash))) return response;
  }
  throw new Error(`${address} is not what this version was built with`);
}

// What an earlier version holds with the same content is copied, not downloaded: an update costs what changed.
async function keepAll() {
  const cache = await caches.open(CACHE);
  try {
    for (const [address, hash] of ASSETS) {
      if (await holds(await cache.match(address), hash)) continue;
      const known = await caches.match(address);
      await cache.put(address, (await holds(known, hash)) ? known : await fetchVerified(address, hash));
    }
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

// For the "ready offline" lamp: reads every byte back and compares. Nothing is repaired here, only told.
async function checkAll() {
  const cache = await caches.open(CACHE);
  const missing = [];
  const altered = [];
  for (const [address, hash] of ASSETS) {
    const response = await cache.match(address);
    if (response === undefined) missing.push(address);
    else if (!(await holds(response, hash))) altered.push(address);
  }
  const total = ASSETS.size;
  return {
    type: "checked",
    version: BUILD.version,
    total,
    present: total - missing.length,
    verified: total - missing.length - altered.length,
    missing,
    altered,
  };
}

// The browser may throw single caches away, or a disk may rot: fetch again what is not there in full.
async function repair() {
  const cache = await caches.open(CACHE);
  for (const [address, hash] of ASSETS) {
    if (!(await holds(await cache.match(address), hash))) await cache.put(address, await fetchVerified(address, hash));
  }
}

// A page of an older version may still load parts of it (the photo worker): its cache stays as long as a page lives.
async function dropOldCachesWhenNoPageLives() {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (pages.length > 0) return;
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && name !== CACHE) await caches.delete(name);
  }
}

async function fromOurCaches(address) {
  const ours = await caches.open(CACHE);
  return (await ours.match(address)) ?? caches.match(address); // an older page asks for its own version's files
}
