// Assets that were left as they are, each with the reason.
import { draw, element, link } from "../components/elements.js";

export default function ({ data, parentElement }) {
  const drawn = element("div", "left");
  const list = element("ul");
  for (const entry of data.entries) {
    const made = element("li");
    made.append(link(entry.name, entry.href), element("span", "reason", entry.reason));
    list.append(made);
  }
  drawn.append(element("p", "", data.heading), list);
  if (data.rest) drawn.append(element("p", "rest", data.rest));
  draw(parentElement, ".left", drawn);
}
