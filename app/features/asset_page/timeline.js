// What happened, newest first.
import { draw, element, link } from "../../shell/components/elements.js";

const seen = new WeakMap();

function change(field) {
  const made = element("div");
  made.append(element("span", "label", field.label + ": "), element("s", "", field.before));
  made.append(" → ", element("span", "", field.after));
  return made;
}

function item(entry, known) {
  const made = element("li", known && !known.has(entry.id) ? "fresh" : "");
  const said = element("span", "said");
  const subject = entry.href ? link(entry.name, entry.href) : entry.name;
  said.append(element("b", "", entry.who), " " + entry.before, subject, entry.after);
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

export default function ({ data, parentElement }) {
  const known = seen.get(parentElement);
  const drawn = element("div", "timeline");
  if (data.heading) drawn.append(element("h2", "", data.heading));
  const list = element("ol");
  list.append(...data.entries.map((entry) => item(entry, known)));
  drawn.append(list);
  draw(parentElement, ".timeline", drawn);
  seen.set(parentElement, new Set(data.entries.map((entry) => entry.id)));
}
