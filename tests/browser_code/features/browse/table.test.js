import assert from "node:assert/strict";
import { test } from "node:test";

import { pickedOf, range } from "../../../../app/features/browse/table/selection.js";
import { resorted } from "../../../../app/features/browse/table/table.js";

const NAME = { name: "name", newestFirst: false };
const ADDED = { name: "added", newestFirst: true };

test("a click on a header sorts by it, and a second one the other way", () => {
  assert.deepEqual(resorted(["-added"], NAME, false), ["name"]);
  assert.deepEqual(resorted(["name"], NAME, false), ["-name"]);
});

test("dates begin with the newest", () => {
  assert.deepEqual(resorted(["name"], ADDED, false), ["-added"]);
  assert.deepEqual(resorted(["-added"], ADDED, false), ["added"]);
});

test("a click after several keys begins anew", () => {
  assert.deepEqual(resorted(["name", "-added"], NAME, false), ["name"]);
});

test("with Shift a column joins the others, or is turned round in its place", () => {
  assert.deepEqual(resorted(["-added"], NAME, true), ["-added", "name"]);
  assert.deepEqual(resorted(["name", "-added"], NAME, true), ["-name", "-added"]);
  assert.deepEqual(resorted(["-name", "-added"], NAME, true), ["name", "-added"]);
});

test("a range goes from the row that was picked last, upwards as well", () => {
  const shown = ["a", "b", "c", "d"];
  assert.deepEqual(range({ shown, last: "b" }, "d"), ["b", "c", "d"]);
  assert.deepEqual(range({ shown, last: "d" }, "b"), ["b", "c", "d"]);
});

test("a range without a beginning on this page is one row", () => {
  assert.deepEqual(range({ shown: ["a", "b"], last: null }, "b"), ["b"]);
  assert.deepEqual(range({ shown: ["a", "b"], last: "gone" }, "b"), ["b"]);
});

test("what was clicked counts for more than what was drawn, and each counts once", () => {
  const unheard = new Map([["b", false], ["c", true], ["d", true]]);
  const picked = pickedOf({ elsewhere: ["z"], chosen: new Set(["a", "b", "d"]), unheard });
  assert.deepEqual(picked, ["z", "a", "d", "c"]);
});
