// Sends what was handed in. Sending twice is harmless: the server answers a token that it knows with the same number and
// link. Nothing counts as sent before the server's own answer said so: a hotel's login page says 200 too.
"use strict";
self.xunanOutbox = (() => {
  const PATIENCE = 150000; // ms; 40 MB at 3 Mbit/s take 110 s
  const SHORT_PATIENCE = 20000;
  const FIRST_PAUSE = 15000;
  const LONGEST_PAUSE = 15 * 60000;
  const LOCK = "xunan-snap-sending";
  const changes = self.BroadcastChannel ? new BroadcastChannel("xunan-snap") : undefined;

  function formOf(report) {
    const form = new FormData();
    form.append("token", report.token);
    return form;
  }

  async function body(report, work) {
    const form = formOf(report);
    report.fields.forEach(([name, value]) => form.append(name, value));
    if (work) form.append("work", work);
    for (const name of report.photos) {
      const photo = await self.xunanKept.photo(name);
      if (!photo) throw new Error("a photo is not here any more");
      const field = self.xunanKept.fieldOf(name);
      form.append(field, new Blob([photo.bytes], { type: photo.type }), field);
    }
    return form;
  }

  async function post(path, form, patience) {
    const stop = self.AbortController ? new AbortController() : undefined;
    const timer = stop && setTimeout(() => stop.abort(), patience);
    try {
      const response = await fetch(path, {
        method: "POST",
        body: form,
        headers: { accept: "application/json" },
        credentials: "same-origin",
        redirect: "error",
        cache: "no-store",
        signal: stop && stop.signal,
      });
      return { status: response.status, answer: await response.json() };
    } finally {
      clearTimeout(timer);
    }
  }

  const send = async (report, work) => post(`/snap?lang=${report.lang}`, await body(report, work), PATIENCE);

  // Before megabytes go: whether they would be taken now, or are there already. No more than a hint: without an answer of
  // this server, or of one that knows the question, they go.
  async function ask(report) {
    if (!report.photos.length) return {};
    try {
      return await post(`/snap/ask?lang=${report.lang}`, formOf(report), SHORT_PATIENCE);
    } catch (error) {
      console.warn(error);
      return {};
    }
  }

  // A server that is older than recordings would keep the report without them, and nobody would know.
  function takesAll(report, answer) {
    const takes = (answer && answer.takes) || [];
    const fields = report.photos.map(self.xunanKept.fieldOf);
    return fields.every((field) => field === "photo" || takes.includes(field));
  }

  const tooOld = (lang) =>
    lang === "en"
      ? "The server does not take recordings yet. The report goes as soon as it does; if it is urgent, write it anew without the recording (S25)"
      : "服务器还不能收录音和视频，等能收了就自动提交；急的话，请不带录音另写一份（S25）";

  const isText = (value) => typeof value === "string" && value !== "";

  // What the answer makes of the report; undefined when nobody of ours answered.
  function stateOf(status, answer, tries) {
    if (!answer || typeof answer !== "object") return undefined;
    if (status === 200 && isText(answer.number) && isText(answer.link) && isText(answer.code)) {
      return { is: "sent", number: answer.number, link: answer.link, code: answer.code };
    }
    if (!/^\d{3}\.S\d+$/.test(answer.wrong) || !isText(answer.sentence)) return undefined;
    const told = `${answer.sentence}（${answer.wrong}）`;
    if (status !== 408 && status !== 429 && status < 500) return { is: "refused", sentence: told };
    const seconds = Number(answer.retry_after_seconds);
    return { is: "waiting", after: Date.now() + (seconds > 0 ? seconds * 1000 : pause(tries)), tries: tries + 1, told };
  }

  const pause = (tries) => Math.min(FIRST_PAUSE * Math.pow(2, Math.min(tries, 10)), LONGEST_PAUSE);

  // Sends it once, solving the puzzle that the server may ask for, and tells what became of it.
  async function attempt(report) {
    const { tries } = report.state;
    const unanswered = { is: "waiting", after: Date.now() + pause(tries), tries: tries + 1, told: "" };
    try {
      let { status, answer } = await ask(report);
      const known = stateOf(status, answer, tries);
      if (known && known.is === "sent") return known;
      if (status !== 429 && !takesAll(report, answer)) {
        if (status === 200) return { ...unanswered, told: tooOld(report.lang) };
        return known && known.is === "waiting" ? known : unanswered;
      }
      if (status !== 429) ({ status, answer } = await send(report));
      const work = status === 429 && answer && answer.work;
      if (work && self.xunanWork) {
        const nonce = await self.xunanWork.solve(work.challenge, work.bits);
        ({ status, answer } = await send(report, `${work.challenge}:${nonce}`));
      }
      return stateOf(status, answer, tries) || unanswered;
    } catch (error) {
      console.warn(error); // no network, or somebody else's answer: it goes on waiting
      return unanswered;
    }
  }

  // A clock that was set back must not make a report wait for days.
  const isDue = (report) => report.state.after <= Date.now() || report.state.after > Date.now() + 2 * 60 * 60000;

  async function sendDue(whichever) {
    const waiting = (await self.xunanKept.reports()).filter((report) => report.state.is === "waiting");
    for (const report of waiting.sort((one, other) => one.made - other.made)) {
      if (!whichever && !isDue(report)) continue;
      await self.xunanKept.note(report.token, await attempt(report));
      if (changes) changes.postMessage("changed");
    }
  }

  return {
    changes,
    attempt,

    // Sends what is due, or with `whichever` all that waits. While another window or the worker sends, nothing is done here, and
    // the answer is false.
    send(whichever) {
      const work = () => sendDue(whichever).then(() => true);
      if (!self.navigator.locks) return work();
      return self.navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => (lock ? work() : false));
    },

    // When to look again, in ms from now; undefined when nothing waits.
    async nextLook() {
      const waiting = (await self.xunanKept.reports()).filter((report) => report.state.is === "waiting");
      const pauses = waiting.map((report) => (isDue(report) ? 0 : report.state.after - Date.now()));
      return pauses.length ? Math.max(1000, Math.min(...pauses)) : undefined;
    },
  };
})();
