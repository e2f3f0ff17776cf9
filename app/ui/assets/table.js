// A table whose rows are links and whose headers sort.
const seen = new WeakMap();

function header(column, sort, trigger) {
  const made = element("th");
  made.scope = "col";
  if (sort === null) {
    made.append(element("span", "still", column.label));
    return made;
  }
  const ascending = sort === column.name;
  const descending = sort === "-" + column.name;
  const arrow = element("span", "arrow", ascending ? "▲" : descending ? "▼" : "");
  arrow.setAttribute("aria-hidden", "true");
  const button = element("button");
  button.type = "button";
  button.title = "Sort by " + column.label;
  button.append(column.label, arrow);
  const first = column.newestFirst ? "-" : "";
  const other = column.newestFirst ? "" : "-";
  button.onclick = () =>
    trigger("sort", (sort === first + column.name ? other : first) + column.name);
  made.setAttribute("aria-sort", ascending ? "ascending" : descending ? "descending" : "none");
  made.append(button);
  return made;
}

function cell(shown, column, row) {
  const made = element("td", column.short ? "short" : "");
  made.dataset.label = column.label;
  if (shown.title) made.title = shown.title;
  if (column.link) made.append(link(shown.text, row.href));
  else if (shown.tone) made.append(element("span", "badge " + shown.tone, shown.text));
  else made.textContent = shown.text;
  return made;
}

function line(row, data, before, hand, parent) {
  const fresh = before && before.get(row.id) !== row.version;
  const made = element("tr", fresh ? "fresh" : "");
  const cells = row.cells.map((shown, index) => cell(shown, data.columns[index], row));
  made.append(...pickOne(hand, row, made), ...cells, ...asCard(parent, row, made, cells));
  made.onclick = () => {
    if (!window.getSelection().toString()) visit(row.href);
  };
  return made;
}

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const known = seen.get(parentElement);
  const hand = handOf(parentElement, data, setStateValue);
  const text = JSON.stringify({ ...data, picking: data.picking?.place });
  if (known && known.text === text) return showPicked(hand);
  const before = known && known.view === data.view ? known.versions : null;
  const head = element("tr");
  head.append(...pickAll(hand));
  head.append(...data.columns.map((column) => header(column, data.sort, setTriggerValue)));
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
