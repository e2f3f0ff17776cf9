// Elements that our components are made of. Everything that people typed is set as text, never as
// markup.
import { visit } from "./address.js";

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} name of its class
 * @param {string | number} text
 */
export function element(tag, name = "", text = "") {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.textContent = String(text);
  return made;
}

/**
 * A button.
 * @param {string} name of its class
 * @param {string} text
 * @param {((event: MouseEvent) => unknown) | null} act
 */
export function pressable(name, text, act = null) {
  const made = element("button", name, text);
  made.type = "button";
  made.onclick = act;
  return made;
}

/**
 * A real link, so that it can be copied or opened in another tab.
 * @param {string} text
 * @param {string} href
 */
export function link(text, href) {
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

/**
 * A link to a file, which is made when it is asked for.
 * @param {string} text
 * @param {string} href
 */
export function fileLink(text, href) {
  const made = element("a", "file", text);
  made.href = new URL(href, document.baseURI).href;
  made.download = "";
  return made;
}

/**
 * A choice of a list.
 * @param {string} value
 * @param {string} label
 * @param {string} chosen the value of the one that is chosen
 */
export function option(value, label, chosen) {
  return new Option(label, value, false, value === chosen);
}

/**
 * Takes the place of what was drawn before, if anything was.
 * @param {ParentNode} parent
 * @param {string} selector
 * @param {HTMLElement} drawn
 */
export function draw(parent, selector, drawn) {
  const old = parent.querySelector(selector);
  if (old) old.replaceWith(drawn);
  else parent.append(drawn);
}

/**
 * Redraws, and puts the keyboard back where it was: on what has the same `data-at`.
 * @param {ShadowRoot} parent
 * @param {() => void} redraw
 */
export function keepingFocus(parent, redraw) {
  const at = /** @type {HTMLElement | null} */ (parent.activeElement)?.dataset.at;
  redraw();
  if (!at) return;
  /** @type {HTMLElement | null} */
  const found = parent.querySelector(`[data-at="${CSS.escape(at)}"]`);
  found?.focus({ preventScroll: true });
}
