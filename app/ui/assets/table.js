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

function line(row, data, before) {
  const fresh = before && before.get(row.id) !== row.version;
  const made = element("tr", fresh ? "fresh" : "");
  made.append(...row.cells.map((shown, index) => cell(shown, data.columns[index], row)));
  made.onclick = () => {
    if (!window.getSelection().toString()) visit(row.href);
  };
  return made;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const known = seen.get(parentElement);
  const text = JSON.stringify(data);
  if (known && known.text === text) return;
  const before = known && known.view === data.view ? known.versions : null;
  const head = element("tr");
  head.append(...data.columns.map((column) => header(column, data.sort, setTriggerValue)));
  const top = element("thead");
  top.append(head);
  const body = element("tbody");
  body.append(...data.rows.map((row) => line(row, data, before)));
  const table = element("table");
  table.setAttribute("aria-label", data.label);
  table.append(top, body);
  const frame = element("div", "frame");
  frame.append(table);
  draw(parentElement, ".frame", frame);
  const versions = new Map(data.rows.map((row) => [row.id, row.version]));
  seen.set(parentElement, { view: data.view, text, versions });
}
