// Which of many are shown, and in which order.
import { look } from "../../../shell/components/address.js";
import { element, pressable } from "../../../shell/components/elements.js";
import { keyed, title } from "../../../shell/components/panel.js";

export function picker(body) {
  const shown = body.entries.filter((entry) => entry.shown).map((entry) => entry.name);
  const set = (names) =>
    look({ [body.parameter]: names.join() === body.usual.join() ? [] : [names.join()] });

  const move = (entry, by, sign, word) => {
    const place = shown.indexOf(entry.name);
    const made = keyed(
      pressable("small", sign, () => set(moved(shown, place, place + by))),
      `${word} ${entry.name}`,
    );
    made.setAttribute("aria-label", `Move ${entry.label} ${word}`);
    made.disabled = !(place + by in shown);
    return made;
  };

  const lines = body.entries.map((entry) => {
    const line = element("div", "line");
    const box = keyed(element("input"), entry.name);
    box.type = "checkbox";
    box.checked = entry.shown;
    box.disabled = entry.shown && shown.length <= body.least;
    box.onchange = () =>
      set(box.checked ? added(body, shown, entry.name) : shown.filter((name) => name !== entry.name));
    const label = element("label", "option");
    label.append(box, element("span", "name", entry.label));
    line.append(label);
    if (body.ordered && entry.shown)
      line.append(move(entry, -1, "↑", "up"), move(entry, 1, "↓", "down"));
    return line;
  });
  return [title(body.title), ...lines, pressable("plain", body.back, () => set(body.usual))];
}

/**
 * The names with another one: where order counts, at the end; otherwise in the order of the model.
 * @param {{ ordered: boolean, entries: { name: string }[] }} body
 * @param {string[]} shown
 * @param {string} name
 */
export function added(body, shown, name) {
  if (body.ordered) return [...shown, name];
  const wanted = new Set([...shown, name]);
  return body.entries.map((entry) => entry.name).filter((other) => wanted.has(other));
}

/**
 * @param {string[]} names
 * @param {number} from
 * @param {number} to
 */
export function moved(names, from, to) {
  const left = names.toSpliced(from, 1);
  return left.toSpliced(to, 0, names[from]);
}
