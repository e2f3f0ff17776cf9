import assert from "node:assert/strict";
import { test } from "node:test";

import { roomLeft } from "../../../../app/shell/components/limit.js";

test("nothing is told while there is room enough", () => {
  assert.deepEqual(roomLeft("Gold", 120), { told: "", over: 0 });
});

test("what is left is told when it gets tight", () => {
  assert.deepEqual(roomLeft("x".repeat(95), 100), { told: "5 characters left", over: 0 });
});

test("what is too much is counted", () => {
  assert.deepEqual(roomLeft("x".repeat(3000), 1500), { told: "1,500 characters too many", over: 1500 });
});

test("an emoji is one character", () => {
  assert.equal(roomLeft("💥".repeat(10), 10).over, 0);
});
