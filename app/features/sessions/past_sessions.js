// Sessions that are over, each with what one leaves it with.
import { draw, element, fileLink, link } from "../../shell/components/elements.js";

function session(entry) {
  const made = element("li");
  const told = element("div", "told");
  told.append(link(entry.title, entry.board), element("span", "hint", [entry.when, entry.number].filter(Boolean).join(" · ")));
  const files = element("div", "files");
  files.append(...entry.reports.map((report) => fileLink(report.label, report.href)));
  made.append(told, files);
  return made;
}

export default function ({ data, parentElement }) {
  const drawn = element("div", "sessions");
  const list = element("ul");
  list.append(...data.entries.map(session));
  drawn.append(element("h2", "", "Past sessions"), list);
  draw(parentElement, ".sessions", drawn);
}
