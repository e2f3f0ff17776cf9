// What one answers with: buttons for what there is to choose, or a line to write in.
import { element, pressable } from "../../shell/components/elements.js";
import { limit } from "../../shell/components/limit.js";
import { answer, keep, kept, say } from "./answering_state.js";
import { endsOf } from "./chart.js";

function send(panel) {
  const { value } = panel.words;
  if (!value.trim()) return say(panel, "Write an answer.", true);
  if (!panel.words.reportValidity()) return;
  answer(panel, value);
}

function typed(panel) {
  clearTimeout(panel.leaving);
  keep(panel, { draft: panel.words.value });
  say(panel, "");
}

// Who says that an answer is to have no name, or one, sends it again so.
function nameTurned(panel) {
  clearTimeout(panel.leaving);
  keep(panel, { nameless: panel.nameless.checked });
  const { mine, kind } = panel.data.question;
  if (mine && kind !== "text") answer(panel, mine.value);
  else if (mine && !kept(panel).draft) answer(panel, mine.value);
}

function choices(panel, { kind, choices: values, ends }) {
  const made = element("div", `choices ${kind}`);
  made.setAttribute("role", "group");
  panel.buttons = values.map((value, at) => {
    const button = pressable("pick", value, () => answer(panel, value));
    button.dataset.value = value;
    const end = kind === "scale" && (at ? at === values.length - 1 && ends[1] : ends[0]);
    if (end) button.setAttribute("aria-label", `${value}, ${end}`);
    return button;
  });
  made.append(...panel.buttons);
  const parts = [made];
  if (kind === "scale" && ends.some(Boolean)) parts.push(endsOf(ends));
  return parts;
}

function writing(panel) {
  const box = element("textarea");
  box.rows = 2;
  box.placeholder = "Your answer";
  box.setAttribute("aria-label", "Your answer");
  box.oninput = () => typed(panel);
  box.onkeydown = (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send(panel);
  };
  panel.words = box;
  return [box, limit(box, panel.data.longest), pressable("send", "Send", () => send(panel))];
}

function withoutName(panel) {
  const made = element("label", "nameless");
  panel.nameless = element("input");
  panel.nameless.type = "checkbox";
  panel.nameless.onchange = () => nameTurned(panel);
  made.append(panel.nameless, "Answer anonymously");
  return made;
}

// Drawn once for each question: what is being typed stays while others answer.
export function begin(panel, question) {
  const { mine, kind } = question;
  const { draft, nameless } = kept(panel);
  // Who has just answered the one before has not put off this one.
  clearTimeout(panel.leaving);
  panel.words = null;
  panel.buttons = [];
  const parts = kind === "text" ? writing(panel) : choices(panel, question);
  panel.answers.replaceChildren(...parts, withoutName(panel));
  panel.heading.textContent = question.text;
  panel.by.textContent = `${question.by} asks`;
  panel.nameless.checked = nameless ?? mine?.nameless ?? false;
  if (panel.words) panel.words.value = draft ?? mine?.value ?? "";
  say(panel, "");
  panel.news.textContent = `A question: ${question.text}`;
}
