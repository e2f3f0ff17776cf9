// The live session: how to join it, who is here, what was said.
import { draw, element, link, pressable } from "../../shell/components/elements.js";

function copyable(text, word) {
  const made = pressable("copy", word, async () => {
    await navigator.clipboard.writeText(text);
    made.textContent = "Copied";
    setTimeout(() => { made.textContent = word; }, 2000);
  });
  return made;
}

function invitation(data) {
  const made = element("section", "invitation");
  const picture = element("img");
  picture.src = data.qr;
  picture.alt = "QR code of the link to join";
  const told = element("div", "told");
  told.append(element("p", "hint", "Join with the code"), element("p", "code", data.code));
  const address = link(data.link, data.link);
  address.className = "address";
  told.append(address);
  if (data.only_here) told.append(element("p", "hint only", "Only this machine can open this link. To let others in, start the app with BASKET_HOST=0.0.0.0."));
  if (navigator.clipboard) told.append(copyable(data.link, "Copy link"));
  made.append(picture, told);
  return made;
}

function person(one) {
  const made = element("li", one.here ? "here" : "away");
  made.append(element("span", "dot"), element("b", "", one.name), element("span", "page", one.page));
  made.title = one.joined;
  return made;
}

function people(data) {
  const made = element("section", "people");
  const here = data.people.filter((one) => one.here).length;
  made.append(element("h3", "", data.people.length ? `Here: ${here} of ${data.people.length}` : "Nobody has joined yet"));
  const list = element("ul");
  list.setAttribute("aria-label", "People");
  list.append(...data.people.map(person));
  made.append(list);
  return made;
}

function said(data) {
  const made = element("section", "said");
  made.append(element("h3", "", "Said so far"));
  const line = element("p");
  line.append(...data.said.map((one) => element("span", "badge", `${one.label} ${one.count}`)));
  if (!data.said.length) line.append("Nothing yet");
  made.append(line, link("Open the board", data.board));
  return made;
}

export default function ({ data, parentElement }) {
  const drawn = element("div", "session");
  const head = element("header");
  head.append(element("h2", "", data.title), element("p", "hint", data.since));
  if (data.goal) head.append(element("p", "goal", data.goal));
  const grid = element("div", "grid");
  grid.append(invitation(data), people(data), said(data));
  drawn.append(head, grid);
  draw(parentElement, ".session", drawn);
}
