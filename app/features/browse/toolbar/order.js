// By what the assets are put in order, and by what then.
import { ask } from "../../../shell/components/address.js";
import { element, pressable } from "../../../shell/components/elements.js";
import { keyed, title } from "../../../shell/components/panel.js";

const MOST = 4;

function select(key, label, entries, chosen, act) {
  const made = keyed(element("select"), key);
  made.setAttribute("aria-label", label);
  for (const [value, text] of entries) made.append(new Option(text, value, false, value === chosen));
  made.onchange = () => act(made.value);
  return made;
}

export function order(body) {
  const known = new Map(body.fields.map((field) => [field.name, field]));
  const set = (keys) => {
    const text = keys.map((key) => (key.back ? "-" : "") + key.name).join();
    ask({ [body.parameter]: !text || text === body.usual ? [] : [text] });
  };
  const but = (place, ...instead) => set(body.keys.toSpliced(place, 1, ...instead));
  const names = (...more) => [...more, ...body.fields.map((one) => [one.name, one.label])];

  const lines = body.keys.map((key, place) => {
    const line = element("div", "line");
    const said = place ? "then by" : "Sort by";
    const ways = known.get(key.name).ways.map((way, index) => [String(Boolean(index)), way]);
    line.append(
      element("span", "said", said),
      select(`by ${place}`, said, names(), key.name, (name) => but(place, { name, back: false })),
      select(`way ${place}`, `${said}: which way`, ways, String(key.back), (back) =>
        but(place, { ...key, back: back === "true" }),
      ),
    );
    if (body.keys.length > 1) {
      const remove = keyed(pressable("small", "✕", () => but(place)), `not ${place}`);
      remove.setAttribute("aria-label", `Do not sort by ${known.get(key.name).label}`);
      line.append(remove);
    }
    return line;
  });
  if (body.keys.length < MOST) {
    const line = element("div", "line");
    const add = (name) => set([...body.keys, { name, back: false }]);
    const others = names(["", "choose…"]).filter(([name]) => !body.keys.some((k) => k.name === name));
    line.append(element("span", "said", "then by"), select("then", "then by", others, "", add));
    lines.push(line);
  }
  return [title("Sort by"), ...lines, pressable("plain", "Newest first", () => set([]))];
}
