// The form in which one says more than a reaction, and what was answered.
import { element, option } from "../../shell/components/elements.js";
import { limit } from "../../shell/components/limit.js";

export function comment(form) {
  const chosen = form.querySelector("input[name=kind]:checked");
  const rated = form.querySelector("input[name=rating]:checked");
  return {
    kind: chosen.value,
    field: form.querySelector("select").value,
    text: form.querySelector("textarea").value,
    rating: rated ? Number(rated.value) : null,
  };
}

export function fill(form, draft) {
  const text = form.querySelector("textarea");
  text.value = draft?.text ?? "";
  text.recount();
  form.querySelector("select").value = draft?.field ?? "";
  for (const radio of form.querySelectorAll("input[type=radio]"))
    radio.checked = radio.value === String(draft?.[radio.name] ?? (radio.name === "kind" ? "idea" : ""));
}

// What it can be about on this page; what was chosen stays if there still is such a field.
export function offer(form, page, fields, chosen) {
  const about = form.querySelector("select");
  const kept = chosen ?? about.value;
  about.replaceChildren(...["", ...fields].map((label) => {
    const of = page === "Browse" ? "the column " : "";
    return option(label, label ? `About ${of}“${label}”` : `About ${page}`, kept);
  }));
  about.value = fields.includes(kept) ? kept : "";
  about.hidden = !fields.length;
}

function radios(name, label, entries) {
  const group = element("fieldset", name);
  group.append(element("legend", "", label));
  for (const entry of entries) {
    const one = element("label");
    const radio = element("input");
    radio.type = "radio";
    radio.name = name;
    radio.value = entry.value;
    if (entry.spoken) radio.setAttribute("aria-label", entry.spoken);
    one.append(radio, element("span", "", entry.label));
    group.append(one);
  }
  return group;
}

function stars(best) {
  const entries = Array.from({ length: best }, (_, at) => ({
    value: String(at + 1), label: String(at + 1), spoken: `${at + 1} of ${best}`,
  }));
  return radios("rating", "Rating, if you like", entries);
}

export function commentForm(data, { changed, send }) {
  const form = element("form");
  const kinds = data.kinds.map((kind) => ({ value: kind.name, label: kind.label }));
  const text = element("textarea");
  text.rows = 4;
  text.placeholder = "What is on your mind?";
  text.setAttribute("aria-label", "Your comment");
  const about = element("select");
  about.setAttribute("aria-label", "About");
  const line = element("div", "send");
  line.append(element("span", "hint about"), element("button", "strong", "Send"));
  form.append(radios("kind", "Type of feedback", kinds), about, text, limit(text, data.longest), stars(data.best), line);
  form.oninput = changed;
  // A second click takes a rating back.
  form.onpointerdown = (event) => {
    const pressed = /** @type {Element} */ (event.target);
    const radio = pressed.closest(".rating label")?.querySelector("input");
    if (radio?.checked) radio.onclick = () => { radio.checked = false; radio.onclick = null; changed(); };
  };
  form.onkeydown = (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  };
  form.onsubmit = (event) => {
    event.preventDefault();
    send();
  };
  return form;
}

function answered(answer) {
  const made = element("li");
  made.append(element("q", "", answer.words), " ", element("span", "badge blue", answer.status));
  if (answer.reply) {
    const said = element("p", "reply", answer.reply);
    said.prepend(element("b", "", answer.by + ": "));
    made.append(said);
  }
  return made;
}

export function answers(entries) {
  const drawn = element("section", "answers");
  if (!entries.length) return drawn;
  const list = element("ul");
  list.append(...entries.map(answered));
  drawn.append(element("h4", "", "What became of yours"), list);
  return drawn;
}
