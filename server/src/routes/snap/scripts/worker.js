// Opens the citizen's form without a network, and sends what waits when the browser says that there is one again.
// VERSION, FILES and PICTURES stand above, written by the server; so do kept.js, outbox.js and work.js.
// Kept are the form, what to say of other pages, the knowledge with its pictures, and their style and scripts: the same for everybody.
// No report, no followed link and nothing of the plaza is ever kept here: what is withdrawn there must be gone.
"use strict";
const PREFIX = "xunan-snap-";
const CACHE = PREFIX + VERSION;
const PATIENCE = 6000; // ms, for a page that may be here

// A captive portal answers every address, and with 200: ours bear our version.
const isOurs = (response) => response.ok && !response.redirected && response.headers.get("xunan-page") !== null;

async function keepAll() {
  const cache = await caches.open(CACHE);
  try {
    for (const address of FILES) {
      const response = await fetch(address, { cache: "reload", credentials: "omit" });
      if (!isOurs(response)) throw new Error(`${address} is not ours`);
      await cache.put(address, response);
    }
    for (const address of PICTURES) {
      const before = await caches.match(address);
      if (before) await cache.put(address, before);
    }
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

// The address of a picture bears the hash of its bytes: one that is kept is never fetched again.
async function pictureOf(cache, address) {
  const kept = await cache.match(address);
  if (kept) return kept;
  const response = await fetch(address, { credentials: "omit" });
  if (isOurs(response)) await cache.put(address, response.clone());
  return response;
}

// Pictures are large, and neither the form nor a page waits for them. What a network does not give now is begun again with the next page;
// until then its words stand in its place.
let keeping;
function keepPictures() {
  keeping = keeping || (async () => {
    const cache = await caches.open(CACHE);
    for (const address of PICTURES) await pictureOf(cache, address);
  })()
    .catch(() => undefined)
    .finally(() => (keeping = undefined));
  return keeping;
}

async function dropOldCaches() {
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && name !== CACHE) await caches.delete(name);
  }
}

self.addEventListener("install", (event) => event.waitUntil(keepAll().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => {
  event.waitUntil(dropOldCaches().then(() => self.clients.claim()).then(() => void keepPictures()));
});

// What stands in for a page that the network does not give.
function standsIn(url) {
  const asked = url.searchParams.get("lang");
  const lang = (asked || self.navigator.language).startsWith("en") ? "en" : "zh";
  if (url.pathname === "/snap") return `/snap/kept/form?lang=${lang}`;
  const isOnes = url.pathname.includes("/training"); // one person's pages: nothing that is kept stands in for them
  if (url.pathname.startsWith("/snap/know") && !isOnes) return `/snap/kept/know?lang=${lang}`;
  return `/snap/kept/away?lang=${lang}`;
}

async function page(request) {
  const kept = await caches.match(standsIn(new URL(request.url)));
  if (!kept) return fetch(request);
  const late = new Promise((done) => setTimeout(done, PATIENCE));
  try {
    const response = await Promise.race([fetch(request), late]);
    return response && response.headers.get("xunan-page") !== null ? response : kept;
  } catch (error) {
    return kept;
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  const address = url.pathname + url.search;
  if (request.mode === "navigate") {
    event.respondWith(page(request));
    event.waitUntil(keepPictures());
  } else if (PICTURES.includes(address)) {
    event.respondWith(caches.open(CACHE).then((cache) => pictureOf(cache, address)));
  } else if (FILES.includes(address)) {
    event.respondWith(caches.open(CACHE).then((cache) => cache.match(address)).then((kept) => kept || fetch(request)));
  }
});

self.addEventListener("sync", (event) => {
  if (event.tag !== "xunan-snap") return;
  event.waitUntil(
    self.xunanOutbox.send(true).then(async () => {
      // Said to the browser, so that it tries again later.
      if ((await self.xunanOutbox.nextLook()) !== undefined) throw new Error("not everything is sent");
    }),
  );
});
