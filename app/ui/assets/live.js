// Listens for changes of the basket and has the page drawn again when there are any.
const followers = new WeakMap();
const RETRY = 1000;
const IDLE = 50;

function address() {
  const base = document.baseURI.replace(/[^/]*$/, "");
  const url = new URL("live", base.endsWith("/") ? base : base + "/");
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url;
}

// Not while the page is running: what runs may be on its way to another page, and news from this
// one would call it back.
function tellWhenIdle(follower, element, mark) {
  const running = document.querySelector('[data-test-script-state="running"]');
  if (running) return setTimeout(() => tellWhenIdle(follower, element, mark), IDLE);
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
    followers.set(parentElement, follower);
    listen(follower, element);
  }
}
