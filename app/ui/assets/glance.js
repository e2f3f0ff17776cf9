// The basket at a glance: a number and, per field, bars that filter when clicked.
function bar(field, entry, trigger) {
  const made = element("button", "bar");
  made.type = "button";
  made.setAttribute("aria-pressed", String(entry.chosen));
  made.setAttribute("aria-label", `${field.label} ${entry.label}: ${entry.count}`);
  made.title = entry.chosen ? "Show the others too" : "Show only these";
  const track = element("span", "track");
  const fill = element("span", "fill");
  fill.style.width = `${Math.max(entry.share * 100, 1.5)}%`;
  track.append(fill);
  made.append(element("span", "name", entry.label), element("span", "count", entry.shown), track);
  made.onclick = () => trigger("choose", { field: field.name, value: entry.value });
  return made;
}

function card(field, trigger) {
  const made = element("section", "card");
  made.append(element("h3", "", field.label));
  made.append(...field.entries.map((entry) => bar(field, entry, trigger)));
  if (field.rest) made.append(element("div", "rest", field.rest));
  return made;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const drawn = element("div", "glance");
  const total = element("section", "card");
  total.append(element("h3", "", data.title), element("div", "number", data.number));
  total.append(element("div", "note", data.note));
  drawn.append(total, ...data.fields.map((field) => card(field, setTriggerValue)));
  const old = parentElement.querySelector(".glance");
  if (!old) return parentElement.append(drawn);
  const focused = old.getRootNode().activeElement?.getAttribute("aria-label");
  old.replaceWith(drawn);
  if (focused) drawn.querySelector(`[aria-label="${CSS.escape(focused)}"]`)?.focus();
}
