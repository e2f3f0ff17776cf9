// The tour that goes along: draws its step, and tells what the page shows as soon as that changes.
import { here } from "../../shell/components/address.js";
import { draw, element, keepingFocus, link, pressable } from "../../shell/components/elements.js";
import { isRunning, mainPart } from "../../streamlit_compat/dom.js";
import { line, question } from "./tour_answer.js";

const LOOK = 250;
const panels = new WeakMap();

function contains(root, text, except) {
  if (root.textContent.includes(text)) return true;
  return Array.from(root.querySelectorAll("*")).some(
    (one) => one.shadowRoot && one.shadowRoot !== except && contains(one.shadowRoot, text, except),
  );
}

function observed(panel) {
  const main = mainPart();
  const { looksFor, step } = panel.data;
  return {
    step,
    address: here(),
    shows: Boolean(looksFor && main && contains(main, looksFor, panel.root)),
  };
}

// What was seen twice in a row while the page was at rest is not on its way to something else.
function watch(panel) {
  if (!panel.drawn.isConnected) {
    delete document.documentElement.dataset.basketTour;
    return clearInterval(panel.watching);
  }
  // For what is said elsewhere on the page.
  document.documentElement.dataset.basketTour = `${panel.data.script}/${panel.data.step}`;
  panel.way.hidden = isThere(panel);
  if (isRunning() || panel.data.done) return;
  const seen = JSON.stringify(observed(panel));
  if (seen === panel.seen && seen !== panel.told) {
    panel.told = seen;
    panel.tell("sight", JSON.parse(seen));
  }
  panel.seen = seen;
}

function command(panel, what) {
  panel.told = "";
  panel.tell("command", { what, step: panel.data.step, script: panel.data.script });
}

function steps(panel) {
  const { place, count, done } = panel.data;
  const bar = element("progress");
  bar.max = count;
  bar.value = place - (done ? 0 : 1);
  bar.setAttribute("aria-label", "How far the tour is");
  return bar;
}

function isThere(panel) {
  const { done, page } = panel.data;
  const current = location.pathname.split("/").pop() || "browse";
  return done || (current === page && page !== "asset");
}

function buttons(panel) {
  const { leading, href } = panel.data;
  const row = element("div", "buttons");
  const isLed = leading.mine === false;
  row.append(...(isLed ? waiting(panel) : moves(panel)));
  panel.way = link("Take me there", href);
  panel.way.hidden = isThere(panel);
  row.append(panel.way);
  if (leading.may) row.append(quiet(panel, "Lead everybody", "lead"));
  if (leading.mine) row.append(quiet(panel, "Let everyone continue on their own", "alone"), quiet(panel, "End for everybody", "finish"));
  if (!isLed) row.append(quiet(panel, "Start again", "restart"));
  if (!leading.mine) row.append(quiet(panel, "Leave the tour", "leave"));
  return row;
}

function quiet(panel, word, what) {
  return pressable("quiet", word, () => command(panel, what));
}

function moves(panel) {
  const { place, count, done } = panel.data;
  const word = place === count ? "Finish" : done ? "Next" : "Skip";
  const on = pressable(done ? "on" : "", word, () => command(panel, "on"));
  on.dataset.at = "on";
  const back = pressable("", "Back", () => command(panel, "back"));
  back.disabled = place === 1;
  return [on, back];
}

// Whoever is led goes on with all the others.
function waiting(panel) {
  const { data } = panel;
  if (data.done || data.skipped) return [element("span", "wait", `${data.leading.by} goes on in a moment.`)];
  return [pressable("", "Skip", () => command(panel, "skip"))];
}

function together({ by, mine, along }) {
  if (mine === undefined) return [];
  return [element("span", "badge blue", mine ? `Leading – ${along} following` : `${by} leads`)];
}

function redraw(panel) {
  const { data } = panel;
  const drawn = element("section", data.done ? "tour done" : "tour");
  drawn.setAttribute("aria-label", "Tour");
  const head = element("div", "head");
  head.append(element("strong", "", data.title), element("span", "place", `Step ${data.place} of ${data.count}`));
  const state = element("span", "state", data.done ? "✓ Done" : data.skipped && data.leading.mine === false ? "Skipped" : "");
  state.setAttribute("role", "status");
  head.append(state, ...together(data.leading));
  drawn.append(head, steps(panel), line("say", "", data.say));
  if (data.try) drawn.append(line("try", "Try it:", data.try));
  if (data.ask) drawn.append(question(panel));
  drawn.append(buttons(panel));
  keepingFocus(panel.root, () => draw(panel.parent, ".tour", drawn));
  panel.drawn = drawn;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const panel = panels.get(parentElement) ?? { parent: parentElement, root: parentElement.getRootNode() };
  const before = panel.data;
  Object.assign(panel, { data, tell: setTriggerValue, again: () => redraw(panel) });
  panels.set(parentElement, panel);
  if (before?.step !== data.step) panel.told = "";
  document.documentElement.dataset.basketTour = `${data.script}/${data.step}`;
  redraw(panel);
  clearInterval(panel.watching);
  panel.watching = setInterval(() => watch(panel), LOOK);
}
