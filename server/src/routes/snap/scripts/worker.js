// Opens the citizen's form without a network, and sends what waits when the browser says that there is one again.
// VERSION and FILES stand above, written by the server; so do kept.js, outbox.js and work.js.
// Kept are the form, what to say of other pages, the knowledge, and their style and scripts: the same for everybody.
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
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

async function dropOldCaches() {
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && name !== CACHE) await caches.delete(name);
  }
}

self.addEventListener("install", (event) => event.waitUntil(keepAll().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(dropOldCaches().then(() => self.clients.claim())));

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
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (FILES.includes(url.pathname)) {
    event.respondWith(caches.open(CACHE).then((cache) => cache.match(url.pathname)).then((kept) => kept || fetch(request)));
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
