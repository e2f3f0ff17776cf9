// A line in which one answers what a step asks. It goes the way of all feedback; until it is sent,
// what is typed stays in the browser.
const DRAFTS = "basket.tour";

function drafts() {
  try {
    return JSON.parse(localStorage.getItem(DRAFTS)) ?? {};
  } catch {
    return {};
  }
}

function keepDraft(step, text) {
  const { [step]: _, ...others } = drafts();
  localStorage.setItem(DRAFTS, JSON.stringify(text ? { ...others, [step]: text } : others));
}

// Made once for each step, and moved when the panel is drawn again: nobody is interrupted.
function answerForm(panel) {
  const { script, step, ask, longest } = panel.data;
  const at = `${script}/${step}`;
  if (panel.answer?.at === at) return panel.answer.form;
  const form = element("form", "answer");
  const input = element("input");
  input.type = "text";
  input.value = drafts()[at] ?? "";
  input.dataset.at = "answer";
  input.setAttribute("aria-label", `Your answer to: ${ask}`);
  input.oninput = () => keepDraft(at, input.value);
  input.onkeydown = (event) => event.stopPropagation();
  form.onsubmit = (event) => {
    event.preventDefault();
    if (!input.value.trim()) return input.focus();
    const detail = { kind: "answer", text: input.value, step: at };
    document.dispatchEvent(new CustomEvent("basket-answer", { detail }));
    panel.answer.said = input.value;
    input.value = "";
    input.recount();
    keepDraft(at, "");
    redraw(panel);
  };
  form.append(input, element("button", "", "Send"), limit(input, longest));
  panel.answer = { at, form, input, said: "" };
  return form;
}

function question(panel) {
  const made = element("div", "ask");
  const form = answerForm(panel);
  const said = panel.answer.said || panel.data.answered;
  panel.answer.input.placeholder = said ? "Anything to add?" : "Your answer";
  made.append(line("ask", "What do you think?", panel.data.ask), form);
  if (said) made.append(line("said", "You said:", said));
  return made;
}
