// Listens for changes, and has what was drawn from something else drawn again. All that a page has
// drawn shares one line, which also says that the page is open.
import { isAway } from "../components/component.js";
import { announce, attend } from "../components/events.js";
import { isRunning, watchRuns } from "../../streamlit_compat/dom.js";

const followers = new Map();
const RETRY = 1000;
const IDLE = 50;
// For so long a page that came to rest may be between two runs: one that ends in a switch of page
// rests for a moment before the other page's begins.
const REST = 250;
// News that the page does not become new by are told again.
const AGAIN = 2000;
const TRIES = 3;
/** @type {WebSocket | null} */
let socket = null;
let tab = "";
let copy = "";
/** @type {any} */
let told = null;
const unsaid = [];
// This page, and no other: neither a copy of it nor the same after a reload.
const page = Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join("");

function address() {
  const base = document.baseURI.replace(/[^/]*$/, "");
  const url = new URL("live", base.endsWith("/") ? base : base + "/");
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  url.searchParams.set("tab", tab);
  if (copy) url.searchParams.set("copy", copy);
  url.searchParams.set("window", page);
  return url;
}

function followed() {
  for (const [key, follower] of followers) if (!follower.element.isConnected) followers.delete(key);
  return followers.size;
}

// When the page was last at work, or told by its user to be: what runs may be on its way to
// another page, and news from this one would call it back.
let busy = 0;

function atWork() {
  busy = performance.now();
}

function asksForWork(event) {
  if (event.type === "click" || event.key === "Enter" || event.key === " ") atWork();
}

function watchWork() {
  // Another release of Streamlit may not tell: then the clicks below are all there is to go by.
  watchRuns(atWork);
  document.addEventListener("click", asksForWork, true);
  document.addEventListener("keydown", asksForWork, true);
}

function isAtWork() {
  return isRunning() || isAway() || performance.now() - busy < REST;
}

function tellWhenIdle(follower) {
  if (isAtWork()) return setTimeout(() => tellWhenIdle(follower), IDLE);
  if (!follower.element.isConnected || !isNews(follower, told)) return;
  follower.tell("news", told);
  // One after the other: of two fragments that are told in the same moment only one runs
  // (Streamlit 1.67), and the other would show for good what is no longer so.
  atWork();
  // And what is told between two pages may not be heard at all.
  follower.tries -= 1;
  if (follower.tries) setTimeout(() => tellWhenIdle(follower), AGAIN);
}

/**
 * Whether the app has marks of what was drawn that differ from those it was drawn with.
 * @param {{ marks: Record<string, string> }} follower
 * @param {Record<string, any>} marks
 */
export function isNews(follower, marks) {
  return Object.entries(follower.marks).some(([part, mark]) => marks[part] !== mark);
}

function hear(follower, marks) {
  const asked = JSON.stringify(Object.keys(follower.marks).map((part) => marks[part]));
  if (!isNews(follower, marks) || asked === follower.asked) return;
  follower.asked = asked;
  follower.tries = TRIES;
  tellWhenIdle(follower);
}

// What the line carries beside news, for whatever else on the page has something to say on it.
function tellThePage() {
  if (told) announce("basket-told", told.leading);
}

function say(detail) {
  if (!detail) return tellThePage();
  unsaid.push(JSON.stringify(detail));
  return speak();
}

// In its order, as soon as there is a line: between two pages there may be none for a moment.
function speak() {
  while (unsaid.length && socket?.readyState === WebSocket.OPEN) socket.send(unsaid.shift() ?? "");
}

function listen() {
  const line = new WebSocket(address());
  socket = line;
  line.onmessage = (event) => {
    if (!followed()) return line.close();
    told = JSON.parse(event.data);
    for (const follower of followers.values()) hear(follower, told);
    tellThePage();
  };
  line.onopen = () => {
    speak();
    announce("basket-line");
  };
  line.onclose = () => {
    if (socket !== line) return;
    socket = null;
    setTimeout(() => followed() && !socket && listen(), RETRY);
  };
}

// After the app was restarted this tab goes by another number: who listens under it is here.
// And whoever has a copy of the basket listens to that.
function listenAs(number, name) {
  if (socket && number === tab && name === copy) return;
  tab = number;
  copy = name;
  const former = socket;
  listen();
  former?.close();
}

export default function ({ data, parentElement, setTriggerValue }) {
  const follower = followers.get(parentElement) ?? {};
  follower.element = parentElement.host ?? parentElement;
  follower.marks = data.marks;
  follower.tell = setTriggerValue;
  if (!followers.has(parentElement)) {
    if (!busy) watchWork();
    if (!busy) attend("basket-say", say);
    atWork();
    followers.set(parentElement, follower);
  }
  listenAs(data.tab, data.copy);
  // What came while this was on its way is news, too.
  if (told) hear(follower, told);
}
