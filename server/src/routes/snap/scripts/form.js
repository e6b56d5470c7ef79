// Makes the form safe on this phone: what is written, photographed and recorded is kept as it is made, and what is handed in waits here
// until the server has it. Without this script, or where the browser can keep nothing, the form works as plain HTML.
"use strict";
(() => {
  const form = document.getElementById("report");
  if (!form || !self.xunanReports) return;
  const { xunanKept: kept, xunanReports: reports, xunanVoice: voice } = self;
  const { lang, say, element, button, fill, fresh, placeOf } = self.xunanParts;
  const note = document.getElementById("draft-note");
  const photos = document.getElementById("photo");
  const photoNote = document.getElementById("photo-problem");
  const photoList = document.getElementById("photo-list");
  const limits = form.dataset;
  const SAVE_AFTER = 400; // ms after the last key
  const OF_THE_PAGE = ["token", "work"]; // fields that nobody fills in

  let draft;
  let sizes = new Map(); // name of a photo or recording → its bytes
  let saving;
  let works = Promise.resolve(); // photos are taken in one after the other, and before a report is handed in
  let handing = false; // somebody who presses twice hands in once

  // ---- the draft --------------------------------------------------------------------------------------------------------

  const place = () => (form.elements.f ? form.elements.f.value : "");

  function written() {
    const fields = [];
    new FormData(form).forEach((value, name) => {
      if (typeof value === "string" && !OF_THE_PAGE.includes(name) && value !== "") fields.push([name, value]);
    });
    return fields;
  }

  const isFilledIn = ([name]) => name !== "f";
  const isEmpty = (it) => it.photos.length === 0 && !it.fields.some(isFilledIn);

  // `photo` comes onto the disk together with the draft that names it.
  async function save(photo) {
    clearTimeout(saving);
    draft.fields = written();
    draft.changed = Date.now();
    try {
      if (isEmpty(draft)) await kept.dropDraft(draft);
      else await kept.keepDraft(draft, photo);
      return true;
    } catch (error) {
      tellNotKept();
      return false;
    }
  }

  function tellNotKept() {
    note.setAttribute("role", "alert");
    note.className = "wrong";
    note.textContent = say(
      "这台手机存不下了，草稿没有存好。请不要关掉这一页，直接提交；或者先删掉一些照片、应用再试（S20）",
      "This phone has no room: the draft is not kept. Do not close this page but send it, or make room first (S20)",
    );
  }

  function clear() {
    form.reset();
    form.elements.here.value = ""; // a form that is reset keeps its hidden fields
  }

  // Words that were written into the page before its draft was there come after those of the draft.
  function together(before, since) {
    if (since.includes(before)) return since;
    return before.includes(since) ? before : `${before}\n${since}`;
  }

  // What stands in the form already is newer than the draft.
  function show(it) {
    const since = new Map(written());
    draft = it;
    form.elements.token.value = it.token;
    history.replaceState({ draft: it.token }, "");
    it.fields.filter(isFilledIn).forEach(([name, value]) => {
      const field = form.elements[name];
      if (!field) return;
      if (field.type === "checkbox") field.checked = true;
      else if (!since.has(name)) field.value = value;
      else if (name === "words") field.value = together(value, since.get(name));
    });
    self.xunanHere.show();
    showPhotos();
  }

  // A draft that another tab has open stays with it. It is let go when that tab ends.
  function hold(token) {
    if (!navigator.locks) return Promise.resolve(true);
    return new Promise((done) => {
      navigator.locks.request(`xunan-snap-draft-${token}`, { ifAvailable: true }, (lock) => {
        done(lock !== null);
        return lock && new Promise(() => {});
      });
    });
  }

  // The draft that is asked for, or else that which stood here before the page was loaded again, or else the newest of the same
  // institution, or of none.
  async function own(drafts, left) {
    const wanted = [left, location.hash.slice(1)];
    const rank = (it) => wanted.indexOf(it.token);
    const here = drafts.filter((it) => placeOf(it) === place());
    for (const it of here.sort((one, other) => rank(other) - rank(one) || other.changed - one.changed)) {
      if (await hold(it.token)) return it;
    }
    return anew();
  }

  async function anew() {
    const token = fresh();
    await hold(token);
    return { token, fields: [], photos: [], changed: Date.now() };
  }

  // Done with whether something was filled in before the draft was there.
  async function begin() {
    const drafts = await kept.drafts();
    const left = history.state && history.state.draft;
    const it = await own(drafts, left);
    // The browser puts back what stood in the form: not into another report, when that draft is kept.
    if (it.token !== left && drafts.some(({ token }) => token === left)) clear();
    const isEarly = written().some(isFilledIn);
    show(it);
    return isEarly;
  }

  // ---- photos -----------------------------------------------------------------------------------------------------------

  function tellPhoto(problem) {
    photoNote.hidden = problem === "";
    photoNote.textContent = problem;
  }

  const isPhoto = (name) => kept.fieldOf(name) === "photo";

  function problemOf(file, field) {
    const total = Array.from(sizes.values()).reduce((sum, size) => sum + size, 0);
    if (field !== "photo") {
      const large = say("照片和录音加起来太大，这一段没有加上", "Photos and recordings together are too large; this one was left out");
      return voice.over(field, file.size) || (total + file.size > Number(limits.maxBytes) ? large : "");
    }
    if (draft.photos.filter(isPhoto).length >= Number(limits.maxPhotos)) {
      return say(`照片最多 ${limits.maxPhotos} 张`, `At most ${limits.maxPhotos} photos`);
    }
    if (file.size > Number(limits.maxPhotoBytes)) return say("这张照片太大，没有加上", "That photo is too large and was left out");
    if (total + file.size > Number(limits.maxBytes)) {
      return say("照片加起来太大，这一张没有加上", "The photos together are too large; the last one was left out");
    }
    return "";
  }

  const read = (file) =>
    new Promise((done, failed) => {
      const reader = new FileReader();
      reader.onload = () => done(reader.result);
      reader.onerror = () => failed(reader.error);
      reader.readAsArrayBuffer(file);
    });

  // A photo, or what was recorded: of each kind of that there is one.
  async function takeIn(file, field) {
    const tell = field === "photo" ? tellPhoto : (words) => showRecorded({ field, words });
    if (field !== "photo" && draft.photos.some((it) => kept.fieldOf(it) === field)) return undefined;
    const problem = problemOf(file, field);
    if (problem) return tell(problem);
    let photo;
    try {
      photo = { id: fresh(), type: file.type, bytes: await read(file) };
    } catch (error) {
      return tell(say("这个文件读不出来，没有加上", "That file cannot be read and was left out"));
    }
    const name = field === "photo" ? photo.id : `${field}:${photo.id}`;
    sizes.set(name, photo.bytes.byteLength);
    draft.photos.push(name);
    if (!(await save(photo))) {
      draft.photos.pop();
      sizes.delete(name);
      return tell(say("这台手机存不下，没有加上", "This phone has no room for it; it was left out"));
    }
    allowAgain();
    await showPhotos();
  }

  async function drop(name) {
    draft.photos = draft.photos.filter((it) => it !== name);
    await kept.dropPhoto(draft, name).catch(tellNotKept);
    await showPhotos();
  }

  async function showRecorded(problem) {
    const recorded = [];
    for (const name of draft.photos) {
      const it = isPhoto(name) ? undefined : await kept.photo(name);
      if (it) recorded.push({ name, field: kept.fieldOf(name), type: it.type, bytes: it.bytes });
    }
    voice.show(recorded, problem);
    return recorded;
  }

  async function showPhotos() {
    const shown = [];
    const weights = new Map();
    for (const [at, id] of draft.photos.filter(isPhoto).entries()) {
      const photo = await kept.photo(id);
      if (!photo) continue;
      weights.set(id, photo.bytes.byteLength);
      const picture = document.createElement("img");
      picture.src = URL.createObjectURL(new Blob([photo.bytes], { type: photo.type }));
      picture.onload = () => URL.revokeObjectURL(picture.src);
      picture.alt = say(`第 ${at + 1} 张照片`, `Photo ${at + 1}`);
      const remove = button(say(`去掉第 ${at + 1} 张`, `Remove photo ${at + 1}`), async () => {
        await drop(id);
        photos.focus();
      });
      shown.push(element("li", picture, remove));
    }
    fill(photoList, shown);
    (await showRecorded()).forEach((it) => weights.set(it.name, it.bytes.byteLength));
    sizes = weights;
  }

  // ---- handing in -------------------------------------------------------------------------------------------------------

  // What a form cannot say of itself. The server decides; this only spares a way there and back.
  function problemBefore() {
    const { words, address } = form.elements;
    if (draft.photos.length === 0 && words.value.trim() === "") {
      return [words, say("请写几个字、录一段话，或者选一张照片", "Please write or say a few words, or choose a photo")];
    }
    if (address.required && address.value.trim() === "") return [address, say("请写明在哪里", "Please say where it is")];
    return undefined;
  }

  async function handIn() {
    const problem = problemBefore();
    if (problem) {
      problem[0].setCustomValidity(problem[1]);
      form.reportValidity();
      return;
    }
    const state = { is: "waiting", after: Date.now(), tries: 0, told: "" };
    const report = { token: draft.token, lang, fields: written(), photos: draft.photos, made: Date.now(), state };
    clearTimeout(saving);
    try {
      await kept.handIn(report);
    } catch (error) {
      tellNotKept();
      await reports.sendUnkept(report);
      return;
    }
    if (navigator.storage && navigator.storage.persist) navigator.storage.persist();
    clear();
    show(await anew());
    await reports.show();
    reports.focus();
    reports.send(true);
  }

  // Scanned without a network: the page that was kept does not know the institution, and the report names it all the same.
  function nameScannedPlace() {
    const scanned = new URLSearchParams(location.search).get("f") || "";
    if (form.elements.f || !/^[\w-]{1,64}$/.test(scanned)) return;
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = "f";
    field.value = scanned;
    const told = element("p", say("机构：以您扫的二维码为准", "Institution: the one whose code you scanned"));
    told.className = "told";
    form.elements.address.required = false;
    form.elements.address.closest(".field").before(field, told);
  }

  const inTurn = (work) => (works = works.then(work).catch(tellNotKept));

  const allowAgain = () => [form.elements.words, form.elements.address].forEach((it) => it.setCustomValidity(""));

  function watch() {
    form.addEventListener("input", () => {
      allowAgain();
      clearTimeout(saving);
      saving = setTimeout(save, SAVE_AFTER);
    });
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save());
    const takePicked = () => {
      if (!photos.files.length) return;
      tellPhoto("");
      Array.from(photos.files).forEach((file) => inTurn(() => takeIn(file, "photo")));
      photos.value = "";
    };
    photos.addEventListener("change", takePicked);
    takePicked(); // also what was picked before the page was ready
    voice.begin({ add: (field, file) => inTurn(() => takeIn(file, field)), remove: (name) => inTurn(() => drop(name)) });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (handing) return;
      handing = true;
      voice
        .finish()
        .then(() => inTurn(handIn))
        .then(() => (handing = false));
    });
  }

  // In a busy hour, for a form that the browser itself sends.
  async function solveForThePage() {
    const challenge = limits.workChallenge;
    form.elements.work.value = `${challenge}:${await self.xunanWork.solve(challenge, Number(limits.workBits))}`;
  }

  nameScannedPlace();
  begin().then(
    (isEarly) => {
      note.textContent = say(
        "边写边存在这台手机上；没有网络也可以提交，有网络时自动送出。不用登录，也不用下载",
        "Kept on this phone as you write. Without a network it is sent when there is one. No account, nothing to install",
      );
      watch();
      if (isEarly) save();
      return reports.begin(save);
    },
    (error) => {
      // A browser that keeps nothing: the page says so already, and works as plain HTML.
      console.warn(error);
      if (limits.workChallenge) solveForThePage();
    },
  );
})();
