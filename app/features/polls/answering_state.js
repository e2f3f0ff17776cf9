// An answer stays in the browser until the app has it, and what is half typed until it is sent.
import { nextNumber } from "../../shell/components/outbox.js";
import { store, stored } from "../../shell/components/storage.js";

const STORE = "basket.question";
const AGAIN = 2000;

// Of this question; what belongs to another one is over.
export function kept(panel) {
  const all = stored(STORE);
  return all.id === panel.data.question?.id ? all : {};
}

export function keep(panel, changes) {
  const { id } = panel.data.question;
  store(STORE, { ...kept(panel), id, ...changes });
}

export function answer(panel, value) {
  const { id, session } = panel.data.question;
  panel.last = nextNumber(panel.last);
  const nameless = panel.nameless.checked;
  keep(panel, { pending: { n: panel.last, question: id, session, value, nameless } });
  say(panel, "");
  mark(panel);
  deliver(panel);
}

// As often as it takes: the app keeps it once.
export function deliver(panel) {
  clearTimeout(panel.again);
  const { pending } = panel.data.question ? kept(panel) : {};
  if (!pending || !panel.drawn.isConnected) return;
  panel.tell("answer", pending);
  panel.again = setTimeout(() => deliver(panel), AGAIN);
}

export function say(panel, text, wrong = false) {
  panel.note.textContent = text;
  panel.note.classList.toggle("problem", wrong);
}

export function mark(panel) {
  const { question } = panel.data;
  const chosen = kept(panel).pending?.value ?? question.mine?.value;
  for (const button of panel.buttons)
    button.setAttribute("aria-pressed", String(button.dataset.value === chosen));
  panel.answers.hidden = !question.open;
  if (!question.open && !panel.note.classList.contains("problem")) say(panel, "");
  panel.later.textContent = question.open && chosen === undefined ? "Not now" : "Close";
  panel.chip.textContent = question.chart ? "📊" : chosen === undefined ? "?" : "✓";
  panel.chip.classList.toggle("waits", question.open && chosen === undefined && !question.aside);
  const label = question.chart ? "Show the results" : chosen === undefined ? "Answer the question" : "Answered: change it";
  panel.chip.setAttribute("aria-label", label);
  panel.chip.title = label;
}
