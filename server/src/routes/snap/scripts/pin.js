// A drawing on which a pin is set by hand 图上指定位置: what is around as far as this server knows it, without anybody's tiles, so that
// nobody else learns who looks where. A press on the drawing sets the pin there, and four buttons move it, for fingers that
// tremble and for keyboards. Points are { lat, lon } in 10⁻⁷ degrees, as in the form.
"use strict";
self.xunanPin = (() => {
  if (!self.xunanParts || !self.fetch) return undefined;
  const { lang, say, element, button } = self.xunanParts;
  const SVG = "http://www.w3.org/2000/svg";
  const SIZE = 328; // units; one is a pixel on a phone 360 px wide
  const MIDDLE = SIZE / 2;
  const SCALES = [0.5, 1.5, 5]; // metres in a unit
  const BARS = [25, 100, 250]; // metres that the scale's bar shows
  const STEP = 10; // metres, by a button
  const METRES_PER_E7 = 0.011119508; // of latitude (mean earth radius of 6,371,008.8 m)
  const ROUNDED = 100000; // 10⁻⁷ degrees: about a kilometre
  const PATIENCE = 10000; // ms
  const LETTER = 14; // units

  const eastOf = (point) => METRES_PER_E7 * Math.cos((point.lat / 1e7) * (Math.PI / 180));

  // Metres east and north of a point.
  function from(point, other) {
    return { east: (other.lon - point.lon) * eastOf(point), north: (other.lat - point.lat) * METRES_PER_E7 };
  }

  function moved(point, { east, north }) {
    return { lat: Math.round(point.lat + north / METRES_PER_E7), lon: Math.round(point.lon + east / eastOf(point)) };
  }

  function drawn(name, attributes, text) {
    const made = document.createElementNS(SVG, name);
    Object.keys(attributes).forEach((it) => made.setAttribute(it, attributes[it]));
    if (text) made.textContent = text;
    return made;
  }

  // What is around a point. The server is asked about the whole kilometre, not about the point.
  async function around(point) {
    const rounded = (e7) => Math.round(e7 / ROUNDED) * ROUNDED;
    const form = new FormData();
    form.append("near", `${rounded(point.lat)},${rounded(point.lon)}`);
    const stop = self.AbortController ? new AbortController() : undefined;
    const timer = stop && setTimeout(() => stop.abort(), PATIENCE);
    try {
      const asked = { method: "POST", body: form, credentials: "omit", redirect: "error", cache: "no-store", signal: stop && stop.signal };
      const answer = await (await fetch(`/snap/around?lang=${lang}`, asked)).json();
      return answer.places.map(({ name, at }) => ({ name: String(name), lat: Number(at[0]), lon: Number(at[1]) }));
    } finally {
      clearTimeout(timer);
    }
  }

  function way(metres, ahead, back) {
    const whole = Math.round(Math.abs(metres));
    if (whole === 0) return [];
    const name = metres > 0 ? ahead : back;
    return [say(`往${name.zh} ${whole} 米`, `${whole} m ${name.en}`)];
  }

  // How far the pin is from where the drawing began, in words.
  function told(start, pin) {
    const { east, north } = from(start.point, pin);
    const ways = [
      ...way(east, { zh: "东", en: "east" }, { zh: "西", en: "west" }),
      ...way(north, { zh: "北", en: "north" }, { zh: "南", en: "south" }),
    ];
    if (!ways.length) return say(`图钉在${start.name}`, `The pin is at ${start.name}`);
    return say(`图钉在${start.name}${ways.join("、")}`, `The pin is ${ways.join(" and ")} of ${start.name}`);
  }

  // `start` is { point, name, radius } with a radius in metres where it was measured; `set` takes each point that is chosen.
  function open(start, set) {
    let pin = start.point;
    let scale = start.radius > 80 ? 1 : 0;
    let places = [];
    const status = Object.assign(element("p"), { className: "note" });
    const aside = Object.assign(element("p"), { className: "note", hidden: true });
    status.setAttribute("role", "status");
    const map = drawn("svg", { class: "map pin-map", viewBox: `0 0 ${SIZE} ${SIZE}`, role: "img" });

    function at(point) {
      const { east, north } = from(start.point, point);
      return { x: MIDDLE + east / SCALES[scale], y: MIDDLE - north / SCALES[scale] };
    }

    // Names stand where no other name does; what has none is still a mark.
    function names(inside) {
      const taken = [];
      return inside.flatMap(({ name, x, y }) => {
        const half = (LETTER * Array.from(name).length) / 2;
        const middle = Math.min(Math.max(x, half), Math.max(SIZE - half, half));
        const isFree = taken.every((it) => Math.abs(it.middle - middle) >= it.half + half || Math.abs(it.y - y) >= LETTER + 4);
        if (!isFree) return [];
        taken.push({ middle, half, y });
        return [drawn("text", { x: middle, y: y + LETTER + 8 }, name)];
      });
    }

    function draw() {
      const inside = places.map((it) => Object.assign({ name: it.name }, at(it))).filter(({ x, y }) => x > 0 && x < SIZE && y > 0 && y < SIZE);
      const { x, y } = at(pin);
      const bar = BARS[scale] / SCALES[scale];
      const parts = [
        drawn("path", { class: "pin-start", d: `M${MIDDLE - 8} ${MIDDLE}h16M${MIDDLE} ${MIDDLE - 8}v16` }),
        ...inside.map((it) => drawn("rect", { class: "pin-place", x: it.x - 5, y: it.y - 5, width: 10, height: 10 })),
        ...names(inside),
        drawn("path", { class: "pin-bar", d: `M12 ${SIZE - 20}v8h${bar}v-8` }),
        drawn("text", { x: 12 + bar / 2, y: SIZE - 24 }, say(`${BARS[scale]} 米`, `${BARS[scale]} m`)),
        drawn("path", { class: "pin-bar", d: `M${SIZE - 20} 44V14l-6 10h12l-6-10` }),
        drawn("text", { x: SIZE - 20, y: 60 }, say("北", "N")),
        drawn("path", { class: "pin", d: `M${x} ${y}l-11-22a12.5 12.5 0 1 1 22 0z` }),
      ];
      if (start.radius) parts.unshift(drawn("circle", { class: "pin-radius", cx: MIDDLE, cy: MIDDLE, r: start.radius / SCALES[scale] }));
      map.textContent = "";
      map.append(...parts);
      status.textContent = told(start, pin);
      map.setAttribute("aria-label", say(`图：${status.textContent}。用下面的按钮可以挪`, `Drawing: ${status.textContent}. The buttons below move it`));
    }

    function put(point) {
      pin = point;
      set(pin);
      draw();
    }

    map.addEventListener("click", (event) => {
      const { left, top, width } = map.getBoundingClientRect();
      const metres = (pixels) => ((pixels * SIZE) / width - MIDDLE) * SCALES[scale];
      put(moved(start.point, { east: metres(event.clientX - left), north: -metres(event.clientY - top) }));
    });

    const move = (words, way) => button(words, () => put(moved(pin, way)));
    const moves = element(
      "div",
      move(say(`往北 ${STEP} 米`, `${STEP} m north`), { east: 0, north: STEP }),
      move(say(`往南 ${STEP} 米`, `${STEP} m south`), { east: 0, north: -STEP }),
      move(say(`往西 ${STEP} 米`, `${STEP} m west`), { east: -STEP, north: 0 }),
      move(say(`往东 ${STEP} 米`, `${STEP} m east`), { east: STEP, north: 0 }),
      button(say("放大", "Closer"), () => scaled(-1)),
      button(say("缩小", "Farther"), () => scaled(1)),
    );
    moves.className = "moves";

    function scaled(by) {
      scale = Math.min(Math.max(scale + by, 0), SCALES.length - 1);
      draw();
    }

    draw();
    around(start.point).then(
      (found) => {
        places = found;
        draw();
      },
      (error) => {
        console.warn(error);
        aside.textContent = say("没有拿到附近的机构，图上只有方向和距离", "What is around did not arrive: the drawing has directions and distances alone");
        aside.hidden = false;
      },
    );
    const how = say("点一下图，图钉就放到那里", "Press on the drawing to set the pin there");
    return [Object.assign(element("p", how), { className: "note" }), map, status, aside, moves];
  }

  return { open };
})();
