// The gallery in the app: what is decided is known to everybody at once, what is said is feedback,
// and what is half written stays in the browser until it has arrived.
import { draw, element, pressable } from "../../shell/components/elements.js";
import { Outbox } from "../../shell/components/outbox.js";
import { store, stored } from "../../shell/components/storage.js";
import { gallery } from "./gallery.js";

const views = new WeakMap();
const STORE = "basket.review";
const AGAIN = 2000;

function entered(data) {
  const before = stored(STORE);
  const shots = {};
  for (const { file, digest, mine } of data.shots) {
    const known = before[file]?.digest === digest ? before[file] : {};
    shots[file] = { digest, comment: known.comment ?? "", pins: known.pins ?? [], decision: mine };
  }
  return { shots };
}

function keep(view) {
  const written = Object.entries(view.kept.shots).filter(([, one]) => one.comment || one.pins.length);
  try {
    store(STORE, Object.fromEntries(written));
  } catch { /* then it lasts as long as this page */ }
}

function command(view, what) {
  const number = view.outbox.add(what);
  clearTimeout(view.sending);
  view.sending = setTimeout(() => view.tell("commands", view.outbox.pending), 0);
  return number;
}

function decided(view, { file, digest }) {
  command(view, { do: "decide", file, digest, decision: view.kept.shots[file].decision });
}

function send(view, card) {
  const { file, status, digest } = card.shot;
  const { decision, comment, pins } = view.kept.shots[file];
  if (!comment.trim() && !pins.length) return note(card, "Write something, or pin a remark to the picture.");
  note(card, "");
  card.sent = command(view, { do: "say", shot: { file, status, digest, decision, comment, pins } });
}

function note(card, text) {
  card.note.textContent = text;
}

function more(view, card) {
  card.note = element("span", "problem");
  card.note.setAttribute("role", "status");
  card.voices = element("div", "voices");
  const row = element("div", "row");
  row.append(pressable("", "Send the remarks", () => send(view, card)), card.note);
  const made = element("div");
  made.append(row, card.voices);
  return made;
}

function voices(card, shot) {
  const lines = [];
  const names = { "Approved": shot.approved, "Changes requested": shot.changes };
  for (const [label, people] of Object.entries(names)) {
    if (people.length) lines.push(line(label, people.join(", ")));
  }
  lines.push(...shot.voices.map((one) => line(one.by, one.text)));
  card.voices.hidden = !lines.length;
  card.voices.replaceChildren(...lines);
}

function line(label, text) {
  const made = element("p");
  made.append(element("b", "", `${label}: `), text);
  return made;
}

function head(view) {
  view.accept = pressable("main", "", () => command(view, { do: "accept" }));
  view.told = element("p", "small");
  view.told.setAttribute("role", "alert");
  return [view.accept, view.told];
}

function update(view) {
  const { data } = view;
  const approved = data.shots.filter((shot) => shot.isApproved).length;
  view.accept.hidden = !data.presents;
  view.accept.disabled = !approved;
  view.accept.textContent = `Save approved as new baseline (${approved})`;
  view.told.textContent = data.note;
  const shots = Object.fromEntries(data.shots.map((shot) => [shot.file, shot]));
  for (const card of view.made.cards) {
    const shot = shots[card.shot.file];
    const mine = view.kept.shots[shot.file];
    if (!view.outbox.pending.some((one) => one.file === shot.file)) mine.decision = shot.mine;
    if (card.sent && card.sent <= data.done) arrived(view, card, mine);
    view.made.redraw(card);
    voices(card, shot);
  }
}

function arrived(view, card, mine) {
  const refused = view.data.refused[card.sent];
  card.sent = 0;
  note(card, refused ?? "Thank you, it is on the board.");
  card.note.classList.toggle("problem", Boolean(refused));
  if (refused) return;
  Object.assign(mine, { comment: "", pins: [] });
  keep(view);
}

function build(data, parentElement) {
  const view = { id: data.id, data, outbox: new Outbox(), kept: entered(data) };
  view.root = element("div");
  draw(parentElement, ".review", view.root);
  view.root.className = "review";
  view.made = gallery(view.root, data, {
    kept: view.kept,
    keep: () => keep(view),
    address: (name) => new URL(`pictures/${name}`, document.baseURI).href,
    decided: (shot) => decided(view, shot),
    more: (card) => more(view, card),
    head: () => head(view),
  });
  if (data.meant) view.made.goTo(data.meant);
  return view;
}

export default function ({ data, parentElement, setTriggerValue }) {
  let view = views.get(parentElement);
  if (view?.id !== data.id) {
    view = build(data, parentElement);
    views.set(parentElement, view);
  }
  view.data = data;
  view.tell = setTriggerValue;
  view.outbox.acknowledge(data.done);
  update(view);
  clearTimeout(view.again);
  const { pending } = view.outbox;
  if (pending.length) view.again = setTimeout(() => view.tell("commands", view.outbox.pending), AGAIN);
}
