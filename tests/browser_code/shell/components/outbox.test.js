import assert from "node:assert/strict";
import { test } from "node:test";

import { nextNumber, Outbox } from "../../../../app/shell/components/outbox.js";

test("commands are numbered upwards, however fast they come", () => {
  const box = new Outbox();
  const numbers = ["agree", "disagree", "agree"].map((what) => box.add({ do: what }));

  assert.deepEqual(numbers, [...new Set(numbers)].sort((one, other) => one - other));
  assert.deepEqual(box.pending.map((one) => one.do), ["agree", "disagree", "agree"]);
});

test("what is acknowledged is not told again, and what is not stays in its order", () => {
  const box = new Outbox();
  const [first] = ["one", "two", "three"].map((what) => box.add({ do: what }));
  box.acknowledge(first);

  assert.deepEqual(box.pending.map((one) => one.do), ["two", "three"]);
});

test("an acknowledgement from before changes nothing", () => {
  const box = new Outbox();
  box.add({ do: "one" });
  box.acknowledge(0);

  assert.equal(box.pending.length, 1);
});

test("a number is above the last one although the clock was set back", () => {
  const ahead = Date.now() + 1e9;
  assert.equal(nextNumber(ahead), ahead + 1);
});
