import assert from "node:assert/strict";
import { test } from "node:test";

import { isNews } from "../../../../app/shell/connection/updates.js";

test("what a page has not drawn is no news for it", () => {
  assert.equal(isNews({ marks: { model: "1" } }, { model: "1", basket: "2" }), false);
});

test("another mark of what it has drawn is news", () => {
  assert.equal(isNews({ marks: { model: "1", basket: "1" } }, { model: "1", basket: "2" }), true);
});
