// Picking rows: a box for each, one for all that are shown, and a range with Shift. What was picked
// is shown at once and told; until it has been heard, it counts for more than what was drawn.
import { element } from "../../../shell/components/elements.js";

const hands = new WeakMap();

export function handOf(parent, data, send) {
  const told = data.picking;
  if (!told) return null;
  let hand = hands.get(parent);
  if (!hand) {
    hand = { boxes: new Map(), all: null };
    hands.set(parent, hand);
  }
  if (hand.tab !== told.tab || hand.place !== told.place) {
    // Another session, after a restart of the server, say, under a table that looks the same: the
    // boxes that are drawn stay, for their clicks come here, and so does what is picked.
    const kept = hand.tab && hand.place === told.place && hand.copy === told.copy ? pickedOf(hand) : [];
    if (kept.length) setTimeout(() => pick(hand, kept, true));
    Object.assign(hand, { tab: told.tab, place: told.place, copy: told.copy, said: 0, last: null });
    hand.unheard = new Map();
  }
  if (told.heard >= hand.said) {
    hand.said = told.heard;
    hand.unheard.clear();
  }
  hand.send = send;
  hand.chosen = new Set(told.chosen);
  hand.elsewhere = told.elsewhere ?? [];
  hand.shown = data.rows.map((row) => row.id);
  return hand;
}

/**
 * All that is picked, on other pages of the table as well.
 * @param {{ elsewhere: string[], chosen: Set<string>, unheard: Map<string, boolean> }} hand
 */
export function pickedOf(hand) {
  const known = [...hand.elsewhere, ...hand.chosen, ...hand.unheard.keys()];
  return [...new Set(known)].filter((id) => hand.unheard.get(id) ?? true);
}

function isPicked(hand, id) {
  return hand.unheard.get(id) ?? hand.chosen.has(id);
}

function pick(hand, ids, on) {
  for (const id of ids) hand.unheard.set(id, on);
  hand.said += 1;
  const [on_, off] = [true, false].map((wanted) =>
    [...hand.unheard].filter(([, picked]) => picked === wanted).map(([id]) => id));
  hand.send("picked", { place: hand.place, tab: hand.tab, said: hand.said, on: on_, off });
  showPicked(hand);
}

/**
 * All from the row that was picked last to this one.
 * @param {{ shown: string[], last: string | null }} hand
 * @param {string} id
 */
export function range(hand, id) {
  const [from, to] = [hand.last, id].map((one) => hand.shown.findIndex((shown) => shown === one));
  return from < 0 ? [id] : hand.shown.slice(Math.min(from, to), Math.max(from, to) + 1);
}

/** @returns {[HTMLLabelElement, HTMLInputElement]} */
function box(label, at) {
  const made = element("input");
  made.type = "checkbox";
  made.setAttribute("aria-label", label);
  made.dataset.at = at;
  const frame = element("label", "box");
  frame.append(made);
  return [frame, made];
}

export function pickAll(hand) {
  if (!hand) return [];
  const made = element("th", "pick");
  made.scope = "col";
  const [frame, input] = box("Select all on this page", "all");
  frame.append(element("span", "said", "Select all on this page"));
  input.onchange = () => pick(hand, hand.shown, input.checked);
  made.append(frame);
  hand.all = input;
  hand.boxes = new Map();
  return [made];
}

export function pickOne(hand, row, made) {
  if (!hand) return [];
  const cell = element("td", "pick");
  const name = row.cells[0].text ?? row.cells[0].title;
  const [frame, input] = box("Select " + name, "pick " + row.id);
  // The click before the change knows of Shift, for the keyboard as well.
  let shift = false;
  cell.onclick = (event) => {
    event.stopPropagation();
    shift = event.shiftKey;
  };
  cell.onmousedown = (event) => {
    if (event.shiftKey) event.preventDefault();
  };
  input.onchange = () => {
    pick(hand, shift ? range(hand, row.id) : [row.id], input.checked);
    hand.last = row.id;
  };
  cell.append(frame);
  hand.boxes.set(row.id, [input, made]);
  return [cell];
}

export function showPicked(hand) {
  if (!hand?.all) return;
  for (const [id, [input, line]] of hand.boxes) {
    input.checked = isPicked(hand, id);
    line.classList.toggle("picked", input.checked);
  }
  const count = hand.shown.filter((id) => isPicked(hand, id)).length;
  hand.all.checked = count > 0 && count === hand.shown.length;
  hand.all.indeterminate = count > 0 && count < hand.shown.length;
}
