// What many stored assets have in common, and which ones they are. Everything is set as text.
import { draw, element, link } from "../../shell/components/elements.js";

function example(entry) {
  const made = element("li");
  made.append(link(entry.title, entry.href));
  if (entry.value) made.append(element("span", "value", entry.value));
  return made;
}

// Stays open while the page is drawn again.
function examples(more, old) {
  const made = element("details");
  made.open = Boolean(old && old.open);
  const list = element("ul");
  list.append(...more.entries.map(example));
  made.append(element("summary", "", more.label), list);
  return made;
}

export default function ({ data, parentElement }) {
  const old = parentElement.querySelector("details");
  const drawn = element("div", "finding " + data.kind);
  drawn.append(element("p", "headline", data.headline));
  for (const line of data.lines) drawn.append(element("p", "line", line));
  if (data.more.entries.length) drawn.append(examples(data.more, old));
  draw(parentElement, ".finding", drawn);
}
