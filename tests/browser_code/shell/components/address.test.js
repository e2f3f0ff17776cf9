import assert from "node:assert/strict";
import { test } from "node:test";

import { changed } from "../../../../app/shell/components/address.js";

const PAGE = "http://127.0.0.1/basket/?tag=ISA&tag=GIA&page=7";

test("a parameter takes several values, and the others stay", () => {
  assert.equal(changed(PAGE, { tag: ["SIPP", "Cash"] }), "http://127.0.0.1/basket/?page=7&tag=SIPP&tag=Cash");
});

test("a parameter without a value goes", () => {
  assert.equal(changed(PAGE, { tag: [], page: [] }), "http://127.0.0.1/basket/");
});

test("what a value says cannot become another parameter", () => {
  const made = new URL(changed(PAGE, { name: ["S&P=500 #1"] }));
  assert.equal(made.searchParams.get("name"), "S&P=500 #1");
});
