// Counts for so many milliseconds and does nothing else: the load of a worker without what it does.

self.onmessage = ({ data: millis }) => {
  const end = performance.now() + millis;
  while (performance.now() < end);
  self.postMessage(0);
};
