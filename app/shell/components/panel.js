// Buttons that open panels. What is in a panel is asked for when it opens, so that a closed one
// costs a click nothing.
import { element, pressable } from "./elements.js";

const GAP = 6;
const PHONE = 640;

export function panelled(name, bar) {
  const button = pressable("tool", "");
  button.dataset.key = name;
  const panel = element("div", "panel");
  panel.popover = "auto";
  panel.setAttribute("role", "dialog");
  panel.tabIndex = -1;
  // What is typed in here is not for the page's own keys.
  panel.onkeydown = (event) => event.stopPropagation();
  button.popoverTargetElement = panel;
  button.setAttribute("aria-haspopup", "dialog");
  panel.addEventListener("toggle", (event) => {
    const open = event.newState === "open";
    button.setAttribute("aria-expanded", String(open));
    if (open) bar.opened = name;
    else if (bar.opened === name) bar.opened = null;
    else return;
    if (open) place(panel, button);
    if (open) panel.focus();
    bar.tell("open", bar.opened);
  });
  return { button, panel, text: "" };
}

/**
 * Where a panel stands: below its button, above it if there is too little room; null for the foot of
 * a phone.
 * @param {{ left: number, top: number, bottom: number }} at where the button is
 * @param {number} width of the panel
 * @param {{ innerWidth: number, innerHeight: number }} screen
 */
export function placement(at, width, screen) {
  if (screen.innerWidth < PHONE) return null;
  const left = Math.max(GAP, Math.min(at.left, screen.innerWidth - width - 2 * GAP));
  const below = screen.innerHeight - at.bottom;
  const upwards = below < screen.innerHeight / 3;
  return {
    left: `${left}px`,
    top: upwards ? "auto" : `${at.bottom + GAP}px`,
    bottom: upwards ? `${screen.innerHeight - at.top + GAP}px` : "auto",
    maxHeight: `${(upwards ? at.top : below) - 3 * GAP}px`,
  };
}

/**
 * Put the panel where it belongs.
 * @param {HTMLElement} panel
 * @param {HTMLElement} button
 */
export function place(panel, button) {
  const found = placement(button.getBoundingClientRect(), panel.offsetWidth, window);
  panel.classList.toggle("sheet", !found);
  if (found) Object.assign(panel.style, found);
  else panel.removeAttribute("style");
}

// Draws what is new in an open panel without taking away what is being typed, unfolded or read.
export function refill(tool, body, build) {
  const text = JSON.stringify(body);
  if (text === tool.text) return;
  tool.text = text;
  const unfolded = new Map(
    Array.from(tool.panel.querySelectorAll("details"), (one) => [one.dataset.key, one.open]),
  );
  const active = tool.panel.getRootNode().activeElement;
  const focused = tool.panel.contains(active) ? active : null;
  tool.panel.replaceChildren(...build(body));
  for (const one of tool.panel.querySelectorAll("details"))
    one.open = unfolded.get(one.dataset.key) ?? one.open;
  if (focused) takeOver(focused, tool.panel);
}

function takeOver(before, panel) {
  const after = panel.querySelector(`[data-key="${CSS.escape(before.dataset.key ?? "")}"]`);
  if (!after) return panel.focus();
  after.focus();
  if (before.type !== "text") return;
  after.value = before.value;
  after.setSelectionRange(before.selectionStart, before.selectionEnd);
}

export function keyed(made, key) {
  made.dataset.key = key;
  return made;
}

export function title(text) {
  return element("h4", "", text);
}
