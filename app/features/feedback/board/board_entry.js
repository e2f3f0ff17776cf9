// One piece of feedback: what was said, where, who agrees, and what became of it.
import { element, link, pressable } from "../../../shell/components/elements.js";
import { edit, editForm, mergeForm, triageForm, withdrawForm } from "./board_forms.js";

export function entryOf(board, entry) {
  const fresh = board.known && !board.known.has(entry.id);
  const made = element("li", fresh ? "entry fresh" : "entry");
  made.dataset.kind = entry.kind;
  made.append(byline(entry), words(entry));
  if (entry.reply) made.append(replyOf(entry));
  if (entry.duplicates.length) made.append(duplicatesOf(board, entry));
  made.append(actions(board, entry));
  if (board.editing?.id === entry.id) made.append(board.editing.form);
  return made;
}

function byline(entry) {
  const made = element("div", "byline");
  made.append(element("span", "badge " + KIND_TONES[entry.kind], entry.kindLabel));
  made.append(element("b", "", entry.by));
  const when = element("time", "", entry.when);
  when.title = entry.moment;
  const place = element("span", "place", `on ${entry.where}`);
  place.title = entry.detail;
  made.append(when, place, element("span", "spring"));
  made.append(...entry.tags.map((tag) => element("span", "tag", tag)));
  made.append(element("span", "badge " + entry.tone, entry.statusLabel));
  return made;
}

const KIND_TONES = { idea: "violet", problem: "red", question: "orange", praise: "green", reaction: "", answer: "blue" };

function words(entry) {
  const made = element("p", "words", entry.text || entry.reaction);
  if (entry.question) made.prepend(element("span", "question", entry.question));
  if (entry.rating) made.append(element("span", "rating", `${entry.text ? " " : ""}★ ${entry.rating} of 5`));
  return made;
}

function replyOf(entry) {
  const made = element("p", "reply", entry.reply);
  made.prepend(element("b", "", `${entry.repliedBy}: `));
  return made;
}

function duplicatesOf(board, entry) {
  const made = element("ul", "duplicates");
  for (const one of entry.duplicates) {
    const line = element("li");
    const apart = () => board.command({ ...entry, id: one.id }, { do: "merge", into: "" });
    line.append(element("b", "", one.by + ": "), one.words + " ");
    if (board.data.presents) line.append(pressable("plain", "Separate", apart));
    made.append(line);
  }
  return made;
}

function actions(board, entry) {
  const made = element("div", "actions");
  made.append(agreement(board, entry), lookBack(link(entry.show, entry.href)));
  if (entry.kind !== "reaction") made.append(...ofComments(board, entry));
  if (entry.mine) made.append(pressable("plain", "Withdraw", () => edit(board, entry, withdrawForm)));
  return made;
}

// Whoever goes to see what somebody saw finds the way back there.
function lookBack(made) {
  const go = made.onclick;
  made.onclick = (event) => {
    const back = { at: made.href, href: location.href };
    sessionStorage.setItem("basket.back", JSON.stringify(back));
    return go(event);
  };
  return made;
}

function ofComments(board, entry) {
  const made = [];
  if (board.data.presents) {
    made.push(pressable("plain", "Answer", () => edit(board, entry, triageForm)));
    made.push(pressable("plain", "Merge with …", () => edit(board, entry, mergeForm)));
  }
  if (navigator.clipboard) made.push(issue(entry));
  if (entry.mine) made.push(pressable("plain", "Edit", () => edit(board, entry, editForm)));
  return made;
}

function agreement(board, entry) {
  const number = entry.supporters.length;
  const act = () => board.command(entry, { do: entry.agreed ? "disagree" : "agree" });
  const made = pressable("agree", `+1 Agree${number ? ` · ${number}` : ""}`, act);
  made.setAttribute("aria-pressed", String(entry.agreed));
  made.title = entry.supporters.join(", ");
  made.disabled = entry.mine;
  return made;
}

function issue(entry) {
  const made = pressable("plain", "Copy as issue", async () => {
    const answer = await fetch(new URL(entry.issue, document.baseURI));
    await navigator.clipboard.writeText(await answer.text());
    made.textContent = "Copied";
  });
  return made;
}
