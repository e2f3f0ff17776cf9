// The basket at a glance: a number and, per field, bars that filter when clicked.
import { ask } from "../../../shell/components/address.js";
import { element, pressable } from "../../../shell/components/elements.js";

function pressed(made, bar, said) {
  made.setAttribute("aria-pressed", String(bar.chosen));
  made.setAttribute("aria-label", `${said}: ${bar.count}`);
  return made;
}

function bar(chart, entry) {
  const made = pressable("bar", "", () => {
    const { searchParams } = new URL(window.location.href);
    const others = searchParams.getAll(chart.parameter).filter((value) => value !== entry.value);
    ask({ [chart.parameter]: entry.chosen ? others : [...others, entry.value] });
  });
  made.title = entry.chosen ? "Show the others too" : "Show only these";
  const track = element("span", "track");
  const fill = element("span", "fill");
  fill.style.width = `${Math.max(entry.share * 100, 1.5)}%`;
  track.append(fill);
  made.append(element("span", "name", entry.label), element("span", "count", entry.shown), track);
  return pressed(made, entry, `${chart.label} ${entry.label}`);
}

/**
 * @typedef {{ chosen: boolean, least: string, below?: string }} Bar
 * @typedef {{ bounds: { least: string, most: string, below: string }, bars: Bar[] }} Histogram
 */

/**
 * What a click on a bar of a histogram asks for: its range, or with Shift the range from what is
 * chosen to there; a click on the only one that is chosen asks for all of them again.
 * @param {Histogram} chart
 * @param {number} index
 * @param {boolean} several
 * @returns {Record<string, string[]>}
 */
export function range(chart, index, several) {
  const { least, most, below } = chart.bounds;
  const chosen = chart.bars.flatMap((bar, place) => (bar.chosen ? [place] : []));
  if (!several && chosen.length === 1 && chosen[0] === index)
    return { [least]: [], [most]: [], [below]: [] };
  const places = several ? [...chosen, index] : [index];
  const first = chart.bars[Math.min(...places)];
  const last = chart.bars[Math.max(...places)];
  return { [least]: [first.least], [most]: [], [below]: last.below ? [last.below] : [] };
}

function column(chart, entry, index) {
  const made = pressable("column", "", (event) => ask(range(chart, index, event.shiftKey)));
  made.title = `${entry.label}: ${entry.count.toLocaleString("en")}`;
  const fill = element("span", "fill");
  fill.style.height = entry.count ? `${Math.max(entry.share * 100, 4)}%` : "1px";
  made.append(fill);
  return pressed(made, entry, `${chart.label} ${entry.label}`);
}

function histogram(chart) {
  const columns = element("div", "columns" + (chart.bars.some((bar) => bar.chosen) ? " some" : ""));
  columns.append(...chart.bars.map((entry, index) => column(chart, entry, index)));
  const ends = element("div", "ends");
  ends.append(...chart.ends.map((end) => element("span", "", end)));
  return [columns, ends];
}

function card(chart) {
  const made = element("section", "card");
  made.append(element("h3", "", chart.label));
  if (chart.bounds) made.append(...histogram(chart));
  else made.append(...chart.bars.map((entry) => bar(chart, entry)));
  if (chart.rest) made.append(element("div", "rest", chart.rest));
  return made;
}

export default function ({ data, parentElement }) {
  const drawn = element("div", "glance");
  const total = element("section", "card");
  total.append(element("h3", "", data.title), element("div", "number", data.number));
  total.append(element("div", "note", data.note));
  drawn.append(total, ...data.charts.map(card));
  const old = parentElement.querySelector(".glance");
  if (!old) return parentElement.append(drawn);
  const focused = old.getRootNode().activeElement?.getAttribute("aria-label");
  old.replaceWith(drawn);
  if (focused) refocus(drawn, focused);
}

// The count behind the colon may be another one by now.
function refocus(drawn, label) {
  const name = label.replace(/: \d+$/, ": ");
  drawn.querySelector(`[aria-label^="${CSS.escape(name)}"]`)?.focus();
}
