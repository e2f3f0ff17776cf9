// What one writes on the board: an answer, other words, what something is the same as.
import { element, option, pressable } from "../../../shell/components/elements.js";
import { limit } from "../../../shell/components/limit.js";

export function edit(board, entry, build) {
  const same = board.editing?.id === entry.id && board.editing.build === build;
  board.editing = same ? null : { id: entry.id, build, form: build(board, entry) };
  board.again();
  board.editing?.form.querySelector("textarea, select, button")?.focus();
}

function formOf(board, parts, word = "", send = () => {}) {
  const made = element("form", "edit");
  const line = element("div", "line");
  const stop = () => {
    board.editing = null;
    board.again();
  };
  if (word) line.append(element("button", "strong", word));
  line.append(pressable("", word ? "Cancel" : "Close", stop));
  made.append(...parts, line);
  made.onkeydown = (event) => {
    event.stopPropagation();
    if (event.key === "Escape") stop();
  };
  made.onsubmit = (event) => {
    event.preventDefault();
    board.editing = null;
    send();
    board.again();
  };
  return made;
}

function labelled(label, field, longest) {
  const made = element("label", "field");
  field.setAttribute("aria-label", label);
  made.append(element("span", "", label), field);
  if (longest) made.append(limit(field, longest));
  return made;
}

function box(value) {
  const made = element("textarea");
  made.rows = 3;
  made.value = value;
  return made;
}

function list(entries, chosen) {
  const made = element("select");
  made.append(...entries.map((one) => option(one.name, one.label, chosen)));
  return made;
}

export function triageForm(board, entry) {
  const status = list(board.data.statuses, entry.status);
  const reply = box(entry.reply);
  const tags = element("input");
  tags.type = "text";
  tags.value = entry.tags.join(", ");
  const parts = [labelled("Status", status), labelled("Reply", reply, board.data.longest.reply), labelled("Tags, with commas between", tags)];
  return formOf(board, parts, "Save", () =>
    board.command(entry, { do: "triage", status: status.value, reply: reply.value, tags: tags.value }));
}

export function mergeForm(board, entry) {
  const others = board.data.entries.filter((one) => one.session === entry.session && one.id !== entry.id && one.kind !== "reaction");
  const entries = others.map((one) => ({ name: one.id, label: `${one.by}: ${(one.text || one.reaction).slice(0, 80)}` }));
  if (!entries.length) return formOf(board, [element("p", "", "There is nothing else in this session that it could be the same as.")]);
  const into = list(entries, "");
  return formOf(board, [labelled("Says the same as", into)], "Merge", () =>
    into.value && board.command(entry, { do: "merge", into: into.value }));
}

export function editForm(board, entry) {
  const answer = { name: entry.kind, label: entry.kindLabel };
  const kind = list(entry.kind === "answer" ? [answer] : board.data.kinds, entry.kind);
  const text = box(entry.text);
  return formOf(board, [labelled("Kind", kind), labelled("Comment", text, board.data.longest.text)], "Save", () =>
    board.command(entry, { do: "edit", kind: kind.value, text: text.value, rating: entry.rating }));
}

export function withdrawForm(board, entry) {
  const asked = element("p", "", "Take it back? Its words are forgotten, for everybody.");
  return formOf(board, [asked], "Withdraw it", () => board.command(entry, { do: "withdraw" }));
}
