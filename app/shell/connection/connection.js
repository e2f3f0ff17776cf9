// The app may be away for a while: it is restarted, or the phone slept. The page stays readable and
// can be typed in; what is told to the app meanwhile waits here and is told when it is back, once.
import { CONNECTION_ATTRIBUTE, DIALOG, disabledFields, hasFiles, hasTyped, isCutOff, isRunning } from "../../streamlit_compat/dom.js";
import { visit } from "../components/address.js";
import { element } from "../components/elements.js";
import { announce, attend } from "../components/events.js";
import { isConnectionError, keepFocus, watchFocus } from "./focus.js";

const QUIET = 700;
const SHOWN = 6000;
const TICK = 50;
const RESTS = 150;
// Streamlit 1.67 asks for a server that is away ever less often: up to 8 seconds go by.
const LONGEST_WAIT = 600;
const INQUIRE_AGAIN = 1000;
const ASK_AGAIN = 2000;
const MOST_ASKED = 5;
const AWAY = "Reconnecting… What you typed is kept.";
const BACK = "We’re back. Nothing was lost.";
// A copy of one's own goes with the app that made it, and so does a file that was to be imported;
// the page tells what that means.
const BACK_WITHOUT = "We’re back.";
const OUTDATED = "There is a new version of this page. Reload it when you are done here.";
/** @type {any} */
const page = { strip: null, again: null, held: [], lost: 0, away: false, since: 0, rests: 0, inquired: 0 };

function say(text, name = "") {
  const { strip } = page;
  strip.className = `connection ${name}`;
  strip.querySelector(".said").textContent = text;
  if (!strip.isConnected || strip.matches(":popover-open") === Boolean(text)) return;
  if (text) strip.showPopover();
  else strip.hidePopover();
}

// A server that is back is noticed soon, however long it was away.
function hurry() {
  const wait = window.setTimeout;
  window.setTimeout = (act, delay, ...given) =>
    wait(act, isCutOff() ? Math.min(delay ?? 0, LONGEST_WAIT) : delay, ...given);
}

// Streamlit disables every field while it is not connected; what is typed in one it keeps, and tells.
function letType() {
  for (const field of disabledFields()) field.disabled = false;
}

// At once: a field that stays disabled until the page is painted loses the keyboard, and so does
// whoever types while a dialog opens.
function letTypeAtOnce() {
  const act = () => {
    if (!isCutOff()) return;
    letType();
    dismiss();
    keepFocus();
  };
  const seen = ["disabled", CONNECTION_ATTRIBUTE];
  new MutationObserver(act).observe(document.documentElement, { subtree: true, childList: true, attributeFilter: seen });
  // A letter that meets Streamlit's dialog is typed where one was: it goes where the keyboard is
  // after this.
  window.addEventListener("keydown", () => isCutOff() && keepFocus(), true);
}

/** @returns {HTMLElement | null} */
function closeOf(dialog) {
  return dialog.querySelector("button[aria-label=Close]");
}

// Streamlit's own word on it lies over the page and takes the keyboard.
function dismiss() {
  for (const dialog of document.querySelectorAll(DIALOG))
    if (isConnectionError(dialog)) closeOf(dialog)?.click();
}

// Who has left in another tab, and whose session is over, is not cut off for a while, but for good.
async function askIfSignedOut(now) {
  if (page.inquired > now - INQUIRE_AGAIN) return;
  page.inquired = now;
  try {
    const answer = await fetch(new URL("_stcore/health", document.baseURI));
    if (answer.status === 401) window.location.reload();
  } catch {
    // Nobody answers: it is away, and is asked again.
  }
}

function leave(now) {
  page.away = true;
  Object.assign(page, { copyBefore: page.copy, fileBefore: page.memory.file, href: location.href, since: now });
  document.documentElement.dataset.basketAway = "";
  announce("basket-away", page.memory);
}

