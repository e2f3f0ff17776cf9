import assert from "node:assert/strict";
import { test } from "node:test";

import { placement } from "../../../../app/shell/components/panel.js";

const DESK = { innerWidth: 1440, innerHeight: 900 };

test("a panel stands below its button", () => {
  const put = placement({ left: 100, top: 50, bottom: 80 }, 400, DESK);
  assert.deepEqual(put, { left: "100px", top: "86px", bottom: "auto", maxHeight: "802px" });
});

test("a panel stands above a button near the foot of the page", () => {
  const put = placement({ left: 100, top: 800, bottom: 830 }, 400, DESK);
  assert.deepEqual(put, { left: "100px", top: "auto", bottom: "106px", maxHeight: "782px" });
});

test("a panel does not reach beyond the right or the left edge", () => {
  assert.equal(placement({ left: 1400, top: 50, bottom: 80 }, 400, DESK)?.left, "1028px");
  assert.equal(placement({ left: 0, top: 50, bottom: 80 }, 400, DESK)?.left, "6px");
});

test("on a phone a panel is at the foot", () => {
  assert.equal(placement({ left: 0, top: 0, bottom: 9 }, 300, { innerWidth: 390, innerHeight: 844 }), null);
});
