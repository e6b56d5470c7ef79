// Runs before everything else on a page: the one Trusted Types policy of the app.
//
// The server's policy (`require-trusted-types-for 'script'; trusted-types default`) lets no string become code. Starting
// a worker is the one thing we need from behind that door, so the policy admits our own workers by their exact
// addresses, and nothing else: no markup, no script text. Browsers without Trusted Types have nothing to set up.
"use strict";
(() => {
  const WORKERS = new Set(["/sw.js", "/desk/sw.js", "/photo/worker.js"]);
  if (!self.trustedTypes?.createPolicy) return;
  trustedTypes.createPolicy("default", {
    createScriptURL(input) {
      const address = new URL(input, location.href);
      if (address.origin === location.origin && WORKERS.has(address.pathname)) return address.href;
      throw new TypeError(`not a worker of this app: ${address.href}`);
    },
  });
})();
