// Reads the text of a page aloud 朗读, one paragraph after the other, with the phone's own voice: nothing of it leaves the phone
// where a voice of its own is there. A phone that has none says so.
"use strict";
(() => {
  const text = document.querySelector("[data-aloud]");
  if (!text || !self.speechSynthesis || !self.SpeechSynthesisUtterance || !self.xunanParts) return;
  const { say, element, button } = self.xunanParts;
  // What offices write is Chinese, whatever the page around it speaks.
  const isChinese = (text.lang || document.documentElement.lang).startsWith("zh");
  const PARAGRAPHS = "h2, h3, p, li, summary, td, th, figcaption";
  const BEGINS_WITHIN = 5000; // ms
  const told = element("p");
  const press = button("", () => (reading ? stop() : read(0)));
  let reading; // the paragraph that is read
  let timer;

  // Those without a paragraph inside; what is folded away is not read.
  const paragraphs = () =>
    Array.from(text.querySelectorAll(PARAGRAPHS)).filter(
      (it) => !it.querySelector(PARAGRAPHS) && it.offsetParent !== null && it.textContent.trim() !== "",
    );

  function voice() {
    const voices = self.speechSynthesis.getVoices().filter((it) => it.lang.toLowerCase().startsWith(isChinese ? "zh" : "en"));
    return voices.find((it) => it.localService) || voices[0];
  }

  function mark(paragraph) {
    if (reading) reading.classList.remove("is-read");
    reading = paragraph;
    if (reading) {
      reading.classList.add("is-read");
      reading.scrollIntoView({ block: "nearest" });
    }
    press.textContent = reading ? say("停止朗读", "Stop reading") : say("朗读", "Read aloud");
  }

  function stop() {
    clearTimeout(timer);
    mark(undefined);
    self.speechSynthesis.cancel();
  }

  function fail() {
    stop();
    told.textContent = say("这台手机没有可用的朗读语音，可以在系统设置里安装", "This phone has no voice for it; its settings can add one");
  }

  function read(at) {
    const paragraph = paragraphs()[at];
    told.textContent = "";
    if (!paragraph) return stop();
    mark(paragraph);
    const spoken = new SpeechSynthesisUtterance(paragraph.textContent.trim());
    spoken.lang = isChinese ? "zh-CN" : "en";
    spoken.voice = voice() || null;
    spoken.onstart = () => clearTimeout(timer);
    spoken.onend = () => reading === paragraph && read(at + 1);
    spoken.onerror = () => reading === paragraph && fail();
    timer = setTimeout(fail, BEGINS_WITHIN);
    self.speechSynthesis.speak(spoken);
  }

  told.setAttribute("role", "status");
  text.before(press, told);
  mark(undefined);
  self.speechSynthesis.getVoices(); // Browsers fill the list after it was asked for once.
  self.addEventListener("pagehide", stop);
})();
