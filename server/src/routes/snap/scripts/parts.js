// What the scripts of the citizen's pages are made with: texts in the page's language, and elements of texts alone, so that
// nothing that somebody wrote becomes markup.
"use strict";
self.xunanParts = (() => {
  const lang = document.documentElement.lang === "en" ? "en" : "zh";

  function element(name, ...children) {
    const made = document.createElement(name);
    made.append(...children);
    return made;
  }

  return {
    lang,
    say: (zh, en) => (lang === "en" ? en : zh),
    element,

    button(words, press) {
      const made = element("button", words);
      made.type = "button";
      made.className = "plain";
      made.addEventListener("click", press);
      return made;
    },

    fill(parent, children) {
      parent.textContent = "";
      parent.append(...children);
      parent.hidden = children.length === 0;
    },

    // 128 random bits as 22 characters of base64url, as the server makes a form's token.
    fresh() {
      const bytes = crypto.getRandomValues(new Uint8Array(16));
      return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
    },

    // The institution that a draft or report names; empty for none.
    placeOf: (it) => (it.fields.find(([name]) => name === "f") || ["", ""])[1],

    // Where its form opens.
    formOf(it) {
      const place = self.xunanParts.placeOf(it);
      return `/snap?lang=${lang}${place ? `&f=${encodeURIComponent(place)}` : ""}`;
    },
  };
})();
