// What our components share. Everything that people typed is set as text, never as markup.
function element(tag, name = "", text = "") {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.textContent = text;
  return made;
}

function pressable(name, text, act) {
  const made = element("button", name, text);
  made.type = "button";
  made.onclick = act;
  return made;
}

// Forward as the browser itself would go: Streamlit's own switch of page leaves a second entry
// in the history, and Back would lead to it.
function visit(href, how = "pushState") {
  window.history[how]({}, "", new URL(href, document.baseURI));
  window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
}

// Some parameters of the page's address become these values, the rest stays.
function look(changes, how) {
  const url = new URL(window.location.href);
  for (const [name, values] of Object.entries(changes)) {
    url.searchParams.delete(name);
    for (const value of values) url.searchParams.append(name, value);
  }
  visit(url.href, how);
}

// Ask for something else: what was on page 7 of the old answer is not on page 7 of the new one.
function ask(changes, how) {
  look({ page: [], ...changes }, how);
}

// A real link, so that it can be copied or opened in another tab.
function link(text, href) {
  const made = element("a", "", text);
  made.href = href;
  made.onclick = (event) => {
    event.stopPropagation();
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    visit(href);
  };
  return made;
}

// Tells how much may still be written when it gets tight, and refuses what is too long; nothing is
// cut off. Returns where that is told; `field.recount` after it was filled by a program.
function limit(field, longest) {
  const told = element("span", "room");
  told.setAttribute("role", "status");
  field.recount = () => {
    const room = longest - [...field.value].length;
    const number = Math.abs(room).toLocaleString("en");
    told.textContent = room < 0 ? `${number} characters too many` : room < longest / 10 ? `${number} characters left` : "";
    told.classList.toggle("over", room < 0);
    field.setCustomValidity(room < 0 ? `${longest.toLocaleString("en")} characters at the most: ${number} too many.` : "");
  };
  field.addEventListener("input", field.recount);
  field.recount();
  return told;
}

// Takes the place of what was drawn before, if anything was.
function draw(parent, selector, drawn) {
  const old = parent.querySelector(selector);
  if (old) old.replaceWith(drawn);
  else parent.append(drawn);
}

// Redraws, and puts the keyboard back where it was: on what has the same `data-at`.
function keepingFocus(parent, redraw) {
  const at = parent.activeElement?.dataset.at;
  redraw();
  if (at) parent.querySelector(`[data-at="${CSS.escape(at)}"]`)?.focus({ preventScroll: true });
}

// Whether there is no way to the app just now: it is restarted, say, or there is no network.
function isCutOff() {
  const state = document.querySelector("[data-test-connection-state]")?.dataset.testConnectionState;
  return state !== undefined && state !== "CONNECTED";
}

// Whether the app is away, or back and does not know this page yet.
function isAway() {
  return isCutOff() || "basketAway" in document.documentElement.dataset;
}

// What is told while the app is away would be gone: it waits, and is told when it is back, by what
// the component was drawn with last.
const tells = new WeakMap();

function patient(tell, root) {
  tells.set(root, tell);
  return (event, value) => {
    if (!isAway()) return tell(event, value);
    const now = (...told) => tells.get(root)(...told);
    const detail = { event, value, tell: now, root: root.host ?? root };
    return document.dispatchEvent(new CustomEvent("basket-held", { detail }));
  };
}

// A component's draw function that never throws: what it drew before stays, and the server is told.
// Streamlit would put its error in the place of the data.
function guarded(name, drawPiece) {
  return (given) => {
    const { parentElement } = given;
    try {
      const tellAtOnce = given.setTriggerValue;
      const undo = drawPiece({ ...given, tellAtOnce, setTriggerValue: patient(tellAtOnce, parentElement) });
      parentElement.querySelector(".broken")?.remove();
      return undo;
    } catch (error) {
      console.error("A part of the page failed:", name, error);
      const detail = { failed: name, said: String(error).slice(0, 300) };
      document.dispatchEvent(new CustomEvent("basket-say", { detail }));
      if (parentElement.querySelector(":not(style)")) return undefined;
      const said = "This part of the page cannot be shown. Reload the page to try again.";
      parentElement.append(element("p", "broken", said));
      return undefined;
    }
  };
}
