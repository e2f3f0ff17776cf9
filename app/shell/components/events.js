// How components of a page speak to each other: events on the document, each with a detail.
//   basket-say       a message to the app on the line of live updates; without a detail: what is new?
//   basket-told      what the app has told on it, beside news
//   basket-line      there is a line again
//   basket-held      what a component tells while the app is away
//   basket-away      the app is away; with what the page is in the middle of
//   basket-remember  more of what the page is in the middle of
//   basket-answer    feedback that is given elsewhere than in the widget
//   basket-form      the form for feedback was opened or closed
//   basket:question  the question of the presenter is to be shown

/**
 * @param {string} name
 * @param {any} [detail]
 */
export function announce(name, detail) {
  document.dispatchEvent(new CustomEvent(name, { detail }));
}

/**
 * @param {string} name
 * @param {(detail: any) => void} act
 */
export function attend(name, act) {
  document.addEventListener(name, (event) => act(/** @type {CustomEvent} */ (event).detail));
}
