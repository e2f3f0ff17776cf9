import assert from "node:assert/strict";
import { test } from "node:test";

import { range } from "../../../../app/features/browse/charts/summary.js";

const BOUNDS = { least: "price.from", most: "price.to", below: "price.below" };
const chart = (...chosen) => ({
  bounds: BOUNDS,
  bars: [["0", "10"], ["10", "20"], ["20", undefined]].map(([least, below], at) => ({ least, below, chosen: chosen.includes(at) })),
});

test("a bar asks for its range, the last one for all above", () => {
  assert.deepEqual(range(chart(), 1, false), { "price.from": ["10"], "price.to": [], "price.below": ["20"] });
  assert.deepEqual(range(chart(), 2, false), { "price.from": ["20"], "price.to": [], "price.below": [] });
});

test("a click on the only one that is chosen asks for all of them", () => {
  assert.deepEqual(range(chart(1), 1, false), { "price.from": [], "price.to": [], "price.below": [] });
});

test("with Shift the range reaches from what is chosen to there, downwards as well", () => {
  assert.deepEqual(range(chart(0), 1, true)["price.below"], ["20"]);
  assert.deepEqual(range(chart(2), 0, true), { "price.from": ["0"], "price.to": [], "price.below": [] });
});
