// A table whose rows are links and whose headers sort. Everything shown is set as text.
const seen = new WeakMap();

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function header(column, sort, trigger) {
  const ascending = sort === column.name;
  const descending = sort === "-" + column.name;
  const arrow = element("span", { class: "arrow", "aria-hidden": "true" });
  arrow.textContent = ascending ? "▲" : descending ? "▼" : "";
  const button = element("button", { type: "button", title: "Sort by " + column.label });
  button.append(column.label, arrow);
  const first = column.newestFirst ? "-" : "";
  const other = column.newestFirst ? "" : "-";
  button.onclick = () =>
    trigger("sort", (sort === first + column.name ? other : first) + column.name);
  const order = ascending ? "ascending" : descending ? "descending" : "none";
  return element("th", { scope: "col", "aria-sort": order }, button);
}

function cell(shown, column, row, open) {
  const made = element("td", { "data-label": column.label });
  if (column.short) made.classList.add("short");
  if (shown.title) made.title = shown.title;
  if (column.link) {
    const link = element("a", { href: row.href });
    link.textContent = shown.text;
    link.onclick = (event) => {
      event.stopPropagation();
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      open();
    };
    made.append(link);
  } else if (shown.tone) {
    const badge = element("span", { class: "badge " + shown.tone });
    badge.textContent = shown.text;
    made.append(badge);
  } else {
    made.textContent = shown.text;
  }
  return made;
}

function line(row, data, before, trigger) {
  const open = () => trigger("open", row.id);
  const made = element("tr");
  made.append(...row.cells.map((shown, index) => cell(shown, data.columns[index], row, open)));
  made.onclick = () => {
    if (!window.getSelection().toString()) open();
  };
  if (before && before.get(row.id) !== row.version) made.classList.add("fresh");
  return made;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const known = seen.get(parentElement);
  const before = known && known.view === data.view ? known.versions : null;
  const unchanged = before && JSON.stringify(data) === known.drawn;
  if (unchanged) return;
  const head = element("tr");
  head.append(...data.columns.map((column) => header(column, data.sort, setTriggerValue)));
  const body = element("tbody");
  body.append(...data.rows.map((row) => line(row, data, before, setTriggerValue)));
  const table = element("table", { "aria-label": data.label }, element("thead", {}, head), body);
  const frame = element("div", { class: "frame" }, table);
  const old = parentElement.querySelector(".frame");
  if (old) old.replaceWith(frame);
  else parentElement.append(frame);
  seen.set(parentElement, {
    view: data.view,
    drawn: JSON.stringify(data),
    versions: new Map(data.rows.map((row) => [row.id, row.version])),
  });
}
