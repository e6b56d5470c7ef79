// ---------------------------------------------------------------------------------------------------------------
// When: what the browser and the page tell us.
//
// A new version waits until no page of the old one lives, or until the page says `skip-waiting` because its user
// agreed. It never takes over by itself: nobody loses the page under their hands.
// ---------------------------------------------------------------------------------------------------------------

self.addEventListener("install", (event) => event.waitUntil(keepAll()));

self.addEventListener("activate", (event) =>
  event.waitUntil(dropOldCachesWhenNoPageLives().then(() => self.clients.claim())),
);

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (!isPageOfTheProgram(url)) return;
    event.waitUntil(dropOldCachesWhenNoPageLives());
    event.respondWith(fromOurCaches(SHELL).then((page) => page ?? fetch(request)));
  } else if (ASSETS.has(url.pathname) || isHashed(url)) {
    event.respondWith(fromOurCaches(url.pathname).then((asset) => asset ?? fetch(request)));
  }
});

// Hashed names (`field-0123456789abcdef.js`) never change their content, whichever version asks.
function isHashed(url) {
  return isPageOfTheProgram(url) && /-[0-9a-f]{16}\.\w+$/.test(url.pathname);
}

// Somebody is to look into the inbox. What it is about, nobody is told on a locked screen: the message holds a number.
const TOLD = /^en/i.test(self.navigator.language)
  ? { title: "Xun'an", body: "There is something for you to do", lang: "en" }
  : { title: "巡安", body: "有新的待办", lang: "zh-CN" };

self.addEventListener("push", (event) =>
  event.waitUntil(self.registration.showNotification(TOLD.title, { body: TOLD.body, tag: "xunan", lang: TOLD.lang })),
);

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(BUILD.scope === "/" ? "/inbox" : BUILD.scope + "notices"));
});

// The page talks through a MessageChannel and hears back on its port:
//   { type: "check" }        → { type: "checked", version, total, present, verified, missing, altered }
//   { type: "repair" }       → the same after fetching what was missing, or { type: "failed", reason }
//   { type: "skip-waiting" } → nothing; the page hears `controllerchange` and reloads when it suits its user
self.addEventListener("message", (event) => {
  const answer = (work) => {
    const reply = (message) => (event.ports[0] ?? event.source)?.postMessage(message);
    event.waitUntil(work().then(reply, (error) => reply({ type: "failed", reason: String(error) })));
  };
  switch (event.data?.type) {
    case "check":
      return answer(checkAll);
    case "repair":
      return answer(() => repair().then(checkAll));
    case "skip-waiting":
      return event.waitUntil(self.skipWaiting());
  }
});
