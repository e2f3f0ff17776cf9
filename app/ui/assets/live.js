// Listens for changes of the basket and has the page drawn again when there are any.
const followers = new WeakMap();
const RETRY = 1000;
const IDLE = 50;
// For so long a page that came to rest may be between two runs: one that ends in a switch of page
// rests for a moment before the other page's begins.
const REST = 250;

function address() {
  const base = document.baseURI.replace(/[^/]*$/, "");
  const url = new URL("live", base.endsWith("/") ? base : base + "/");
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url;
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

function attend() {
  const app = document.querySelector("[data-test-script-state]");
  new MutationObserver(atWork).observe(app, { attributeFilter: ["data-test-script-state"] });
  document.addEventListener("click", asksForWork, true);
  document.addEventListener("keydown", asksForWork, true);
}

function isAtWork() {
  const running = document.querySelector('[data-test-script-state="running"]');
  return running || performance.now() - busy < REST;
}

function tellWhenIdle(follower, element, mark) {
  if (isAtWork()) return setTimeout(() => tellWhenIdle(follower, element, mark), IDLE);
  if (element.isConnected && isNews(follower, mark)) follower.tell("news", mark);
}

// A mark is that of the basket and that of the model, with a bar between.
function isNews(follower, mark) {
  const part = follower.modelOnly ? (whole) => whole.split("|")[1] : (whole) => whole;
  return part(mark) !== part(follower.mark);
}

function listen(follower, element) {
  const socket = new WebSocket(address());
  follower.socket = socket;
  socket.onmessage = (event) => {
    if (!element.isConnected) return socket.close();
    if (!isNews(follower, event.data) || event.data === follower.asked) return;
    follower.asked = event.data;
    tellWhenIdle(follower, element, event.data);
  };
  socket.onclose = () => {
    if (element.isConnected && !follower.over) setTimeout(() => listen(follower, element), RETRY);
  };
}

export default function ({ data, parentElement, setTriggerValue }) {
  const element = parentElement.host ?? parentElement;
  const follower = followers.get(parentElement) ?? {};
  follower.mark = data.mark;
  follower.modelOnly = data.modelOnly;
  follower.tell = setTriggerValue;
  if (!followers.has(parentElement)) {
    if (!busy) attend();
    atWork();
    followers.set(parentElement, follower);
    listen(follower, element);
  }
}
