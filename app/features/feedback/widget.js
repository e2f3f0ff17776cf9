// What one thinks, from any page. What was said stays in the browser until the app has it, and what
// is half typed until it is sent: a reload, a restart and a store that is away lose none of it.
import { here } from "../../shell/components/address.js";
import { element, pressable } from "../../shell/components/elements.js";
import { announce, attend } from "../../shell/components/events.js";
import { place } from "../../shell/components/panel.js";
import { newId, store, stored } from "../../shell/components/storage.js";
import { isDark } from "../../streamlit_compat/dom.js";
import { answers, comment, commentForm, fill, offer } from "./widget_form.js";

const STORE = "basket.talk";
const AGAIN = 2000;
const THANKS = 2500;
const FAREWELL = 15000;
const TWICE = 1000;
const YEAR = 31536000;
const bars = new WeakMap();
/** @type {any} */
let current = null;
// What is said elsewhere on the page goes the same way.
attend("basket-answer", (detail) => current?.drawn.isConnected && say(current, detail));

/** @returns {{ outbox: any[], read: Record<string, string>, draft?: any }} */
function kept() {
  return { outbox: [], read: {}, ...stored(STORE) };
}

function keep(changes) {
  store(STORE, { ...kept(), ...changes });
}

function placeOf(data) {
  return {
    page: data.page,
    session: data.session,
    copy: data.copy,
    step: document.documentElement.dataset.basketTour ?? "",
    address: here(),
    viewport: `${innerWidth}×${innerHeight}`,
    theme: isDark() ? "dark" : "light",
  };
}

// Where the next page finds who one is.
function introduce(data) {
  const rest = `; path=/; max-age=${YEAR}; SameSite=Lax`;
  document.cookie = `basket_person=${data.person}${rest}`;
  document.cookie = `basket_name=${encodeURIComponent(data.name)}${rest}`;
}

function say(bar, said) {
  keep({ outbox: [...kept().outbox, { id: newId(), ...placeOf(bar.data), ...said }] });
  deliver(bar);
}

// Everything that has not arrived, as often as it takes: the app keeps each once.
function deliver(bar) {
  clearTimeout(bar.again);
  const { outbox } = kept();
  if (!outbox.length || !bar.drawn.isConnected) return;
  bar.tell("said", outbox.slice(0, 50));
  bar.again = setTimeout(() => deliver(bar), AGAIN);
}

function sendComment(bar) {
  const said = comment(bar.form);
  if (!said.text.trim() && !said.rating) {
    // The second click of two is not a second comment.
    if (performance.now() - (bar.sent ?? -Infinity) < TWICE) return;
    return note(bar, "Write something, or give a rating.", true);
  }
  bar.sent = performance.now();
  const { draft } = kept();
  keep({ draft: null });
  fill(bar.form, null);
  say(bar, { ...said, ...(draft?.id ? { id: draft.id } : {}) });
}

function draftChanged(bar) {
  const said = comment(bar.form);
  const empty = !said.text.trim() && !said.rating;
  keep({ draft: empty ? null : { id: kept().draft?.id ?? newId(), ...said } });
  note(bar, "");
  mark(bar);
}

// Under the form, and where the bar is for who has closed the form.
function note(bar, text, wrong = false, shown = THANKS) {
  tell(bar.note, text, wrong);
  tell(bar.thanks, text, wrong);
  clearTimeout(bar.quiet);
  if (text && !wrong) bar.quiet = setTimeout(() => note(bar, ""), shown);
}

function tell(place, text, wrong) {
  place.textContent = text;
  place.classList.toggle("problem", wrong);
}

function settle(bar) {
  const { outbox, draft } = kept();
  const arrived = outbox.filter((one) => bar.data.kept.includes(one.id));
  const refused = outbox.filter((one) => one.id in bar.data.refused);
  const done = new Set([...arrived, ...refused].map((one) => one.id));
  if (done.size) keep({ outbox: outbox.filter((one) => !done.has(one.id)) });
  if (arrived.length) note(bar, "Thanks – sent.");
  if (arrived.some((one) => one.kind !== "reaction")) leaveSoon(bar);
  for (const one of refused) {
    note(bar, bar.data.refused[one.id], true);
    // Back into the form, unless something new is being typed there.
    if (one.kind !== "reaction" && !draft) keep({ draft: { ...one, id: newId() } });
    if (one.kind !== "reaction" && !draft) fill(bar.form, one);
  }
  if (bar.data.waiting && kept().outbox.length)
    note(bar, "The store is not answering. This is kept here, and sent as soon as it does.", true);
  if (!kept().outbox.length) clearTimeout(bar.again);
}

