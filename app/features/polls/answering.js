// What the presenter asks everybody. An answer stays in the browser until the app has it, and what
// is half typed until it is sent; a question that is put off waits beside the feedback bar.
import { element, pressable } from "../../shell/components/elements.js";
import { begin } from "./answering_form.js";
import { deliver, keep, kept, mark, say } from "./answering_state.js";
import { chartInto } from "./chart.js";

const THANKS = 2500;
const ASKED = "basket:question";
const FORM = "basket-form";
const panels = new WeakMap();

function phase(question) {
  return question.chart ? "results" : "asked";
}

// Unless somebody has decided: open for who has not answered yet, and for results; but not for who
// asks it, or has something else to do first.
function isOpen(panel) {
  const { question } = panel.data;
  const { turned } = kept(panel);
  if (turned?.phase === phase(question)) return turned.open;
  return !question.aside && (!question.mine || Boolean(question.chart));
}

function turn(panel, open) {
  clearTimeout(panel.leaving);
  const held = panel.card.contains(panel.card.getRootNode().activeElement);
  keep(panel, { turned: { phase: phase(panel.data.question), open } });
  show(panel);
  if (open) panel.card.querySelector(".answers :is(button, textarea)")?.focus();
  else if (held) panel.chip.focus();
}

function settle(panel) {
  const { done, problem, waiting } = panel.data;
  const { pending } = kept(panel);
  if (!pending) return;
  if (done < pending.n) {
    if (waiting) say(panel, "The store is not answering. Your answer is kept here, and sent as soon as it does.", true);
    return;
  }
  clearTimeout(panel.again);
  keep(panel, problem ? { pending: null } : { pending: null, draft: null });
  if (problem) return say(panel, problem, true);
  say(panel, panel.data.question.open ? "Thank you. You can change it until the question is closed." : "Thank you.");
  // Who answers twice in a row is waited for once, and never into the question after this one.
  clearTimeout(panel.leaving);
  const answered = panel.question;
  panel.leaving = setTimeout(() => panel.question === answered && leave(panel), THANKS);
}

// Out of the way of who has answered, unless there are results to see by now.
function leave(panel) {
  if (!panel.question) return;
  if (panel.data.question.chart) say(panel, "");
  else turn(panel, false);
}

function show(panel) {
  const open = isOpen(panel) && !waitsForForm();
  panel.card.hidden = !open;
  raise(panel.card, open);
  panel.chip.setAttribute("aria-expanded", String(open));
}

// Above whatever else lies over the page, such as the feedback that somebody is giving.
function raise(card, open) {
  if (!card.isConnected || card.matches(":popover-open") === open) return;
  if (open) card.showPopover();
  else card.hidePopover();
}

// On a phone the form for feedback and the card take the same place: who is at the form goes on.
function waitsForForm() {
  return matchMedia("(max-width: 640px)").matches && "basketForm" in document.documentElement.dataset;
}

function build() {
  const panel = { data: {}, question: null, drawn: element("div", "asked") };
  panel.chip = pressable("chip", "", () => turn(panel, panel.card.hidden));
  panel.card = element("section", "card");
  panel.card.setAttribute("aria-label", "Question");
  panel.card.popover = "manual";
  // What is typed in here is not for the page's own keys.
  panel.card.onkeydown = (event) => {
    event.stopPropagation();
    if (event.key === "Escape") turn(panel, false);
  };
  panel.later = pressable("later", "Not now", () => turn(panel, false));
  for (const name of ["by", "heading", "answers", "chart", "note", "news"])
    panel[name] = element({ heading: "h2", by: "p", note: "p" }[name] ?? "div", name);
  panel.note.setAttribute("role", "status");
  panel.news.setAttribute("role", "status");
  const head = element("header");
  head.append(panel.by, panel.later);
  panel.card.append(head, panel.heading, panel.answers, panel.note, panel.chart);
  panel.drawn.append(panel.chip, panel.card, panel.news);
  return panel;
}

// What was typed and not sent, if it cannot be any more.
function lostBy(panel, question) {
  const stays = question?.id === panel.question && question.open;
  if (!panel.question || stays || !panel.words?.value.trim() || !kept(panel).draft) return "";
  return `The question is closed: “${panel.words.value.trim()}” was not sent.`;
}

function end(panel, lost) {
  panel.question = null;
  clearTimeout(panel.again);
  clearTimeout(panel.leaving);
  panel.chip.hidden = true;
  panel.drawn.hidden = panel.card.hidden || !lost;
  panel.answers.hidden = panel.chart.hidden = true;
  panel.later.textContent = "Close";
}

function update(panel, data) {
  const { question } = data;
  const lost = lostBy(panel, question);
  if (!question && panel.question) end(panel, lost);
  if (question) put(panel, data);
  if (lost) say(panel, lost, true);
}

function put(panel, data) {
  const { question } = data;
  const isNew = panel.question !== question.id;
  Object.assign(panel, { data, question: question.id });
  panel.drawn.hidden = panel.chip.hidden = false;
  if (isNew) begin(panel, question);
  settle(panel);
  mark(panel);
  panel.chart.hidden = !question.chart;
  if (question.chart) chartInto(panel.chart, question.chart);
  show(panel);
  if (isNew) deliver(panel);
}

export default function ({ data, parentElement, setTriggerValue }) {
  const panel = panels.get(parentElement) ?? build();
  panel.tell = setTriggerValue;
  if (!panels.has(parentElement)) {
    panels.set(parentElement, panel);
    panel.drawn.hidden = true;
    parentElement.append(panel.drawn);
    panel.listener = () => panel.question && turn(panel, true);
    panel.formListener = () => panel.question && show(panel);
  }
  document.addEventListener(ASKED, panel.listener);
  document.addEventListener(FORM, panel.formListener);
  update(panel, data);
  return () => {
    document.removeEventListener(ASKED, panel.listener);
    document.removeEventListener(FORM, panel.formListener);
  };
}
