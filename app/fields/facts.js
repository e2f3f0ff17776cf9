// What is known of one thing, label by label under its headings. Everything shown is set as text.
import { draw, element, link } from "../shell/components/elements.js";

// Only an address that says itself where it leads becomes a link; it is never fetched from here.
function leadsTo(text) {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const plain = !url.username && !url.password;
  return plain && ["https:", "http:"].includes(url.protocol) ? url.href : null;
}

function outside(text, href) {
  const made = element("a", "", text);
  made.href = href;
  made.target = "_blank";
  made.rel = "noopener noreferrer";
  return made;
}

function copy(text) {
  const made = element("button", "copy", "Copy");
  made.type = "button";
  made.onclick = async () => {
    await navigator.clipboard.writeText(text);
    made.textContent = "Copied";
    setTimeout(() => { made.textContent = "Copy"; }, 2000);
  };
  return made;
}

function value(fact) {
  if (fact.badges?.length) return fact.badges.map((b) => element("span", "badge " + b.tone, b.text));
  const href = fact.action === "link" ? leadsTo(fact.text) : null;
  if (href) return [outside(fact.text, href)];
  // Browsers have a clipboard only for pages of this machine and of https.
  if (fact.action === "copy" && navigator.clipboard) return [element("span", "", fact.text), copy(fact.text)];
  return [element("span", "", fact.text)];
}

// That something was said of this very field, and the way to it.
function remarks(fact) {
  const made = link(`💬 ${fact.remarks}`, fact.board);
  made.className = "remarks";
  made.setAttribute("aria-label", `Feedback on ${fact.label}: ${fact.remarks}`);
  return made;
}

function line(fact) {
  const shown = element("dd");
  shown.append(...value(fact));
  if (fact.mark) shown.append(element("span", "mark" + (fact.problem ? " wrong" : ""), fact.mark));
  if (fact.remarks) shown.append(remarks(fact));
  if (fact.problem) shown.append(element("p", "problem", fact.problem));
  return [element("dt", "", fact.label), shown];
}

export default function ({ data, parentElement }) {
  const drawn = element("div", "facts");
  let group = null;
  let list = element("dl");
  for (const fact of data.facts) {
    if (!drawn.lastChild || fact.group !== group) {
      if (fact.group) drawn.append(element("h2", "", fact.group));
      list = element("dl");
      drawn.append(list);
      group = fact.group;
    }
    list.append(...line(fact));
  }
  draw(parentElement, ".facts", drawn);
}
