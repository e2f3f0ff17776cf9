// What happened, newest first. Everything shown is set as text.
const seen = new WeakMap();

function element(tag, name = "", text = "") {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.textContent = text;
  return made;
}

function subject(entry, trigger) {
  if (!entry.open) return entry.name;
  const link = element("a", "", entry.name);
  link.href = "asset?id=" + encodeURIComponent(entry.open);
  link.onclick = (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    trigger("open", entry.open);
  };
  return link;
}

function change(field) {
  const made = element("div");
  made.append(element("span", "label", field.label + ": "), element("s", "", field.before));
  made.append(" → ", element("span", "", field.after));
  return made;
}

function item(entry, known, trigger) {
  const made = element("li", known && !known.has(entry.id) ? "fresh" : "");
  const said = element("span", "said");
  said.append(element("b", "", entry.who), " " + entry.before, subject(entry, trigger), entry.after);
  const when = element("time", "when", entry.when);
  when.title = entry.moment;
  made.append(element("span", "dot " + entry.what), said, when);
  if (entry.fields.length) {
    const fields = element("div", "fields");
    fields.append(...entry.fields.map(change));
    made.append(fields);
  }
  return made;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const known = seen.get(parentElement);
  const drawn = element("div", "timeline");
  if (data.heading) drawn.append(element("h2", "", data.heading));
  const list = element("ol");
  list.append(...data.entries.map((entry) => item(entry, known, setTriggerValue)));
  drawn.append(list);
  const old = parentElement.querySelector(".timeline");
  if (old) old.replaceWith(drawn);
  else parentElement.append(drawn);
  seen.set(parentElement, new Set(data.entries.map((entry) => entry.id)));
}
