// The page's address, in which its filters and its order are kept.

/**
 * Go there as the browser itself would: Streamlit's own switch of page leaves a second entry in the
 * history, and Back would lead to it.
 * @param {string} href
 * @param {"pushState" | "replaceState"} how
 */
export function visit(href, how = "pushState") {
  window.history[how]({}, "", new URL(href, document.baseURI));
  window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
}

/**
 * Some parameters of the page's address become these values, the rest stays.
 * @param {Record<string, string[]>} changes
 * @param {"pushState" | "replaceState"} [how]
 */
export function look(changes, how) {
  visit(changed(window.location.href, changes), how);
}

/**
 * Ask for something else: what was on page 7 of the old answer is not on page 7 of the new one.
 * @param {Record<string, string[]>} changes
 * @param {"pushState" | "replaceState"} [how]
 */
export function ask(changes, how) {
  look({ page: [], ...changes }, how);
}

/**
 * The address with these values in place of what the parameters were.
 * @param {string} href
 * @param {Record<string, string[]>} changes
 */
export function changed(href, changes) {
  const url = new URL(href);
  for (const [name, values] of Object.entries(changes)) {
    url.searchParams.delete(name);
    for (const value of values) url.searchParams.append(name, value);
  }
  return url.href;
}

/** The page and its query, as messages to the app carry it. */
export function here() {
  return location.pathname.split("/").pop() + location.search;
}
