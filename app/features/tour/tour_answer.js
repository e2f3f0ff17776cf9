// A line in which one answers what a step asks. It goes the way of all feedback; until it is sent,
// what is typed stays in the browser.
import { element } from "../../shell/components/elements.js";
import { announce } from "../../shell/components/events.js";
import { limit } from "../../shell/components/limit.js";
import { store, stored } from "../../shell/components/storage.js";

const DRAFTS = "basket.tour";

function keepDraft(step, text) {
  const { [step]: _, ...others } = stored(DRAFTS);
  store(DRAFTS, text ? { ...others, [step]: text } : others);
}

// Made once for each step, and moved when the panel is drawn again: nobody is interrupted.
function answerForm(panel) {
  const { script, step, ask, longest } = panel.data;
  const at = `${script}/${step}`;
  if (panel.answer?.at === at) return panel.answer.form;
  const form = element("form", "answer");
  /** @type {import("../../shell/components/limit.js").Field} */
  const input = element("input");
  input.type = "text";
  input.value = stored(DRAFTS)[at] ?? "";
  input.dataset.at = "answer";
  input.setAttribute("aria-label", `Your answer to: ${ask}`);
  input.oninput = () => keepDraft(at, input.value);
  input.onkeydown = (event) => event.stopPropagation();
  form.onsubmit = (event) => {
    event.preventDefault();
    if (!input.value.trim()) return input.focus();
    const detail = { kind: "answer", text: input.value, step: at };
    announce("basket-answer", detail);
    panel.answer.said = input.value;
    input.value = "";
    input.recount?.();
    keepDraft(at, "");
    panel.again();
  };
  form.append(input, element("button", "", "Send"), limit(input, longest));
  panel.answer = { at, form, input, said: "" };
  return form;
}

export function line(name, label, text) {
  const made = element("p", name);
  if (label) made.append(element("strong", "", label), " ");
  made.append(text);
  return made;
}

export function question(panel) {
  const made = element("div", "ask");
  const form = answerForm(panel);
  const said = panel.answer.said || panel.data.answered;
  panel.answer.input.placeholder = said ? "Anything to add?" : "Your answer";
  made.append(line("ask", "What do you think?", panel.data.ask), form);
  if (said) made.append(line("said", "You said:", said));
  return made;
}
