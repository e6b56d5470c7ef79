// What this phone keeps of reports 随手拍: those that are being written (drafts), those that were handed in (reports), and
// the photos of both. Shared by the form's page and the worker. Each change is one transaction: after a tab dies there is
// the state before or the state after, and nothing in between.
//
//   draft   { token, fields: [[name, value]…], photos: [id…], changed: ms }
//   report  { token, lang, fields, photos, made: ms, state }
//     state { is: "waiting", after: ms, tries, told }   told: a sentence of the server, or ""
//           { is: "refused", sentence }                 the server did not keep it: a person has to change something
//           { is: "sent", number, link, code }          fields and photos are gone from this phone
//   photo   { id, type, bytes }
// A draft and a report name a recording among their photos as `voice:id` or `video:id`, under whose id it lies there. A script that is
// older than recordings finds no photo of that name, and leaves the report waiting for one that is not.
"use strict";
self.xunanKept = (() => {
  const DRAFTS = "drafts";
  const REPORTS = "reports";
  const PHOTOS = "photos";
  let opening;

  function open() {
    opening =
      opening ||
      new Promise((done, failed) => {
        const asked = indexedDB.open("xunan-snap", 1);
        asked.onupgradeneeded = () => {
          asked.result.createObjectStore(DRAFTS, { keyPath: "token" });
          asked.result.createObjectStore(REPORTS, { keyPath: "token" });
          asked.result.createObjectStore(PHOTOS, { keyPath: "id" });
        };
        asked.onsuccess = () => {
          const forget = () => (opening = undefined);
          asked.result.onclose = forget;
          asked.result.onversionchange = () => {
            asked.result.close();
            forget();
          };
          done(asked.result);
        };
        asked.onerror = () => {
          opening = undefined;
          failed(asked.error);
        };
      });
    return opening;
  }

  // Runs `work` on the three boxes; done when the disk has all of it. What `work` returns is a request or nothing.
  async function unit(mode, work) {
    const database = await open();
    return new Promise((done, failed) => {
      const transaction = database.transaction([DRAFTS, REPORTS, PHOTOS], mode, { durability: "strict" });
      const asked = work((box) => transaction.objectStore(box));
      transaction.oncomplete = () => done(asked && asked.result);
      transaction.onabort = () => failed(transaction.error || new Error("aborted"));
    });
  }

  const write = (work) => unit("readwrite", work);
  const idOf = (name) => name.slice(name.indexOf(":") + 1);
  const dropPhotos = (of, names) => names.forEach((name) => of(PHOTOS).delete(idOf(name)));

  return {
    // In which field of the form it is sent.
    fieldOf: (name) => (name.includes(":") ? name.slice(0, name.indexOf(":")) : "photo"),

    drafts: () => unit("readonly", (of) => of(DRAFTS).getAll()),
    reports: () => unit("readonly", (of) => of(REPORTS).getAll()),
    photo: (name) => unit("readonly", (of) => of(PHOTOS).get(idOf(name))),

    keepDraft: (draft, photo) =>
      write((of) => {
        if (photo) of(PHOTOS).put(photo);
        of(DRAFTS).put(draft);
      }),

    dropDraft: (draft) =>
      write((of) => {
        dropPhotos(of, draft.photos);
        of(DRAFTS).delete(draft.token);
      }),

    // A photo goes, and the draft does not name it any more.
    dropPhoto: (draft, name) =>
      write((of) => {
        of(PHOTOS).delete(idOf(name));
        of(DRAFTS).put(draft);
      }),

    handIn: (report) =>
      write((of) => {
        of(REPORTS).put(report);
        of(DRAFTS).delete(report.token);
      }),

    // What became of sending it. Whoever took it away or changed it meanwhile is not overruled.
    note: (token, state) =>
      write((of) => {
        const asked = of(REPORTS).get(token);
        asked.onsuccess = () => {
          const report = asked.result;
          if (!report || report.state.is !== "waiting") return;
          if (state.is === "sent") {
            dropPhotos(of, report.photos);
            report.fields = [];
            report.photos = [];
          }
          of(REPORTS).put(Object.assign(report, { state }));
        };
      }),

    dropReport: (report) =>
      write((of) => {
        dropPhotos(of, report.photos);
        of(REPORTS).delete(report.token);
      }),

    // Takes away what nothing names any more: a script that is older than recordings removes a report without them.
    dropUnnamed: () =>
      write((of) => {
        const named = new Set();
        const drop = (asked) => asked.result.forEach((id) => named.has(id) || of(PHOTOS).delete(id));
        [DRAFTS, REPORTS].forEach((box) => {
          of(box).getAll().onsuccess = (event) =>
            event.target.result.forEach((it) => it.photos.forEach((name) => named.add(idOf(name))));
        });
        const asked = of(PHOTOS).getAllKeys();
        asked.onsuccess = () => drop(asked);
      }),

    // A refused report becomes a draft again, once, under a token of its own: the old one may be known to the server.
    takeBack: (report, token) =>
      write((of) => {
        const asked = of(REPORTS).get(report.token);
        asked.onsuccess = () => {
          if (!asked.result) return;
          of(DRAFTS).put({ token, fields: report.fields, photos: report.photos, changed: Date.now() });
          of(REPORTS).delete(report.token);
        };
      }),
  };
})();
