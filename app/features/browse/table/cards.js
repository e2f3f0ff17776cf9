// On a narrow screen a row is a card: what matters first, the rest behind a button.
import { element } from "../../../shell/components/elements.js";

const opened = new WeakMap();
const FIRST = 4;

// Which cells wait behind the button: empty ones, and what comes after the first few.
export function asCard(parent, row, made, cells) {
  cells[0].classList.add("title");
  const open = opened.get(parent) ?? new Set();
  opened.set(parent, open);
  const filled = cells.filter((_, index) => index && (row.cells[index].text !== "–" || row.cells[index].attention));
  const first = filled.filter((cell, index) => index < FIRST || cell.querySelector(".attention"));
  const rest = cells.filter((cell, index) => index && !first.includes(cell));
  if (first.length === filled.length) return [];
  for (const cell of rest) cell.classList.add("rest");
  const cell = element("td", "more");
  const button = element("button");
  button.type = "button";
  button.dataset.at = "more " + row.id;
  const show = () => {
    made.classList.toggle("open", open.has(row.id));
    button.setAttribute("aria-expanded", String(open.has(row.id)));
    button.textContent = open.has(row.id) ? "Show less" : `Show ${rest.length} more`;
  };
  button.onclick = (event) => {
    event.stopPropagation();
    if (!open.delete(row.id)) open.add(row.id);
    show();
  };
  show();
  cell.append(button);
  return [cell];
}
