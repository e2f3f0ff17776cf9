// What is filtered by, how much that leaves, and what else can be chosen of how to look at it.
import { ask } from "../../../shell/components/address.js";
import { element, pressable } from "../../../shell/components/elements.js";
import { panelled, place, refill } from "../../../shell/components/panel.js";
import { conditions } from "./conditions.js";
import { order } from "./order.js";
import { picker } from "./picker.js";
import { views } from "../saved_views/saved_views.js";
import { files } from "./exports.js";

const bars = new WeakMap();

const BUILD = {
  conditions,
  order,
  columns: picker,
  charts: picker,
  views: (body, bar) => views(body, (command) => bar.trigger("command", command), () => fill(bar, true)),
  exports: files,
};

function make(parent) {
  /** @type {any} */
  const bar = { tools: {}, opened: null };
  const row = element("div", "tools");
  bar.chips = element("div", "chips");
  for (const name of Object.keys(BUILD)) {
    bar.tools[name] = panelled(name, bar);
    row.append(bar.tools[name].button, bar.tools[name].panel);
  }
  const drawn = element("div", "toolbar");
  drawn.append(row, bar.chips);
  parent.append(drawn);
  const follow = () => bar.opened && place(bar.tools[bar.opened].panel, bar.tools[bar.opened].button);
  window.addEventListener("resize", follow);
  document.addEventListener("scroll", follow, { capture: true, passive: true });
  bars.set(parent, bar);
  return bar;
}

function label(tool, said) {
  tool.button.replaceChildren(element("span", "word", said.label));
  if (said.now) tool.button.append(element("span", "now", said.now));
  if (said.count) tool.button.append(element("span", "number", said.count));
  tool.panel.setAttribute("aria-label", said.label);
}

function chip(entry) {
  const made = element("span", entry.wrong ? "chip wrong" : "chip", entry.text);
  const clear = Object.fromEntries(entry.parameters.map((name) => [name, []]));
  const remove = pressable("", "✕", () => ask(clear));
  remove.setAttribute("aria-label", `Remove: ${entry.text}`);
  made.append(remove);
  return made;
}

function tally(said) {
  const made = element("p", "tally");
  for (const [text, strong] of said) made.append(element(strong ? "b" : "span", "", text));
  return made;
}

function fill(bar, again = false) {
  const name = bar.data.open;
  if (!name || name !== bar.opened) return;
  const tool = bar.tools[name];
  if (again) tool.text = "";
  refill(tool, bar.data.body, (body) => BUILD[name](body, bar));
  place(tool.panel, tool.button);
}

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const bar = bars.get(parentElement) ?? make(parentElement);
  Object.assign(bar, { data, tell: setStateValue, trigger: setTriggerValue });
  for (const [name, said] of Object.entries(data.tools)) label(bar.tools[name], said);
  bar.chips.replaceChildren(tally(data.tally), ...data.chips.map(chip));
  if (data.clear) {
    const changes = Object.fromEntries(data.clear.map((name) => [name, []]));
    bar.chips.append(pressable("clear", "Clear filters", () => ask(changes)));
  }
  fill(bar);
}
