// A table whose rows are links and whose headers sort.
import { ask, visit } from "../../../shell/components/address.js";
import { draw, element, keepingFocus, link } from "../../../shell/components/elements.js";
import { pinnedTo } from "./pins.js";
import { handOf, pickAll, pickOne, showPicked } from "./selection.js";
import { asCard } from "./cards.js";

const seen = new WeakMap();

/**
 * The order after a click on a header; with Shift the column joins the others or is turned round.
 * @param {string[]} keys names of columns, after a minus if they are sorted backwards
 * @param {{ name: string, newestFirst: boolean }} column
 * @param {boolean} several
 */
export function resorted(keys, column, several) {
  const [first, other] = column.newestFirst
    ? ["-" + column.name, column.name]
    : [column.name, "-" + column.name];
  if (!several) return [keys.length === 1 && keys[0] === first ? other : first];
  const place = keys.findIndex((key) => key === first || key === other);
  if (place < 0) return [...keys, first];
  return keys.with(place, keys[place] === first ? other : first);
}

function arrow(keys, column) {
  const place = keys.findIndex((key) => key.replace(/^-/, "") === column.name);
  const made = element("span", "arrow");
  made.setAttribute("aria-hidden", "true");
  if (place < 0) return made;
  made.textContent = keys[place].startsWith("-") ? "▼" : "▲";
  if (keys.length > 1) made.append(element("sub", "", place + 1));
  return made;
}

function header(column, data) {
  const made = element("th", column.looks);
  made.scope = "col";
  if (data.sort === null) {
    made.append(element("span", "still", column.label));
    return pinnedTo(made, column);
  }
  const button = element("button");
  button.type = "button";
  button.dataset.at = "sort " + column.name;
  button.title = `Sort by ${column.label}; with Shift, after what it is sorted by now`;
  button.append(column.label, arrow(data.sort, column));
  button.onclick = (event) => {
    const keys = resorted(data.sort, column, event.shiftKey).join();
    ask({ sort: keys === data.usualSort ? [] : [keys] });
  };
  const [leading] = data.sort;
  const order = { [column.name]: "ascending", ["-" + column.name]: "descending" }[leading];
  made.setAttribute("aria-sort", order ?? "none");
  made.append(button);
  return pinnedTo(made, column);
}

function badge(shown) {
  return element("span", "badge " + shown.tone, shown.text);
}

function attention(text) {
  const made = element("span", "attention", "⚠");
  made.title = text;
  made.setAttribute("role", "img");
  made.setAttribute("aria-label", "Needs attention: " + text);
  return made;
}

function cell(shown, column, row, first) {
  const made = element("td", column.looks);
  made.dataset.label = column.label;
  if (shown.title) made.title = shown.title;
  if (first) made.append(link(shown.text ?? shown.title, row.href));
  else if (shown.badges) made.append(...shown.badges.map(badge));
  else if (shown.tone) made.append(badge(shown));
  else made.textContent = shown.text;
  if (shown.attention) made.append(attention(shown.attention));
  return made;
}

function line(row, data, before, hand, parent) {
  const fresh = before && before.get(row.id) !== row.version;
  const made = element("tr", fresh ? "fresh" : "");
  const cells = row.cells.map((shown, index) => cell(shown, data.columns[index], row, !index));
  made.append(...pickOne(hand, row, made), ...cells, ...asCard(parent, row, made, cells));
  made.onclick = () => {
    if (!window.getSelection()?.toString()) visit(row.href);
  };
  return made;
}

export default function ({ data, parentElement, setStateValue }) {
  const known = seen.get(parentElement);
  const hand = handOf(parentElement, data, setStateValue);
  const text = JSON.stringify({ ...data, picking: data.picking?.place });
  if (known && known.text === text) return showPicked(hand);
  const before = known && known.view === data.view ? known.versions : null;
  const head = element("tr");
  head.append(...pickAll(hand));
  head.append(...data.columns.map((column) => header(column, data)));
  const top = element("thead");
  top.append(head);
  const body = element("tbody");
  body.append(...data.rows.map((row) => line(row, data, before, hand, parentElement)));
  const table = element("table");
  table.setAttribute("aria-label", data.label);
  table.append(top, body);
  const frame = element("div", "frame");
  frame.append(table);
  showPicked(hand);
  keepingFocus(parentElement, () => draw(parentElement, ".frame", frame));
  const versions = new Map(data.rows.map((row) => [row.id, row.version]));
  seen.set(parentElement, { view: data.view, text, versions });
}
