// Where the keyboard is, and back to it when a field is taken away under somebody who types.
import { DIALOG } from "../../streamlit_compat/dom.js";

/** @type {{ field: any, label: string, tag: string }} */
const focus = { field: null, label: "", tag: "" };

export function isConnectionError(dialog) {
  return /connection error/i.test(dialog?.textContent);
}

function focused() {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at && at !== document.body ? at : null;
}

export function watchFocus() {
  document.addEventListener("focusin", (event) => noteFocus(event.composedPath()[0]), true);
  // Who leaves a field on purpose is not led back to it.
  document.addEventListener("pointerdown", () => Object.assign(focus, { field: null, label: "" }), true);
}

function noteFocus(field) {
  // A part that is being taken away has the keyboard as a whole for a moment, and so has
  // Streamlit's dialog about the connection until it is closed.
  if (field.shadowRoot || isConnectionError(field.closest(DIALOG))) return;
  Object.assign(focus, { field, label: field.getAttribute("aria-label") ?? "", tag: field.tagName });
}

// Another one that is drawn in the place of the field: with the same name, and the only one.
function successor() {
  if (!focus.label) return null;
  const wanted = `${focus.tag}[aria-label="${CSS.escape(focus.label)}"]`;
  const roots = [document, ...Array.from(document.querySelectorAll("*")).flatMap((one) => one.shadowRoot ?? [])];
  const found = roots.flatMap((root) => [...root.querySelectorAll(wanted)]);
  return found.length === 1 ? found[0] : null;
}

export function keepFocus() {
  const at = focused();
  if (at && !isConnectionError(at.closest(DIALOG))) return noteFocus(at);
  if (!focus.field) return undefined;
  const field = focus.field.isConnected ? focus.field : successor();
  if (!field || field.disabled) return undefined;
  const { selectionStart, selectionEnd } = focus.field;
  const isAnother = field !== focus.field;
  field.focus({ preventScroll: true });
  // The same field knows where in its text one was.
  if (isAnother && typeof selectionStart === "number") field.setSelectionRange(selectionStart, selectionEnd);
  return undefined;
}
