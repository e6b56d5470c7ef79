// The photo worker as the server serves it, with an eye on its memory.

let memory = null;
const instantiate = WebAssembly.instantiateStreaming;
WebAssembly.instantiateStreaming = async (...all) => {
  const result = await instantiate(...all);
  memory = result.instance.exports.memory;
  return result;
};

// Messages may come before the worker is here.
const early = [];
self.onmessage = (event) => early.push(event);
await import("/photo/worker.js");
const work = self.onmessage;
self.onmessage = (event) => {
  if (event.data === "memory") self.postMessage({ memory: memory.buffer.byteLength });
  else work(event);
};
early.forEach((event) => self.onmessage(event));
