// Starts the program. The build writes the hashed names in place of those below.
// The notice that the page opened with goes when the program stands, and tells the truth when it cannot.
import init from "./program.js";

// The styles that no first page needs; empty for a program that has none. Tried again until they are here.
const LATER = "./later.css";
const style = () => {
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: LATER });
  link.onerror = () => {
    link.remove();
    setTimeout(style, 5000);
  };
  document.head.append(link);
};

init({ module_or_path: "./program.wasm" }).then(
  () => {
    document.getElementById("opening")?.remove();
    if (LATER) style();
  },
  (error) => {
    console.error(error);
    const notice = document.getElementById("opening");
    if (notice) notice.textContent = `巡安没有打开，请重新载入；仍不行请换用新版浏览器。 Xun'an could not start, please reload. (${error})`;
  },
);
