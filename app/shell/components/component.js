// What each component is drawn through: it never throws, and what it tells waits while the app is
// away.
import { isCutOff } from "../../streamlit_compat/dom.js";
import { element } from "./elements.js";
import { announce } from "./events.js";

/**
 * What Streamlit draws a component with; `tellAtOnce` does not wait for an app that is away.
 * @typedef {object} Given
 * @property {any} data what Python sends
 * @property {ShadowRoot} parentElement
 * @property {Tell} setStateValue
 * @property {Tell} setTriggerValue
 * @property {Tell} tellAtOnce
 */
/** @typedef {(name: string, value: any) => void} Tell */
/** @typedef {(given: Given) => (() => void) | void} Draw */

// What is there beside the styles, which Streamlit 1.67 puts there in an element of their own.
const DRAWN = ":not(style, div:has(> style))";

/** Whether the app is away, or back and does not know this page yet. */
export function isAway() {
  return isCutOff() || "basketAway" in document.documentElement.dataset;
}

// What is told while the app is away would be gone: it waits, and is told when it is back, by what
// the component was drawn with last.
/** @type {WeakMap<ShadowRoot, Tell>} */
const tells = new WeakMap();

/**
 * @param {Tell} tell
 * @param {ShadowRoot} root
 * @returns {Tell}
 */
function patient(tell, root) {
  tells.set(root, tell);
  return (event, value) => {
    if (!isAway()) return tell(event, value);
    const now = (/** @type {string} */ name, /** @type {any} */ told) => tells.get(root)?.(name, told);
    const detail = { event, value, tell: now, root: root.host ?? root };
    announce("basket-held", detail);
    return undefined;
  };
}

/**
 * A component's draw function that never throws: what it drew before stays, and the server is told.
 * Streamlit would put its error in the place of the data.
 * @param {string} name
 * @param {Draw} draw
 * @returns {Draw}
 */
export function guarded(name, draw) {
  return (given) => {
    const { parentElement } = given;
    try {
      const tellAtOnce = given.setTriggerValue;
      const undo = draw({ ...given, tellAtOnce, setTriggerValue: patient(tellAtOnce, parentElement) });
      parentElement.querySelector(".broken")?.remove();
      return undo;
    } catch (error) {
      console.error("A part of the page failed:", name, error);
      const detail = { failed: name, said: String(error).slice(0, 300) };
      announce("basket-say", detail);
      if (parentElement.querySelector(DRAWN)) return undefined;
      const said = "This part of the page cannot be shown. Reload the page to try again.";
      parentElement.append(element("p", "broken", said));
      return undefined;
    }
  };
}
