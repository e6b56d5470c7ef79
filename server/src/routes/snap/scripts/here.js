// Where the phone is, when its owner presses the button for it and not before. The position is shown, can be taken back, and is
// told to the office alone. What is written into the form: latitude and longitude in 10⁻⁷ degrees, and the radius in metres.
"use strict";
self.xunanHere = (() => {
  const part = document.getElementById("here");
  const form = document.getElementById("report");
  if (!part || !form || !navigator.geolocation || !self.isSecureContext || !self.xunanParts) return { show() {} };
  const { say, element, button, fill } = self.xunanParts;
  const PATIENCE = 20000; // ms
  const field = form.elements.here;

  function tell(words, ...buttons) {
    const told = element("p", words);
    told.className = "note";
    told.setAttribute("role", "status");
    fill(part, [told, ...buttons]);
  }

  function write(value) {
    field.value = value;
    form.dispatchEvent(new Event("input"));
    show();
  }

  // As it stands in the form: after a draft was shown, and after each change.
  function show() {
    const radius = field.value.split(",")[2];
    form.elements.address.required = !form.elements.f && !radius; // one of the three says where it is
    if (radius) {
      const noted = say(`已记下现在的位置，误差约 ${radius} 米，只给办理的人看`, `Your position is noted, within ${radius} m, for the office alone`);
      return tell(noted, button(say("不要这个位置", "Leave it out"), () => write("")));
    }
    return fill(part, [button(say("用这台手机现在的位置", "Use this phone's position"), find)]);
  }

  function find() {
    tell(say("正在找位置，最多 20 秒", "Looking for your position, 20 seconds at most"));
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const e7 = (degrees) => Math.round(degrees * 1e7);
        write([e7(coords.latitude), e7(coords.longitude), Math.ceil(coords.accuracy)].join(","));
      },
      () =>
        tell(
          say("没有拿到位置，请写明在哪里", "No position was found. Please write where it is"),
          button(say("再试一次", "Try again"), find),
        ),
      { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: 60000 },
    );
  }

  return { show };
})();
