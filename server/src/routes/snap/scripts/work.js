// Solves the puzzle that a form asks for in busy hours 工作量证明 (server/src/snaps/work.rs).
//
//   xunanWork.solve(challenge, bits)  a promise of the nonce, a text of figures:
//   SHA-256 of "challenge:nonce" begins with so many zero bits.
//
// SHA-256 (FIPS 180-4) is written out: crypto.subtle is missing on pages without TLS, and takes longer to answer for
// 50 bytes than it takes to hash them. It works in slices, so that the page stays alive, in browsers from 2016 on.
(function (page) {
  'use strict';

  // A slice is over before a finger notices.
  const SLICE_MS = 30;
  const TRIES_BETWEEN_LOOKS_AT_THE_CLOCK = 64;
  // The server takes nonces of 16 figures at most.
  const LAST_NONCE = 9007199254740991;

  // The first 32 bits of the fractional parts of the square roots (cube roots) of the first 8 (64) primes.
  const START = [];
  const ROUND = [];
  for (let number = 2; ROUND.length < 64; number += 1) {
    let isPrime = true;
    for (let by = 2; by * by <= number; by += 1) {
      if (number % by === 0) { isPrime = false; }
    }
    if (isPrime) {
      if (START.length < 8) { START.push(fraction(Math.sqrt(number))); }
      ROUND.push(fraction(Math.cbrt(number)));
    }
  }

  function fraction(root) {
    return ((root - Math.floor(root)) * 4294967296) | 0;
  }

  const schedule = new Int32Array(64);

  // Takes the block of 16 words that begins at `from` into `state`.
  function compress(state, words, from) {
    for (let at = 0; at < 16; at += 1) { schedule[at] = words[from + at]; }
    for (let at = 16; at < 64; at += 1) {
      const low = schedule[at - 15];
      const high = schedule[at - 2];
      const mixedLow = (low >>> 7 | low << 25) ^ (low >>> 18 | low << 14) ^ low >>> 3;
      const mixedHigh = (high >>> 17 | high << 15) ^ (high >>> 19 | high << 13) ^ high >>> 10;
      schedule[at] = schedule[at - 16] + mixedLow + schedule[at - 7] + mixedHigh | 0;
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let at = 0; at < 64; at += 1) {
      const turnedE = (e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7);
      const first = h + turnedE + (e & f ^ ~e & g) + ROUND[at] + schedule[at] | 0;
      const turnedA = (a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10);
      const second = turnedA + (a & b ^ a & c ^ b & c) | 0;
      h = g; g = f; f = e; e = d + first | 0; d = c; c = b; b = a; a = first + second | 0;
    }
    const more = [a, b, c, d, e, f, g, h];
    for (let at = 0; at < 8; at += 1) { state[at] = state[at] + more[at] | 0; }
  }

  // The first 32 bits of the SHA-256 of a text of ASCII.
  function firstWord(text) {
    const words = new Int32Array((text.length + 8 >> 6) + 1 << 4);
    for (let at = 0; at < text.length; at += 1) {
      words[at >> 2] |= text.charCodeAt(at) << 24 - (at & 3) * 8;
    }
    words[text.length >> 2] |= 0x80 << 24 - (text.length & 3) * 8;
    words[words.length - 1] = text.length * 8;
    const state = START.slice();
    for (let from = 0; from < words.length; from += 16) { compress(state, words, from); }
    return state[0];
  }

  function solve(challenge, bits) {
    const isOurs = /^[\x21-\x7e]{1,200}$/.test(challenge) && bits === Math.floor(bits) && bits >= 0 && bits <= 32;
    if (!isOurs) { return Promise.reject(new RangeError('no puzzle of this server')); }
    let nonce = 0;
    return new Promise(function (found, failed) {
      function slice() {
        const until = Date.now() + SLICE_MS;
        do {
          for (let tries = 0; tries < TRIES_BETWEEN_LOOKS_AT_THE_CLOCK; tries += 1) {
            if (Math.clz32(firstWord(challenge + ':' + nonce)) >= bits) {
              found(String(nonce));
              return;
            }
            nonce += 1;
          }
        } while (Date.now() < until);
        if (nonce > LAST_NONCE) {
          failed(new RangeError('no nonce fits'));
        } else {
          setTimeout(slice, 0);
        }
      }
      slice();
    });
  }

  page.xunanWork = { solve: solve };
})(typeof globalThis === 'object' ? globalThis : self);
