// Questions as their presenter asks them: what came of the last one, the next one, the ones before.
import { draw, element, keepingFocus, pressable } from "../../shell/components/elements.js";
import { Outbox } from "../../shell/components/outbox.js";
import { newId } from "../../shell/components/storage.js";
import { formOf, learn, tell } from "./questioning_form.js";
import { chartInto } from "./chart.js";

const boards = new WeakMap();
const AGAIN = 2000;
const COVERED = "basket.ask.covered";
const EMPTY = "It shows at once on every page of everybody in the session. What they answer appears here, as it comes in.";

function command(board, what) {
  tell(board.form, null);
  board.outbox.add({ session: board.data.session, ...what });
  deliver(board);
}

function deliver(board) {
  clearTimeout(board.again);
  if (!board.outbox.pending.length || !board.drawn.isConnected) return;
  board.tell("commands", board.outbox.pending);
  board.again = setTimeout(() => deliver(board), AGAIN);
}

function askAgain(board, asked) {
  // One number however often it is pressed: it is asked once.
  board.next ??= newId();
  const { kind, text, options, lowest, highest } = asked;
  command(board, { do: "ask", question: { id: board.next, kind, text, options, lowest, highest } });
}

function actions(board, asked) {
  const made = element("div", "actions");
  const act = (label, what, name = "") => {
    const button = pressable(name, label, () => command(board, { do: what, id: asked.id }));
    button.dataset.at = `${asked.id} ${what === "hide" ? "show" : what}`;
    return button;
  };
  if (asked.open) made.append(act("Close the question", "close", "strong"));
  if (asked.shown) made.append(act("Stop sharing results", "hide"));
  else if (asked.open || !board.data.questions.some((one) => one.open))
    made.append(act("Share results", "show"));
  if (!asked.open) {
    const again = pressable("", "Ask again", () => askAgain(board, asked));
    again.dataset.at = `${asked.id} again`;
    made.append(again);
  }
  made.append(cover(board, asked));
  const issue = element("a", "", "Copy for issue tracker");
  issue.href = asked.issue;
  made.append(issue);
  return made;
}

function questionOf(board, asked, name) {
  const made = element("section", name);
  made.setAttribute("aria-label", asked.text);
  const line = element("p", "line");
  line.append(element("span", asked.open ? "badge green" : "badge", asked.open ? "Open" : "Closed"));
  line.append(element("span", "", asked.kindLabel));
  if (asked.shown) line.append(element("span", "badge blue", "Everybody sees the results"));
  if (asked.open) line.append(element("b", "here", asked.here));
  made.append(element("h3", "", asked.text), line, chartOf(board, asked), actions(board, asked));
  return made;
}

// For who shows this page to others before they have answered: only here, and only the answers.
function isCovered() {
  return Boolean(localStorage.getItem(COVERED));
}

function cover(board, asked) {
  const made = pressable("plain", isCovered() ? "Show results on this screen" : "Hide results on this screen", () => {
    if (isCovered()) localStorage.removeItem(COVERED);
    else localStorage.setItem(COVERED, "yes");
    redraw(board);
  });
  made.dataset.at = `${asked.id} cover`;
  return made;
}

// The same one each time, so that its bars grow.
function chartOf(board, asked) {
  const holder = board.charts.get(asked.id) ?? element("div", "chart");
  board.charts.set(asked.id, holder);
  chartInto(holder, asked.chart);
  holder.hidden = isCovered();
  return holder;
}

function earlier(board, questions) {
  const made = element("details", "earlier");
  made.open = board.unfolded ?? false;
  made.ontoggle = () => { board.unfolded = made.open; };
  made.append(element("summary", "", `Asked before (${questions.length})`));
  made.append(...questions.map((asked) => questionOf(board, asked, "before")));
  return made;
}

function redraw(board) {
  const { questions } = board.data;
  const [last, ...before] = questions;
  const focused = board.root.activeElement;
  const drawn = element("div", "asking");
  drawn.append(element("h2", "", "Ask everybody"));
  const grid = element("div", "grid");
  grid.append(board.form.drawn);
  grid.append(last ? questionOf(board, last, "now") : element("p", "hint", EMPTY));
  drawn.append(grid);
  if (before.length) drawn.append(earlier(board, before));
  keepingFocus(board.root, () => draw(board.parent, ".asking", drawn));
  board.drawn = drawn;
  // What is being written has only moved.
  if (focused && board.form.drawn.contains(focused)) focused.focus({ preventScroll: true });
}

export default function ({ data, parentElement, setTriggerValue }) {
  const board = boards.get(parentElement) ?? {
    parent: parentElement, root: parentElement.getRootNode(), outbox: new Outbox(), charts: new Map(), known: "",
  };
  Object.assign(board, { data, tell: setTriggerValue, command: (what) => command(board, what) });
  board.outbox.acknowledge(data.done);
  if (!boards.has(parentElement)) board.form = formOf(board);
  boards.set(parentElement, board);
  if (data.questions.some((one) => one.id === board.next)) board.next = null;
  learn(board.form, data);
  const known = JSON.stringify(data.questions);
  if (known !== board.known || !board.drawn) redraw(board);
  board.known = known;
}
