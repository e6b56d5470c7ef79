// The reports of this phone: which wait, which somebody has to look at, and the numbers and links of those that were sent.
"use strict";
(() => {
  const { xunanKept: kept, xunanOutbox: outbox } = self;
  if (!self.indexedDB || !self.fetch || !self.crypto || !outbox) return;
  const { say, element, button, fill, fresh, formOf } = self.xunanParts;
  const form = document.getElementById("report");
  const section = document.getElementById("reports");
  const list = document.getElementById("report-list");
  const told = document.getElementById("reports-told");
  let timer;
  let shown = "";
  let keepForm; // done with whether what stands in the form is kept

  const paragraph = (className, ...children) => Object.assign(element("p", ...children), { className });
  const again = () => show().catch(console.warn);

  function link(words, href) {
    return Object.assign(element("a", words), { href, className: "line-link" });
  }

  function titleOf(report) {
    const when = new Date(report.made).toLocaleString(say("zh-CN", "en"), { dateStyle: "medium", timeStyle: "short" });
    return say(`${when} 的报告`, `Report of ${when}`);
  }

  const heading = (report) => element("h3", titleOf(report));

  function waiting(report) {
    const said = report.state.told;
    const lines = [
      paragraph("told", say("已存在这台手机上，还没有提交。有网络时自动提交", "Saved on this phone, not sent yet. It is sent when there is a network")),
      button(say("现在提交", "Send now"), () => send(true)),
      button(say("不报了，删掉", "Delete it"), () => {
        const sure = say("这份报告还没有提交，删掉就没有了。确定删掉？", "This report was not sent. Once deleted it is gone. Delete it?");
        if (confirm(sure)) kept.dropReport(report).then(again);
      }),
    ];
    if (said) lines.splice(1, 0, paragraph("note", said));
    return lines;
  }

  function refused(report) {
    return [
      paragraph("wrong", report.state.sentence),
      button(say("改一改再提交", "Change it and send again"), async () => {
        const token = fresh();
        await kept.takeBack(report, token);
        goOnWith({ token, fields: report.fields });
      }),
      button(say("不报了，删掉", "Delete it"), () => kept.dropReport(report).then(again)),
    ];
  }

  function sent(report) {
    const { number, link: path, code } = report.state;
    return [
      paragraph("told", say("已经收到，谢谢您", "Received. Thank you")),
      paragraph("note", say("编号", "Number")),
      paragraph("number", number),
      paragraph("note", say("查看进展的链接：有它的人都能看到这件事，请不要转发", "Link to follow it: whoever has it sees the report")),
      paragraph("link", location.origin + path),
      paragraph("", link(say("现在就看", "Look now"), `${path}?lang=${report.lang}`)),
      paragraph("note", say("电话查询码", "Code for the telephone")),
      paragraph("number", code),
      button(say("从这台手机上去掉", "Remove from this phone"), () => {
        const sure = say("去掉以后，这台手机上就没有链接和查询码了。确定去掉？", "The link and the code are then gone from this phone. Remove?");
        if (confirm(sure)) kept.dropReport(report).then(again);
      }),
    ];
  }

  async function goOnWith(draft) {
    if (!(await keepForm())) return again();
    history.replaceState(history.state, "", `${formOf(draft)}#${draft.token}`);
    location.reload();
  }

  // A draft that is not the one in the form: begun by another institution's code, or in another window.
  function unfinished(draft) {
    const words = (draft.fields.find(([name]) => name === "words") || ["", ""])[1].slice(0, 30);
    return element(
      "li",
      element("h3", say("还有一份没写完的报告", "A report that is not finished")),
      paragraph("note", words || say(`照片和录音 ${draft.photos.length} 份`, `${draft.photos.length} photos and recordings`)),
      button(say("接着写", "Go on"), () => goOnWith(draft)),
      button(say("不要了，删掉", "Delete it"), () => {
        const sure = say("写了的字、照片和录音就没有了。确定删掉？", "Its words, photos and recordings are then gone. Delete it?");
        if (confirm(sure)) kept.dropDraft(draft).then(again);
      }),
    );
  }

  const PARTS = { waiting, refused, sent };

  // Those that arrived earlier are folded away behind their day.
  function itemOf(report, at) {
    const parts = PARTS[report.state.is](report);
    if (report.state.is !== "sent" || at === 0) return element("li", heading(report), ...parts);
    return element("li", element("details", element("summary", titleOf(report)), ...parts));
  }

  const tell = (words) => {
    if (told.textContent !== words) told.textContent = words;
  };

  function tellHowMany(reports) {
    const waiting = reports.filter((it) => it.state.is === "waiting").length;
    const refused = reports.some((it) => it.state.is === "refused");
    const words = !reports.length
      ? ""
      : waiting
        ? say(`还有 ${waiting} 份没有提交`, `${waiting} not sent yet`)
        : refused
          ? say("有一份要改一改才能提交", "One has to be changed before it can be sent")
          : say("都已经提交", "All are sent");
    tell(words);
  }

  // For whoever is in the form, it stays where it is on the screen when the list above it grows: a report may arrive meanwhile.
  function inPlace(change) {
    const before = form.getBoundingClientRect().top;
    const isInTheForm = before < 0 || form.contains(document.activeElement);
    change();
    if (isInTheForm) self.scrollBy(0, form.getBoundingClientRect().top - before);
  }

  async function show() {
    const inTheForm = form.elements.token.value;
    const drafts = (await kept.drafts()).filter((draft) => draft.token !== inTheForm);
    const reports = (await kept.reports()).sort((one, other) => other.made - one.made);
    // What did not change is left as it is: somebody may be about to press it.
    const now = JSON.stringify([reports.map((it) => [it.token, it.state]), drafts.map((it) => it.token)]);
    inPlace(() => {
      if (now !== shown) fill(list, [...reports.map(itemOf), ...drafts.map(unfinished)]);
      shown = now;
      tellHowMany(reports);
      section.hidden = list.hidden;
    });
    clearTimeout(timer);
    const next = await outbox.nextLook();
    if (next !== undefined) timer = setTimeout(() => send(false), next);
  }

  async function send(whichever) {
    if (whichever) tell(say("正在提交，请稍等", "Sending, please wait"));
    try {
      // What another try makes of it, it says itself.
      if (!(await outbox.send(whichever)) && whichever) return;
      const registration = navigator.serviceWorker && (await navigator.serviceWorker.getRegistration("/snap"));
      const waits = (await outbox.nextLook()) !== undefined;
      if (waits && registration && registration.sync) await registration.sync.register("xunan-snap");
    } catch (error) {
      // The reports are kept, and the list says that they wait.
      console.warn(error);
    }
    again();
  }

  // A report that this phone has no room to keep, sent at once: what became of it stands on this page alone.
  async function sendUnkept(report) {
    const state = await outbox.attempt(report);
    if (state.is === "sent") await kept.dropDraft(report).catch(console.warn);
    fill(list, [itemOf(Object.assign({}, report, { state }), 0)]);
    shown = "";
    section.hidden = false;
    focus();
  }

  function openWithoutNetwork() {
    if (!navigator.serviceWorker) return;
    const address = "/snap/worker.js";
    const policy =
      self.trustedTypes &&
      trustedTypes.createPolicy("snap", {
        createScriptURL: (input) => {
          if (input !== address) throw new TypeError("not our worker");
          return input;
        },
      });
    navigator.serviceWorker
      .register(policy ? policy.createScriptURL(address) : address, { scope: "/snap" })
      .then(() => navigator.serviceWorker.ready)
      .then(() => (document.getElementById("opens-note").hidden = false))
      .catch(console.warn); // The form works as before; it only does not open without a network.
  }

  const focus = () => document.getElementById("reports-title").focus();

  self.xunanReports = {
    show,
    send,
    sendUnkept,
    focus,
    // Once there is a draft in the form, which is kept by `save`.
    begin(save) {
      keepForm = save;
      document.documentElement.style.overflowAnchor = "none"; // `inPlace` does it, and for browsers without anchors too
      if (outbox.changes) outbox.changes.onmessage = again;
      self.addEventListener("online", () => send(true));
      document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && send(false));
      openWithoutNetwork();
      kept.dropUnnamed().catch(console.warn);
      return show().then(() => send(false));
    },
  };
})();
