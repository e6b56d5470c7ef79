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
  const dropPhotos = (of, ids) => ids.forEach((id) => of(PHOTOS).delete(id));

  return {
    drafts: () => unit("readonly", (of) => of(DRAFTS).getAll()),
    reports: () => unit("readonly", (of) => of(REPORTS).getAll()),
    photo: (id) => unit("readonly", (of) => of(PHOTOS).get(id)),

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
    dropPhoto: (draft, id) =>
      write((of) => {
        of(PHOTOS).delete(id);
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

    // A refused report becomes a draft again, under a token of its own: the old one may be known to the server.
    takeBack: (report, token) =>
      write((of) => {
        of(DRAFTS).put({ token, fields: report.fields, photos: report.photos, changed: Date.now() });
        of(REPORTS).delete(report.token);
      }),
  };
})();
