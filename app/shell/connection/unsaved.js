// Whether somebody has half filled in a form on this page, which would be lost with it.
import { FORM, hasFiles, ofKey } from "../../streamlit_compat/dom.js";

const KEPT = ["talk", "tour", "question", "follow"].map(ofKey).join();
/** @type {any} */
let touched = null;

// What counts is what people do: what the page itself puts into a field was kept before.
export function attendForms() {
  document.addEventListener("input", (event) => touch(event.composedPath()), true);
  document.addEventListener("change", (event) => touch(event.composedPath()), true);
  document.addEventListener("click", (event) => {
    const [first] = event.composedPath();
    if (!(first instanceof Element)) return;
    if (first.closest("[role=radio], [role=checkbox]")) touch(event.composedPath());
    // What is picked from a list lies above the page, and belongs to the form in it.
    else if (first.closest("[role=option]")) touch([document.querySelector(FORM)]);
  }, true);
}

function touch(path) {
  const elements = path.filter((one) => one instanceof Element);
  if (elements.some((one) => one.matches(KEPT))) return;
  const form = elements.find((one) => one.matches(`form, ${FORM}, [role=dialog]`));
  const [field] = elements;
  if (form || field?.matches("textarea")) touched = { field, form: form ?? field, page: location.pathname };
}

export function halfFilled() {
  if (hasFiles()) return true;
  if (!touched) return false;
  const { field, form, page } = touched;
  const emptied = field.matches("input[type=text], textarea") && !field.value;
  const gone = !form.isConnected || !form.checkVisibility?.() || page !== location.pathname;
  if (emptied || gone) touched = null;
  return Boolean(touched);
}
