// The form in which the next question is written. What is half written survives a reload.
import { element, pressable } from "../../shell/components/elements.js";
import { limit } from "../../shell/components/limit.js";
import { newId, store, stored } from "../../shell/components/storage.js";

const DRAFT = "basket.ask";

export function formOf(board) {
  const form = { board, drawn: element("form", "next"), options: [] };
  const { longest, kinds } = board.data;
  form.text = line("The question", longest.text);
  form.kinds = kindsOf(kinds);
  form.list = element("div", "options");
  form.more = pressable("plain", "Add an answer", () => addOption(form).focus());
  form.lowest = line("1 is called (optional)", longest.end);
  form.highest = line("5 is called (optional)", longest.end);
  form.choices = group("Answers to choose from", form.list, form.more, problemOf("options"));
  form.ends = group("The ends of the scale", form.lowest, form.highest, problemOf("ends"));
  form.send = element("button", "strong", "Ask everybody");
  form.drawn.append(
    field("Question", form.text), problemOf("text"), form.kinds, form.choices, form.ends, form.send, problemOf(""),
  );
  form.drawn.oninput = () => changed(form);
  form.drawn.onkeydown = (event) => event.stopPropagation();
  form.drawn.onsubmit = (event) => {
    event.preventDefault();
    send(form);
  };
  fill(form, stored(DRAFT));
  return form;
}

function line(label, longest) {
  const made = element("input");
  made.type = "text";
  limit(made, longest);
  made.placeholder = label;
  made.setAttribute("aria-label", label);
  return made;
}

function field(label, input) {
  const made = element("label", "field");
  input.setAttribute("aria-label", label);
  input.placeholder = "What do you want to know?";
  made.append(element("span", "", label), input);
  return made;
}

function group(label, ...parts) {
  const made = element("fieldset");
  made.append(element("legend", "", label), ...parts);
  return made;
}

function problemOf(part) {
  const made = element("p", "problem");
  made.dataset.part = part;
  made.setAttribute("role", "alert");
  return made;
}

function kindsOf(kinds) {
  const made = element("fieldset", "kinds");
  made.append(element("legend", "", "Answered by"));
  for (const kind of kinds) {
    const one = element("label");
    const radio = element("input");
    radio.type = "radio";
    radio.name = "kind";
    radio.value = kind.name;
    one.append(radio, element("span", "", kind.label));
    made.append(one);
  }
  return made;
}

function addOption(form, value = "") {
  const { fewest, most, longest } = form.board.data;
  const row = element("div", "option");
  const input = line(`Answer ${form.options.length + 1}`, longest.option);
  input.value = value;
  // Enter goes on to the next answer; in an empty one it asks.
  input.onkeydown = (event) => {
    if (event.key !== "Enter" || event.isComposing || !input.value.trim()) return;
    event.preventDefault();
    const next = form.options[form.options.indexOf(input) + 1];
    (next ?? (form.options.length < most ? addOption(form) : form.send)).focus();
  };
  const remove = pressable("remove", "×", () => removeOption(form, row, input));
  row.append(input, remove);
  form.list.append(row);
  form.options.push(input);
  number(form, fewest, most);
  return input;
}

function removeOption(form, row, input) {
  const at = form.options.indexOf(input);
  form.options.splice(at, 1);
  row.remove();
  const { fewest, most } = form.board.data;
  number(form, fewest, most);
  form.options[Math.max(0, at - 1)]?.focus();
  changed(form);
}

function number(form, fewest, most) {
  form.options.forEach((input, at) => {
    const label = `Answer ${at + 1}`;
    input.placeholder = label;
    input.setAttribute("aria-label", label);
    input.nextSibling.setAttribute("aria-label", `Remove answer ${at + 1}`);
    input.nextSibling.hidden = form.options.length <= fewest;
  });
  form.more.hidden = form.options.length >= most;
}

function entered(form) {
  return {
    kind: form.kinds.querySelector("input:checked").value,
    text: form.text.value,
    options: form.options.map((input) => input.value),
    lowest: form.lowest.value,
    highest: form.highest.value,
  };
}

function fill(form, draft) {
  const kind = draft.kind ?? form.board.data.kinds[0].name;
  for (const radio of form.kinds.querySelectorAll("input")) radio.checked = radio.value === kind;
  form.text.value = draft.text ?? "";
  form.lowest.value = draft.lowest ?? "";
  form.highest.value = draft.highest ?? "";
  form.options = [];
  form.list.replaceChildren();
  const options = draft.options ?? [];
  while (options.length < form.board.data.fewest) options.push("");
  for (const option of options) addOption(form, option);
  suit(form);
}

// What is not of the chosen kind is kept, and out of sight.
function suit(form) {
  const { kind } = entered(form);
  form.choices.hidden = kind !== "choice";
  form.ends.hidden = kind !== "scale";
}

function changed(form) {
  suit(form);
  tell(form, null);
  store(DRAFT, { id: stored(DRAFT).id ?? newId(), ...entered(form) });
}

function send(form) {
  changed(form);
  form.board.command({ do: "ask", question: stored(DRAFT) });
}

// What came of it: asked, so that the form is empty again, or what is wrong and where.
export function learn(form, data) {
  if (data.note) tell(form, data.note);
  const { id } = stored(DRAFT);
  if (!id || !data.questions.some((one) => one.id === id)) return;
  localStorage.removeItem(DRAFT);
  tell(form, null);
  fill(form, { kind: entered(form).kind });
}

export function tell(form, note) {
  for (const place of form.drawn.querySelectorAll(".problem"))
    place.textContent = note && place.dataset.part === note.part ? note.text : "";
}
