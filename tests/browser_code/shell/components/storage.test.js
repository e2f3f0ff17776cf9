import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { newId, store, stored } from "../../../../app/shell/components/storage.js";

let kept = new Map();

beforeEach(() => {
  kept = new Map();
  Object.defineProperty(globalThis, "localStorage", {
    configurable: true,
    value: { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) },
  });
});

test("what is stored is found again", () => {
  store("basket.ask", { text: "Gold?" });
  assert.deepEqual(stored("basket.ask"), { text: "Gold?" });
});

test("what cannot be read counts as nothing", () => {
  for (const text of ["{", "null", ""]) {
    kept.set("basket.ask", text);
    assert.deepEqual(stored("basket.ask"), {});
  }
});

test("a browser that refuses to remember is no reason to fail", () => {
  Object.defineProperty(globalThis, "localStorage", { configurable: true, get() { throw new Error("denied"); } });
  assert.deepEqual(stored("basket.ask"), {});
});

test("an identifier made later comes later, and no two are the same", (context) => {
  context.mock.timers.enable({ apis: ["Date"], now: 1e12 });
  const made = [newId(), newId()];
  context.mock.timers.tick(1);
  made.push(newId());

  assert.equal(new Set(made).size, 3);
  assert.ok(made[2] > made[0] && made[2] > made[1]);
});
