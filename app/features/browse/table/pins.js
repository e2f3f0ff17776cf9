// That something was said of a column, at its header: what, and the way to it.
import { element, link } from "../../../shell/components/elements.js";

export function pinnedTo(header, column) {
  if (!column.pin) return header;
  const { count, told, board } = column.pin;
  const made = link(`💬 ${count}`, board);
  made.className = "pin";
  made.title = told;
  made.dataset.at = "pin " + column.name;
  made.setAttribute("aria-label", `Feedback on ${column.label}: ${count}`);
  const both = element("div", "both");
  both.append(...header.childNodes, made);
  header.append(both);
  header.classList.add("pinned");
  return header;
}
