// What our JavaScript looks for in the page that Streamlit 1.67 draws. Nothing here is promised by
// Streamlit: each says what is lost if it is not there any more.

/** The attribute that changes with the connection; see isCutOff. */
export const CONNECTION_ATTRIBUTE = "data-test-connection-state";
const RUN_ATTRIBUTE = "data-test-script-state";

/** Dialogs, Streamlit's own among them; without it the keyboard may stay in its notice. */
export const DIALOG = "[data-testid=stDialog], [role=dialog]";

/** What lies over the page; without it our keys act under an open popover. */
export const OVERLAY = "[role=dialog], dialog[open], [data-testid=stPopoverBody], [role=listbox], [role=menu]";

/** A form of Streamlit's; without it whoever follows is led out of a form that is half filled in. */
export const FORM = "[data-testid=stForm]";

/**
 * What Streamlit draws under a key of ours; without it `q` and Escape do nothing, and what is typed
 * beside the page counts as typed in it.
 * @param {string} key
 */
export function ofKey(key) {
  return `.st-key-${key}`;
}

/** Whether there is no way to the app just now; without it a page does not notice, and waits for nothing. */
export function isCutOff() {
  /** @type {HTMLElement | null} */
  const found = document.querySelector(`[${CONNECTION_ATTRIBUTE}]`);
  const state = found?.dataset.testConnectionState;
  return state !== undefined && state !== "CONNECTED";
}

/** Whether the app is drawing the page; without it news may be told while it does. */
export function isRunning() {
  /** @type {HTMLElement | null} */
  const found = document.querySelector(`[${RUN_ATTRIBUTE}]`);
  return ["running", "rerunRequested"].includes(found?.dataset.testScriptState ?? "");
}

/**
 * Act when a run begins or ends; without it only clicks and keys tell that the page is at work.
 * @param {() => void} act
 */
export function watchRuns(act) {
  const found = document.querySelector(`[${RUN_ATTRIBUTE}]`);
  if (found) new MutationObserver(act).observe(found, { attributeFilter: [RUN_ATTRIBUTE] });
}

/** Whether the theme is dark; without it feedback says that it was light. */
export function isDark() {
  const app = document.querySelector(".stApp");
  return app !== null && getComputedStyle(app).colorScheme.includes("dark");
}

/** The page without header and menu; without it a tour does not see what a page shows. */
export function mainPart() {
  return document.querySelector("[data-testid=stMain]");
}

/** The search field of the page; without it `/` does nothing. */
export function searchField() {
  /** @type {HTMLInputElement | null} */
  const found = document.querySelector("[data-testid=stMain] input[type=search]");
  return found;
}

const TYPED_IN = "input:not([type=checkbox], [type=radio], [type=file]), textarea";

/**
 * Fields that Streamlit has disabled; without it nobody can type while the app is away.
 * @returns {NodeListOf<HTMLInputElement>}
 */
export function disabledFields() {
  return document.querySelectorAll(`:is(.stMain, [role=dialog]) :is(${TYPED_IN}):disabled`);
}

/** Whether somebody has typed in a field; without it a page of another version reloads under them. */
export function hasTyped() {
  /** @type {NodeListOf<HTMLInputElement>} */
  const fields = document.querySelectorAll(`:is(.stMain, [role=dialog]) :is(${TYPED_IN})`);
  return Array.from(fields).some((field) => field.type !== "search" && field.value !== "");
}

/** Whether a file waits to be sent; without it whoever follows is led away from it. */
export function hasFiles() {
  return Boolean(document.querySelector("[data-testid=stFileUploaderFile]"));
}

/**
 * Whether this is an entry of the menu; without it the menu of a phone stays open.
 * @param {EventTarget | null} target
 */
export function isMenuEntry(target) {
  return target instanceof Element && Boolean(target.closest("[data-testid=stSidebarNavLink]"));
}

/** Close the menu of a phone, which stays open if the button is not there any more. */
export function closeMenu() {
  /** @type {HTMLElement | null} */
  const button = document.querySelector("[data-testid=stSidebarCollapseButton] button");
  button?.click();
}
