// Keys for what is done most often. They belong to the page only while nobody types, nothing is
// open over it, and the browser itself means nothing by them.
import { OVERLAY, ofKey, searchField } from "../../streamlit_compat/dom.js";
import { visit } from "../components/address.js";
import { element } from "../components/elements.js";
import { attendMenu } from "./menu.js";

const TYPING = "input, textarea, select, [contenteditable]:not([contenteditable=false])";
const NOT_TYPING = "input[type=checkbox], input[type=radio], input[type=button], input[type=range]";
const states = new WeakMap();

function types(target) {
  return target instanceof Element && target.matches(TYPING) && !target.matches(NOT_TYPING);
}

// Whether somebody is busy with something that lies over the page.
function isCovered() {
  return [...document.querySelectorAll(OVERLAY)].some((found) => found.checkVisibility());
}

function search() {
  const field = searchField();
  field?.focus();
  field?.select();
  return Boolean(field);
}

function add() {
  if (!window.location.pathname.endsWith("/add")) visit("add");
  return true;
}

// Answered where it is drawn, as if its sign had been pressed.
function question() {
  const asked = document.querySelector(ofKey("question"));
  if (asked) document.dispatchEvent(new Event("basket:question"));
  return Boolean(asked);
}

// By the bar's own button: the bar is drawn without this, and knows best what is picked.
function letGo() {
  /** @type {HTMLElement | null} */
  const clear = document.querySelector(`${ofKey("picked")} ${ofKey("let-go")} button`);
  clear?.click();
  return Boolean(clear);
}

function onKey(state, event) {
  const target = event.composedPath()[0];
  const modified = event.ctrlKey || event.metaKey || event.altKey;
  if (modified || event.isComposing || event.repeat || event.defaultPrevented) return;
  if (isCovered() || state.dialog.open) return;
  if (types(target)) {
    if (event.key === "Escape") target.blur();
    return;
  }
  const does = { "/": search, a: add, q: question, "?": () => open(state), Escape: letGo }[event.key];
  if (does?.()) event.preventDefault();
}

function open(state) {
  state.dialog.showModal();
  return true;
}

function help(entries) {
  const dialog = element("dialog");
  dialog.setAttribute("aria-label", "Keys");
  const list = element("dl");
  for (const entry of entries) {
    const keys = element("dt");
    keys.append(element("kbd", "", entry.keys));
    list.append(keys, element("dd", "", entry.does));
  }
  const close = element("button", "close", "Close");
  close.onclick = () => dialog.close();
  // A click beside it closes it, as it does everywhere.
  dialog.onclick = (event) => event.target === dialog && dialog.close();
  const inside = element("div", "inside");
  inside.append(element("h2", "", "Keys"), list, close);
  dialog.append(inside);
  return dialog;
}

export default function ({ data, parentElement }) {
  attendMenu();
  const state = states.get(parentElement) ?? { listener: (event) => onKey(state, event) };
  if (!states.has(parentElement)) {
    states.set(parentElement, state);
    const button = element("button", "keys", "Keys: ?");
    button.type = "button";
    button.title = "What keys do";
    button.onclick = () => open(state);
    state.dialog = help(data.help);
    parentElement.append(button, state.dialog);
  }
  document.addEventListener("keydown", state.listener);
  return () => document.removeEventListener("keydown", state.listener);
}
