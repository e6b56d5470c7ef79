// Where it is on the ground: where the phone is, when its owner presses the button for it and not before, or where a pin is set by
// hand (pin.js). It is shown, can be taken back, and is told to the office alone. What is written into the form: latitude and
// longitude in 10⁻⁷ degrees, and the radius in metres, or "hand".
"use strict";
self.xunanHere = (() => {
  const part = document.getElementById("here");
  const form = document.getElementById("report");
  if (!part || !form || !self.xunanParts) return { show() {} };
  const { say, element, button, fill } = self.xunanParts;
  const PATIENCE = 20000; // ms
  const BY_HAND = "hand";
  const field = form.elements.here;
  const canFind = navigator.geolocation && self.isSecureContext;

  function pointOf(text) {
    const [lat, lon] = text.split(",").map(Number);
    return { lat, lon };
  }

  function note(words) {
    const told = element("p", words);
    told.className = "note";
    told.setAttribute("role", "status");
    return told;
  }

  function write(value) {
    field.value = value;
    form.elements.address.required = !form.elements.f && !value; // one of the three says where it is
    form.dispatchEvent(new Event("input"));
  }

  function leave() {
    write("");
    show();
  }

  const leaveOut = () => button(say("不要这个位置", "Leave it out"), leave);
  const findAgain = (words) => (canFind ? [button(words, find)] : []);

  // The drawing, around a point of that name. Until the pin is moved, what was told stays as it is.
  function point(start) {
    const set = ({ lat, lon }) => write([lat, lon, BY_HAND].join(","));
    fill(part, [...self.xunanPin.open(start, set), button(say("好了", "Done"), done), leaveOut()]);
  }

  function done() {
    show();
    const first = part.querySelector("button");
    if (first) first.focus();
  }

  const pinned = (words, start) => (self.xunanPin ? [button(words, () => point(start))] : []);

  // As it stands in the form: after a draft was shown, and after each change.
  function show() {
    const found = field.value.split(",")[2];
    form.elements.address.required = !form.elements.f && !found;
    if (found === BY_HAND) {
      return fill(part, [
        note(say("已记下您在图上指的位置，只给办理的人看", "Where you set the pin is noted, for the office alone")),
        ...pinned(say("再挪一挪", "Move the pin"), { point: pointOf(field.value), name: say("原来指的地方", "where it was") }),
        leaveOut(),
      ]);
    }
    if (found) {
      const start = { point: pointOf(field.value), name: say("手机所在的地方", "where the phone is"), radius: Number(found) };
      return fill(part, [
        note(say(`已记下现在的位置，误差约 ${found} 米，只给办理的人看`, `Your position is noted, within ${found} m, for the office alone`)),
        ...pinned(say("不准？在图上挪一挪", "Not quite? Set it on a drawing"), start),
        leaveOut(),
      ]);
    }
    return fill(part, [...findAgain(say("用这台手机现在的位置", "Use this phone's position")), ...fromInstitution()]);
  }

  function fromInstitution() {
    const { institution } = part.dataset;
    if (!institution) return [];
    const start = { point: pointOf(institution), name: say("机构", "the institution") };
    return pinned(say("在图上指出位置", "Show it on a drawing"), start);
  }

  function find() {
    fill(part, [note(say("正在找位置，最多 20 秒", "Looking for your position, 20 seconds at most"))]);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const e7 = (degrees) => Math.round(degrees * 1e7);
        write([e7(coords.latitude), e7(coords.longitude), Math.ceil(coords.accuracy)].join(","));
        show();
      },
      () =>
        fill(part, [
          note(say("没有拿到位置，请写明在哪里", "No position was found. Please write where it is")),
          ...findAgain(say("再试一次", "Try again")),
          ...fromInstitution(),
        ]),
      { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: 60000 },
    );
  }

  show(); // before there is a draft: nothing moves from under a finger when it comes
  return { show };
})();
