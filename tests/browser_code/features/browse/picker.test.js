import assert from "node:assert/strict";
import { test } from "node:test";

import { added, moved } from "../../../../app/features/browse/toolbar/picker.js";

const entries = ["name", "tag", "ccy"].map((name) => ({ name }));

test("a column that is shown again comes last, a chart in the order of the model", () => {
  assert.deepEqual(added({ ordered: true, entries }, ["ccy", "name"], "tag"), ["ccy", "name", "tag"]);
  assert.deepEqual(added({ ordered: false, entries }, ["ccy", "name"], "tag"), ["name", "tag", "ccy"]);
});

test("a column moves past its neighbour, and nothing is lost", () => {
  assert.deepEqual(moved(["name", "tag", "ccy"], 0, 1), ["tag", "name", "ccy"]);
  assert.deepEqual(moved(["name", "tag", "ccy"], 2, 1), ["name", "ccy", "tag"]);
});
