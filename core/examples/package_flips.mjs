// Runs package_flips.wasm and compares: node package_flips.mjs MODULE EXPECTED
import { readFileSync } from "node:fs";

const [module, expected] = process.argv.slice(2);
const { instance } = await WebAssembly.instantiate(readFileSync(module), {});
const started = performance.now();
let all = "";
for (let word = 0; word < 8; word += 1) {
  all += (instance.exports.word_of_all_reports(word) >>> 0).toString(16).padStart(8, "0");
}
const frozen = readFileSync(expected, "utf8").trim();
if (all !== frozen) {
  console.error(`other verdicts than natively: ${all} instead of ${frozen}`);
  process.exit(1);
}
console.log(`  10,000 flipped bits judged as natively, in ${((performance.now() - started) / 1000).toFixed(1)} s`);