// A restarted app knows nothing of this page. Who followed a link meanwhile is taken there: the
// address has changed already, and only Streamlit does not know.
function askForRun(now) {
  page.askedAt = now;
  page.asked += 1;
  if (page.href === location.href) return page.again("again", now);
  Object.assign(page, { href: location.href, drawnBefore: page.drawn });
  return visit(location.href, "replaceState");
}

// What was told first is told first; each is let come to its end before the next.
function tellHeld() {
  const next = page.held.shift();
  if (next.root.isConnected) next.tell(next.event, next.value);
  else page.lost += 1;
}

function comeBack() {
  page.away = false;
  delete document.documentElement.dataset.basketAway;
  const isAllThere = page.copy === page.copyBefore && page.memory.file === page.fileBefore;
  const back = isAllThere ? BACK : BACK_WITHOUT;
  say(page.lost ? "We’re back. What you pressed meanwhile was not sent: press it again." : back, "back");
  page.lost = 0;
  const mine = (page.said = {});
  setTimeout(() => page.said === mine && say(""), SHOWN);
}

function whileAway(now) {
  if (isCutOff()) {
    Object.assign(page, { asked: 0, askedAt: -Infinity, rests: 0, drawnBefore: page.drawn });
    letType();
    dismiss();
    if (now - page.since > QUIET) {
      page.said = null;
      say(AWAY);
      askIfSignedOut(now);
    }
    return;
  }
  if (isRunning()) page.askedAt = now;
  page.rests = isRunning() ? 0 : page.rests + TICK;
  if (page.rests < RESTS) return;
  // Only what was drawn since tells that the app knows the page; a page that fails never does.
  const isDrawn = page.drawn !== page.drawnBefore && page.href === location.href;
  if (!isDrawn && page.asked < MOST_ASKED) {
    if (now - page.askedAt >= (page.asked ? ASK_AGAIN : 0)) askForRun(now);
    return;
  }
  page.rests = 0;
  if (page.held.length) tellHeld();
  else comeBack();
}

// An app that was restarted may have other modules. Those of before are still at work on this page,
// and both would tell what is pressed: it is loaded anew as soon as nobody loses anything by it.
function isOutdated(root) {
  const { dataset } = document.documentElement;
  // A page of a release without modules has only its strip.
  const before = dataset.basketModules ?? (root.querySelector(".connection") ? "none" : import.meta.url);
  dataset.basketModules = import.meta.url;
  return before !== import.meta.url;
}

function renew() {
  if (page.away || isCutOff()) return;
  if (!hasTyped() && !hasFiles()) window.location.reload();
  else if (!page.strip.textContent) say(OUTDATED);
}

function tick() {
  const now = performance.now();
  if (page.outdated) renew();
  if (!page.away && isCutOff()) leave(now);
  if (!page.away) return;
  keepFocus();
  whileAway(now);
}

function begin() {
  hurry();
  letTypeAtOnce();
  watchFocus();
  attend("basket-remember", (detail) => Object.assign(page.memory, detail));
  attend("basket-held", (detail) => {
    const told = JSON.stringify([detail.event, detail.value]);
    if (!page.held.some((one) => one.root === detail.root && one.told === told)) page.held.push({ ...detail, told });
  });
  setInterval(tick, TICK);
}

export default function ({ data, parentElement, tellAtOnce }) {
  page.again = tellAtOnce;
  page.memory = { ...data.memory };
  page.copy = data.copy ?? "";
  page.drawn = data.drawn;
  page.outdated ||= isOutdated(parentElement);
  if (page.strip && page.strip.getRootNode() === parentElement.getRootNode()) return;
  // What another release has said there, it would say for long: it does not know that it is over.
  for (const before of parentElement.querySelectorAll(".connection")) before.remove();
  const strip = element("div", "connection");
  strip.popover = "manual";
  const said = element("span", "said");
  said.setAttribute("role", "status");
  strip.append(element("span", "sign"), said);
  parentElement.append(strip);
  if (!page.strip) begin();
  page.strip = strip;
}
