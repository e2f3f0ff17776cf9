// Whether somebody has half filled in a form on this page, which would be lost with it.
const KEPT = ".st-key-talk, .st-key-tour, .st-key-question, .st-key-follow";
let touched = null;

// What counts is what people do: what the page itself puts into a field was kept before.
function attendForms() {
  document.addEventListener("input", (event) => touch(event.composedPath()), true);
  document.addEventListener("change", (event) => touch(event.composedPath()), true);
  document.addEventListener("click", (event) => {
    const [first] = event.composedPath();
    if (first.closest?.("[role=radio], [role=checkbox]")) touch(event.composedPath());
    // What is picked from a list lies above the page, and belongs to the form in it.
    else if (first.closest?.("[role=option]")) touch([document.querySelector("[data-testid=stForm]")]);
  }, true);
}

function touch(path) {
  const elements = path.filter((one) => one instanceof Element);
  if (elements.some((one) => one.matches(KEPT))) return;
  const form = elements.find((one) => one.matches("form, [data-testid=stForm], [role=dialog]"));
  const [field] = elements;
  if (form || field?.matches("textarea")) touched = { field, form: form ?? field, page: location.pathname };
}

function halfFilled() {
  if (document.querySelector("[data-testid=stFileUploaderFile]")) return true;
  if (!touched) return false;
  const { field, form, page } = touched;
  const emptied = field.matches("input[type=text], textarea") && !field.value;
  const gone = !form.isConnected || !form.checkVisibility?.() || page !== location.pathname;
  if (emptied || gone) touched = null;
  return Boolean(touched);
}
