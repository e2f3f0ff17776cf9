// The tour that goes along: draws its step, and tells what the page shows as soon as that changes.
const LOOK = 250;
const panels = new WeakMap();

function isAtWork() {
  return document.querySelector('[data-test-script-state="running"]');
}

function contains(root, text, except) {
  if (root.textContent.includes(text)) return true;
  return Array.from(root.querySelectorAll("*")).some(
    (one) => one.shadowRoot && one.shadowRoot !== except && contains(one.shadowRoot, text, except),
  );
}

function here(panel) {
  const main = document.querySelector("[data-testid=stMain]");
  const { looksFor, step } = panel.data;
  return {
    step,
    address: location.pathname.split("/").pop() + location.search,
    shows: Boolean(looksFor && main && contains(main, looksFor, panel.root)),
  };
}

// What was seen twice in a row while the page was at rest is not on its way to something else.
function watch(panel) {
  if (!panel.drawn.isConnected) return clearInterval(panel.watching);
  panel.way.hidden = isThere(panel);
  if (isAtWork() || panel.data.done) return;
  const seen = JSON.stringify(here(panel));
  if (seen === panel.seen && seen !== panel.told) {
    panel.told = seen;
    panel.tell("sight", JSON.parse(seen));
  }
  panel.seen = seen;
}

function wish(panel, what) {
  panel.told = "";
  panel.tell("wish", { what, step: panel.data.step });
}

function line(name, label, text) {
  const made = element("p", name);
  if (label) made.append(element("strong", "", label), " ");
  made.append(text);
  return made;
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
  const { place, count, done, href } = panel.data;
  const row = element("div", "buttons");
  const last = place === count;
  const on = pressable(done ? "on" : "", last ? "Finish" : done ? "Next" : "Skip", () => wish(panel, "on"));
  on.dataset.at = "on";
  const back = pressable("", "Back", () => wish(panel, "back"));
  back.disabled = place === 1;
  row.append(on, back);
  panel.way = link("Take me there", href);
  panel.way.hidden = isThere(panel);
  row.append(panel.way);
  row.append(pressable("quiet", "Start again", () => wish(panel, "restart")));
  row.append(pressable("quiet", "Leave the tour", () => wish(panel, "leave")));
  return row;
}

function redraw(panel) {
  const { data } = panel;
  const drawn = element("section", data.done ? "tour done" : "tour");
  drawn.setAttribute("aria-label", "Tour");
  const head = element("div", "head");
  head.append(element("strong", "", data.title), element("span", "place", `Step ${data.place} of ${data.count}`));
  const state = element("span", "state", data.done ? "✓ Done" : "");
  state.setAttribute("role", "status");
  head.append(state);
  drawn.append(head, steps(panel), line("say", "", data.say));
  if (data.try) drawn.append(line("try", "Try it:", data.try));
  if (data.ask) drawn.append(line("ask", "What do you think?", data.ask));
  drawn.append(buttons(panel));
  keepingFocus(panel.root, () => draw(panel.parent, ".tour", drawn));
  panel.drawn = drawn;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const panel = panels.get(parentElement) ?? { parent: parentElement, root: parentElement.getRootNode() };
  const before = panel.data;
  Object.assign(panel, { data, tell: setTriggerValue });
  panels.set(parentElement, panel);
  if (before?.step !== data.step) panel.told = "";
  redraw(panel);
  clearInterval(panel.watching);
  panel.watching = setInterval(() => watch(panel), LOOK);
}
