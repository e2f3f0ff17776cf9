// More filters: for each field what suits its type. What is set goes into the page's address.
import { ask } from "../../../shell/components/address.js";
import { element } from "../../../shell/components/elements.js";
import { keyed, title } from "../../../shell/components/panel.js";

const PAUSE = 400;
let typing = "";

// While somebody types into one field, the browser's history gets one entry and not one a letter.
function askTyped(changes) {
  const key = Object.keys(changes).join();
  ask(changes, key === typing ? "replaceState" : "pushState");
  typing = key;
}

function labelled(text, control) {
  const made = element("label", "labelled");
  made.append(element("span", "", text), control);
  return made;
}

function input(key, type, value) {
  const made = keyed(element("input"), key);
  made.type = type;
  made.value = value;
  return made;
}

function afterPause(control, act) {
  let waiting;
  control.oninput = () => {
    clearTimeout(waiting);
    waiting = setTimeout(act, PAUSE);
  };
  control.onchange = () => {
    clearTimeout(waiting);
    act();
  };
}

const PARTS = {
  values(part, field) {
    const made = element("div", "options");
    for (const option of part.options) {
      const box = input(`${part.parameter}=${option.value}`, "checkbox", option.value);
      box.checked = option.chosen;
      box.onchange = () => ask({ [part.parameter]: checked(made) });
      const line = element("label", "option");
      line.append(box, element("span", "name", option.label), element("span", "count", option.count));
      made.append(line);
    }
    if (part.more) made.append(element("div", "hint", `and ${part.more} more values`));
    made.setAttribute("role", "group");
    made.setAttribute("aria-label", field.label);
    return made;
  },

  text(part, field) {
    const control = input(part.parameter, "text", part.value);
    control.setAttribute("aria-label", `${field.label} contains`);
    const value = () => (control.value.trim() ? [control.value] : []);
    afterPause(control, () => askTyped({ [part.parameter]: value() }));
    return labelled("contains", control);
  },

  numbers(part, field) {
    return bounds(part, field, (key, value) => {
      const control = input(key, "text", value);
      control.inputMode = "decimal";
      return control;
    });
  },

  days(part, field) {
    return bounds(part, field, (key, value) => input(key, "date", value.slice(0, 10)));
  },

  empty(part, field) {
    const made = element("div", "either");
    made.setAttribute("role", "radiogroup");
    made.setAttribute("aria-label", `${field.label} is empty or not`);
    const ways = [["", "Any"], ["yes", "Is empty"], ["no", "Is not empty"]];
    for (const [value, text] of ways) {
      const radio = input(`${part.parameter}=${value}`, "radio", value);
      radio.name = part.parameter;
      radio.checked = part.value === value;
      radio.onchange = () => ask({ [part.parameter]: value ? [value] : [] });
      const line = element("label");
      line.append(radio, element("span", "", text));
      made.append(line);
    }
    return made;
  },
};

function checked(options) {
  return Array.from(options.querySelectorAll("input:checked"), (box) => box.value);
}

function bounds(part, field, control) {
  const made = element("div", "bounds");
  const problem = element("div", "problem");
  problem.setAttribute("role", "alert");
  const { least, most, below } = part.parameters;
  for (const [word, parameter, value] of [["from", least, part.least], ["to", most, part.most]]) {
    const box = control(parameter, value);
    box.setAttribute("aria-label", `${field.label} ${word}`);
    afterPause(box, () => {
      const text = box.value.trim();
      const fine = !text || box.type === "date" || Number.isFinite(Number(text));
      problem.textContent = fine ? "" : "A number is written like 1250.50.";
      box.setAttribute("aria-invalid", String(!fine));
      const others = parameter === most ? { [below]: [] } : {};
      if (fine) askTyped({ [parameter]: text ? [text] : [], ...others });
    });
    made.append(labelled(word, box));
  }
  if (part.unit) made.append(element("span", "unit", part.unit));
  made.append(problem);
  return made;
}

function field(entry) {
  const made = keyed(element("details"), entry.name);
  made.open = Boolean(entry.said);
  const summary = element("summary", "", entry.label);
  if (entry.said) summary.append(element("small", "", entry.said));
  made.append(summary, ...entry.parts.map((part) => PARTS[part.kind](part, entry)));
  return made;
}

export function conditions(body) {
  /** @type {HTMLElement[]} */
  const made = [title("More filters")];
  for (const group of body.groups) {
    const section = element("section");
    if (group.title) section.append(element("h5", "", group.title));
    section.append(...group.fields.map(field));
    made.push(section);
  }
  return made;
}
