// What everybody says, as it comes in. What somebody is writing here stays while more comes in.
import { look } from "../../../shell/components/address.js";
import { draw, element, option, pressable } from "../../../shell/components/elements.js";
import { Outbox } from "../../../shell/components/outbox.js";
import { entryOf } from "./board_entry.js";

const boards = new WeakMap();

function command(board, entry, what) {
  board.outbox.add({ session: entry.session, id: entry.id, ...what });
  board.tell("commands", board.outbox.pending);
}

function chooser(filter) {
  const made = element("select");
  made.setAttribute("aria-label", filter.all);
  made.append(option("", filter.all, filter.chosen));
  made.append(...filter.values.map((one) => option(one.value, one.label, filter.chosen)));
  made.onchange = () => look({ [filter.parameter]: made.value ? [made.value] : [] });
  made.classList.toggle("chosen", Boolean(filter.chosen));
  return made;
}

function order(sort) {
  const made = element("select");
  made.setAttribute("aria-label", "Order");
  made.append(option("newest", "Newest first", sort), option("agreement", "Most agreement first", sort));
  made.onchange = () => look({ sort: made.value === "newest" ? [] : [made.value] });
  return made;
}

function head(data) {
  const made = element("div", "head");
  const shown = data.filters.filter((filter) => filter.values.length);
  made.append(...shown.map(chooser));
  if (data.entries.length) made.append(order(data.sort));
  const chosen = data.filters.filter((filter) => filter.chosen).map((filter) => filter.parameter);
  if (chosen.length) {
    const clear = () => look(Object.fromEntries(chosen.map((name) => [name, []])));
    made.append(pressable("plain", "Clear filters", clear));
  }
  return made;
}

function redraw(parent, board) {
  const { data } = board;
  const focused = parent.activeElement;
  const drawn = element("div", "board");
  const tally = element("p", "tally", data.tally);
  drawn.append(head(data), tally);
  if (data.note) {
    const note = element("p", "problem", data.note);
    note.setAttribute("role", "alert");
    drawn.append(note);
  }
  const list = element("ol");
  list.setAttribute("aria-label", "Feedback");
  list.append(...data.entries.map((entry) => entryOf(board, entry)));
  drawn.append(list);
  draw(parent, ".board", drawn);
  // What is being written has only moved.
  if (focused && board.editing?.form.contains(focused)) focused.focus({ preventScroll: true });
}

export default function ({ data, parentElement, setTriggerValue }) {
  const board = boards.get(parentElement) ?? { outbox: new Outbox(), known: null };
  boards.set(parentElement, board);
  board.tell = setTriggerValue;
  board.outbox.acknowledge(data.done);
  board.command = (entry, what) => command(board, entry, what);
  board.data = data;
  board.again = () => redraw(parentElement, board);
  board.again();
  board.known = new Set(data.entries.map((entry) => entry.id));
}