// Who has said it goes on with the page, unless something else is in the form by then; and not under
// the second click of two.
function leaveSoon(bar) {
  setTimeout(() => !kept().draft && bar.panel.isConnected && bar.panel.hidePopover(), TWICE);
}

// What stands on the button: that somebody has answered, or that something is half typed.
function mark(bar) {
  const { read, draft } = kept();
  const unread = bar.data.answers.filter((one) => read[one.id] !== one.status + one.reply).length;
  bar.badge.textContent = unread ? String(unread) : draft ? "…" : "";
  bar.badge.title = unread ? "Answered" : draft ? "Half written" : "";
}

function haveRead(bar) {
  keep({ read: Object.fromEntries(bar.data.answers.map((one) => [one.id, one.status + one.reply])) });
  mark(bar);
}

function build(data) {
  const bar = { data, drawn: element("div", "talk") };
  bar.drawn.setAttribute("role", "group");
  bar.drawn.setAttribute("aria-label", "Say what you think");
  for (const reaction of data.reactions) {
    const react = () => say(bar, { kind: "reaction", reaction: reaction.sign });
    const button = pressable("reaction", reaction.sign, react);
    button.setAttribute("aria-label", reaction.label);
    button.title = reaction.label;
    bar.drawn.append(button);
  }
  bar.badge = element("span", "number");
  bar.opener = pressable("opener", "", null);
  bar.opener.append(element("span", "sign", "💬"), element("span", "word", "Feedback"), bar.badge);
  bar.opener.setAttribute("aria-label", "Give feedback");
  bar.thanks = element("span", "thanks");
  bar.thanks.setAttribute("role", "status");
  bar.drawn.append(bar.opener, bar.thanks, panelOf(bar));
  return bar;
}

function panelOf(bar) {
  const panel = element("div", "panel");
  bar.panel = panel;
  panel.popover = "auto";
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-label", "Feedback");
  // What is typed in here is not for the page's own keys.
  panel.onkeydown = (event) => {
    event.stopPropagation();
    if (event.key === "Escape") panel.hidePopover();
  };
  bar.opener.popoverTargetElement = panel;
  bar.form = commentForm(bar.data, { changed: () => draftChanged(bar), send: () => sendComment(bar) });
  bar.note = element("p", "note");
  bar.answers = answers([]);
  panel.append(bar.form, bar.note, bar.answers);
  panel.addEventListener("toggle", (event) => {
    const open = event.newState === "open";
    if (open) place(panel, bar.opener);
    makeRoom(open && panel);
    if (!open) return;
    // What was said before of something else is not said of this form.
    if (!bar.note.classList.contains("problem")) tell(bar.note, "", false);
    bar.form.querySelector("textarea").focus();
    haveRead(bar);
  });
  fill(bar.form, kept().draft);
  return panel;
}

// What else opens at the right of a wide page stands beside the panel; on a phone it waits.
function makeRoom(panel) {
  const root = document.documentElement;
  if (panel) root.dataset.basketForm = "";
  else delete root.dataset.basketForm;
  announce("basket-form");
  const width = panel && matchMedia("(min-width: 1000px)").matches ? innerWidth - panel.getBoundingClientRect().left : 0;
  root.style.setProperty("--basket-panel", `${width}px`);
}

function update(bar, data) {
  bar.data = data;
  if (bar.title && !data.title) note(bar, `“${bar.title}” is closed. What was said stays on Feedback. Thank you!`, false, FAREWELL);
  bar.title = data.title;
  const within = data.title ? `, in “${data.title}”` : "";
  bar.form.querySelector(".about").textContent = `On ${data.page}${within}`;
  const offered = JSON.stringify([data.page, data.fields]);
  if (offered !== bar.offered) offer(bar.form, data.page, data.fields, kept().draft?.field);
  bar.offered = offered;
  const said = JSON.stringify(data.answers);
  if (said !== bar.said) {
    const drawn = answers(data.answers);
    bar.answers.replaceWith(drawn);
    bar.answers = drawn;
    bar.said = said;
  }
  settle(bar);
  mark(bar);
}

export default function ({ data, parentElement, setTriggerValue }) {
  introduce(data);
  const bar = bars.get(parentElement) ?? build(data);
  bar.tell = setTriggerValue;
  current = bar;
  if (!bars.has(parentElement)) {
    bars.set(parentElement, bar);
    parentElement.append(bar.drawn);
    deliver(bar);
  }
  update(bar, data);
}
