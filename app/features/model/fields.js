// The model's fields, one a row. Everything shown is set as text.
import { draw, element } from "../../shell/components/elements.js";

function row(field, columns) {
  const made = element("tr");
  made.append(
    ...field.cells.map((text, index) => {
      const look = text === "–" ? "nothing" : columns[index].toLowerCase();
      const cell = element(index ? "td" : "th", look, text);
      if (index === 0) {
        cell.scope = "row";
        if (field.help) cell.append(element("span", "help", field.help));
      }
      cell.dataset.label = columns[index];
      return cell;
    }),
  );
  return made;
}

function groupHeading(text, width) {
  const made = element("tr", "group");
  const cell = element("th", "", text);
  cell.colSpan = width;
  cell.scope = "rowgroup";
  made.append(cell);
  return made;
}

export default function ({ data, parentElement }) {
  const head = element("tr");
  head.append(
    ...data.columns.map((label) => {
      const made = element("th", "", label);
      made.scope = "col";
      return made;
    }),
  );
  const top = element("thead");
  top.append(head);
  const body = element("tbody");
  let group = "";
  for (const field of data.rows) {
    if (field.group !== group && field.group) body.append(groupHeading(field.group, data.columns.length));
    group = field.group;
    body.append(row(field, data.columns));
  }
  const table = element("table");
  table.setAttribute("aria-label", "Fields of the model");
  table.append(top, body);
  const frame = element("div", "frame");
  frame.append(table);
  draw(parentElement, ".frame", frame);
}
