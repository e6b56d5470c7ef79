// A voice note and a short video of the form: recorded when somebody presses the button for it and not before, heard again, and
// removed again. What was recorded is kept by form.js beside the photos; a browser that cannot record has the file fields.
"use strict";
self.xunanVoice = (() => {
  const form = document.getElementById("report");
  const parts = { voice: document.getElementById("voice-recorder"), video: document.getElementById("video-recorder") };
  if (!form || !parts.voice || !self.xunanParts) return { begin() {}, show() {}, finish: () => Promise.resolve(), over: () => "" };
  const { say, element, button, fill } = self.xunanParts;
  const inputs = { voice: document.getElementById("voice"), video: document.getElementById("video") };
  const TYPES = ["audio/webm;codecs=opus", "audio/mp4"]; // what the office's browsers play
  const BITS = 32000; // each second; speech needs no more
  const canRecord = navigator.mediaDevices && navigator.mediaDevices.getUserMedia && self.MediaRecorder && MediaRecorder.isTypeSupported;
  const type = canRecord ? TYPES.find((it) => MediaRecorder.isTypeSupported(it)) : undefined;
  const limit = (field, of) => Number(form.dataset[`max${field[0].toUpperCase()}${field.slice(1)}${of}`]);

  let keeper; // takes in what was recorded, and removes it: form.js
  let kept = {}; // field → what is kept of it
  let recording; // { recorder, ended } while one is under way
  let addresses = []; // of what is played here
  let justStopped = false; // and whoever pressed stands where the button was

  const time = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

  function told(words, role) {
    const line = element("p", words);
    line.className = role === "alert" ? "wrong" : "note";
    line.setAttribute("role", role);
    return line;
  }

  function shown(field, children) {
    fill(parts[field], children);
    if (inputs[field]) inputs[field].hidden = field in kept || (field === "voice" && Boolean(type));
  }

  function play(field) {
    const player = document.createElement(field === "voice" ? "audio" : "video");
    const address = URL.createObjectURL(new Blob([kept[field].bytes], { type: kept[field].type }));
    addresses.push(address);
    player.controls = true;
    player.preload = "metadata";
    player.src = address;
    player.setAttribute("aria-label", field === "voice" ? say("您录的语音", "Your voice note") : say("您拍的视频", "Your video"));
    return player;
  }

  function draw(field, problem) {
    if (!parts[field]) return;
    const lines = problem ? [told(problem, "alert")] : [];
    if (kept[field]) {
      const words = field === "voice" ? say("去掉语音", "Remove the voice note") : say("去掉视频", "Remove the video");
      const remove = button(words, () => keeper.remove(kept[field].name).then(() => (parts[field].querySelector("button") || inputs[field]).focus()));
      lines.push(play(field), remove);
    } else if (field === "voice" && type) {
      const begins = button(say("按一下开始录音", "Press to record"), start);
      begins.setAttribute("aria-describedby", "voice-hint");
      lines.push(begins);
    }
    shown(field, lines);
  }

  // Without a microphone, or where its owner does not want it, a file can still be chosen.
  function refused(error) {
    console.warn(error);
    draw("voice", say("没有拿到麦克风。可以选一段录好的语音，或者写字", "No microphone. You can choose a recording, or write instead"));
    inputs.voice.hidden = false;
  }

  async function start() {
    if (recording) return;
    let stream;
    recording = { ended: Promise.resolve() };
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      record(stream);
    } catch (error) {
      recording = undefined;
      if (stream) stream.getTracks().forEach((track) => track.stop());
      refused(error);
    }
  }

  function record(stream) {
    const recorder = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: BITS });
    const pieces = [];
    const most = limit("voice", "Seconds");
    const began = Date.now();
    const clock = element("p");
    clock.className = "number";
    const tick = () => (clock.textContent = `${time(Math.floor((Date.now() - began) / 1000))} / ${time(most)}`);
    const ticking = setInterval(tick, 500);
    const stop = () => recorder.state !== "inactive" && recorder.stop();
    const stopping = setTimeout(stop, most * 1000);
    recorder.ondataavailable = (event) => event.data.size && pieces.push(event.data);
    const ended = new Promise((done) => {
      recorder.onstop = () => {
        clearInterval(ticking);
        clearTimeout(stopping);
        stream.getTracks().forEach((track) => track.stop());
        recording = undefined;
        justStopped = true;
        draw("voice");
        if (pieces.length) keeper.add("voice", new Blob(pieces, { type: recorder.mimeType || type }));
        done();
      };
    });
    recording = { stop, ended };
    recorder.start(1000);
    tick();
    const stopper = button(say("再按一下停止", "Press again to stop"), stop);
    fill(parts.voice, [told(say("正在录音", "Recording"), "status"), clock, stopper]);
    stopper.focus();
  }

  return {
    // `it` has add(field, blob), which takes one in, and remove(name).
    begin(it) {
      keeper = it;
      Object.keys(inputs).forEach((field) => {
        const input = inputs[field];
        if (!input) return;
        const takePicked = () => {
          if (input.files.length) keeper.add(field, input.files[0]);
          input.value = "";
        };
        input.addEventListener("change", takePicked);
        takePicked(); // also what was picked before the page was ready
      });
      // Whoever leaves the page has said what is said.
      document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && recording && recording.stop && recording.stop());
    },

    // What of a draft was recorded: { name, field, type, bytes } each; and what became of the last one.
    show(recorded, problem) {
      addresses.forEach((address) => URL.revokeObjectURL(address));
      addresses = [];
      kept = {};
      recorded.forEach((it) => (kept[it.field] = it));
      if (recording && recording.stop) return;
      Object.keys(parts).forEach((field) => draw(field, problem && problem.field === field ? problem.words : ""));
      if (justStopped) parts.voice.querySelector("button").focus();
      justStopped = false;
    },

    // Once what is being recorded is on its way to be kept.
    finish() {
      if (recording && recording.stop) recording.stop();
      return recording ? recording.ended : Promise.resolve();
    },

    // Why a recording of so many bytes cannot be taken; empty when it can.
    over: (field, bytes) =>
      bytes > limit(field, "Bytes")
        ? field === "voice"
          ? say("语音太大，没有加上，请录短一些", "That voice note is too large and was left out: make it shorter")
          : say("视频太大，没有加上，请拍短一些", "That video is too large and was left out: make it shorter")
        : "",
  };
})();
