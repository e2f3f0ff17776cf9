import assert from "node:assert/strict";
import { test } from "node:test";

import { component } from "../../../../app/shell/components/loading.js";

const PATHS = ["guard", "own"];
const later = () => new Promise((done) => { setImmediate(done); });

// Modules that arrive when the test says so, and a root that notes what is drawn on it.
function page({ fails = 0 } = {}) {
  const drawn = [];
  const waits = [];
  const modules = {
    guard: { guarded: (_, draw) => draw },
    own: { default: ({ data }) => { drawn.push(data); return () => drawn.push(`undo ${data}`); } },
  };
  const load = (path) => new Promise((done, refuse) => {
    waits.push(() => (fails-- > 0 ? refuse(new Error("away")) : done(modules[path])));
  });
  const root = { isConnected: true, said: [], querySelector: () => null, append: (one) => root.said.push(one.textContent) };
  const arrive = async () => {
    for (const act of waits.splice(0)) act();
    await later();
  };
  return { draw: component("one", PATHS, load), drawn, root, arrive };
}

test("a component is drawn as soon as its module is there", async () => {
  const { draw, drawn, root, arrive } = page();
  const made = draw({ data: 1, parentElement: root });
  assert.deepEqual(drawn, []);
  await arrive();
  await made;
  assert.deepEqual(drawn, [1]);
});

test("once the module is there, drawing does not wait, and how to undo it is told", async () => {
  const { draw, drawn, root, arrive } = page();
  draw({ data: 1, parentElement: root });
  await arrive();
  const undo = draw({ data: 2, parentElement: root });
  assert.deepEqual(drawn, [1, 2]);
  undo();
  assert.deepEqual(drawn, [1, 2, "undo 2"]);
});

test("of several draws that wait only the last is made", async () => {
  const { draw, drawn, root, arrive } = page();
  const made = [1, 2, 3].map((data) => draw({ data, parentElement: root }));
  await arrive();
  assert.deepEqual((await Promise.all(made)).map((undo) => typeof undo), ["undefined", "undefined", "function"]);
  assert.deepEqual(drawn, [3]);
});

test("two parts that wait for the same module are both drawn, in their order", async () => {
  const { draw, drawn, root, arrive } = page();
  draw({ data: 1, parentElement: root });
  draw({ data: 2, parentElement: { ...root } });
  await arrive();
  assert.deepEqual(drawn, [1, 2]);
});

test("what has left the page meanwhile is not drawn", async () => {
  const { draw, drawn, root, arrive } = page();
  draw({ data: 1, parentElement: root });
  root.isConnected = false;
  await arrive();
  assert.deepEqual(drawn, []);
});

test("a module that does not come is said, and tried again", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  context.mock.method(console, "warn", () => {});
  Object.defineProperty(globalThis, "document", { configurable: true, value: { createElement: () => ({}) } });
  const { draw, drawn, root, arrive } = page({ fails: 1 });
  draw({ data: 1, parentElement: root });
  await arrive();
  assert.match(root.said[0], /not loaded yet/);
  context.mock.timers.tick(1000);
  await later();
  await arrive();
  assert.deepEqual(drawn, [1]);
});
