// What was answered: bars, columns of a scale with its mean and spread, or words. Where only the
// numbers have changed the same bars grow, so that one sees them do so.
import { element } from "../../shell/components/elements.js";

export function chartInto(holder, data) {
  const shape = JSON.stringify([data.kind, data.ends, data.bars.map((bar) => bar.label)]);
  if (holder.shape !== shape || data.kind === "text") holder.replaceChildren(...chartParts(data));
  holder.shape = shape;
  holder.className = "chart";
  holder.querySelector(".summary").textContent = data.summary;
  const most = Math.max(...data.bars.map((bar) => bar.share), 0) || 1;
  holder.querySelectorAll(".bar").forEach((bar, at) => fillBar(bar, data, data.bars[at], most));
  const axis = holder.querySelector(".axis");
  if (axis) fillAxis(axis, data);
}

function chartParts(data) {
  const list = element("ul", { text: "words", scale: "columns" }[data.kind] ?? "");
  list.setAttribute("aria-label", "Answers");
  list.append(...(data.kind === "text" ? data.words.map(spoken) : data.bars.map((bar) => barOf(bar, data.kind === "scale"))));
  /** @type {HTMLElement[]} */
  const parts = [list];
  if (data.kind === "scale") parts.push(axisOf());
  if (data.ends.some(Boolean)) parts.push(endsOf(data.ends));
  parts.push(element("p", "summary"));
  return parts;
}

function barOf(bar, upright) {
  const made = element("li", "bar");
  const [label, fill] = [element("span", "label"), element("span", "fill")];
  label.append(element("span", "", bar.label), " ");
  (upright ? fill : label).append(element("b"));
  const track = element("span", "track");
  track.append(fill);
  made.append(label, track);
  return made;
}

function fillBar(made, data, bar, most) {
  const fill = made.querySelector(".fill").style;
  const upright = data.kind === "scale";
  const share = upright ? "" : ` · ${Math.round(100 * bar.share)} %`;
  made.querySelector("b").textContent = bar.number ? `${bar.number}${share}` : upright ? "" : "0";
  // The tallest column leaves room for its number.
  if (upright) fill.height = `${(80 * bar.share) / most}%`;
  else fill.width = `${100 * bar.share}%`;
}

function axisOf() {
  const made = element("div", "axis");
  made.setAttribute("aria-hidden", "true");
  made.append(element("span", "band"), element("span", "mean"));
  return made;
}

// The middle of the first column is 1, that of the last one 5.
function fillAxis(axis, data) {
  axis.hidden = data.mean === null;
  if (axis.hidden) return;
  const count = data.bars.length;
  const at = (grade) => (100 * (Math.min(Math.max(grade, 1), count) - 0.5)) / count;
  const [from, to] = [at(data.mean - data.spread), at(data.mean + data.spread)];
  axis.querySelector(".mean").style.left = `${at(data.mean)}%`;
  Object.assign(axis.querySelector(".band").style, { left: `${from}%`, width: `${to - from}%` });
}

export function endsOf(ends) {
  const made = element("p", "ends");
  made.append(...ends.map((end) => element("span", "", end)));
  return made;
}

function spoken(one) {
  const made = element("li", "", one.text);
  made.append(element("small", "", one.by || "Without a name"));
  return made;
}
