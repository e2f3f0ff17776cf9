import assert from "node:assert/strict";
import { test } from "node:test";

import { same } from "../../../../app/features/leading/following.js";

test("the order of an address's parts says nothing", () => {
  assert.ok(same("?tag=ISA&ccy=GBP", "?ccy=GBP&tag=ISA"));
  assert.ok(same("?tag=A&tag=B", "?tag=B&tag=A"));
});

test("other pages and other values are not the same", () => {
  assert.ok(!same("add", "activity"));
  assert.ok(!same("?tag=ISA", "?tag=ISA&tag=GIA"));
});

test("no address is the same as none", () => {
  assert.ok(!same(null, "add"));
  assert.ok(!same(null, null));
});
