// “Follow me”: whoever leads tells the address, whoever has agreed goes there. What was agreed is
// kept by the tab, that one was asked by the browser.
import { here, visit } from "../../shell/components/address.js";
import { attendForms, halfFilled } from "../../shell/connection/unsaved.js";
import { announce, attend } from "../../shell/components/events.js";
import { draw, element, keepingFocus, pressable } from "../../shell/components/elements.js";
import { isRunning } from "../../streamlit_compat/dom.js";

const TICK = 100;
// Going along waits for so long for a page that is at work.
const PATIENCE = 500;
const FOLLOWS = "basket.follows", LEADS = "basket.leads", WENT = "basket.went", ASKED = "basket.asked";
const strips = new WeakMap();
let current = null;

function tell(what) {
  announce("basket-say", what);
}

/**
 * Whether two addresses show the same: the order of their parts says nothing.
 * @param {string | null} one
 * @param {string | null} other
 */
export function same(one, other) {
  const sorted = (text) => {
    const [path, query = ""] = text.split("?");
    return path + "?" + [...new URLSearchParams(query)].map(String).sort().join("&");
  };
  return one !== null && other !== null && sorted(one) === sorted(other);
}

function follows(lead) {
  return sessionStorage.getItem(FOLLOWS) === lead.id;
}

function answer(strip, follow) {
  const { lead } = strip;
  localStorage.setItem(ASKED, lead.id);
  sessionStorage.setItem(FOLLOWS, follow ? lead.id : "");
  sessionStorage.removeItem(WENT);
  tell({ follow: follow ? lead.id : "" });
  heed(strip);
}

// Where the leading tab is, as often as that changes.
function report(strip) {
  const { lead } = strip;
  if (!lead?.here || strip.reported === here()) return;
  strip.reported = here();
  tell({ at: strip.reported });
}

function go(strip) {
  const { address } = strip.lead;
  strip.since ??= performance.now();
  if (isRunning() && performance.now() - strip.since < PATIENCE) return;
  strip.since = null;
  sessionStorage.setItem(WENT, address);
  strip.waits = false;
  // Instead of another entry in the history: Back leads to where one was before.
  if (!same(address, here())) visit("./" + address, "replaceState");
  heed(strip);
}

// Where one was led, once: whoever looks elsewhere meanwhile is not called back.
function goAlong(strip) {
  const { lead } = strip;
  if (!lead || lead.mine || !follows(lead) || lead.address === null) return;
  if (same(lead.address, sessionStorage.getItem(WENT))) return;
  if (!same(lead.address, here()) && halfFilled()) {
    if (!strip.waits) { strip.waits = true; heed(strip); }
    return;
  }
  go(strip);
}

function word(strip) {
  const { lead } = strip;
  const name = lead.name === "The presenter" ? "the presenter" : lead.name;
  if (lead.mine && lead.here) return `Leading – ${lead.followers} of ${lead.others} following`;
  if (lead.mine) return lead.held ? "Leading in another window" : "The window you were leading in is closed";
  if (!follows(lead)) {
    const asked = localStorage.getItem(ASKED) === lead.id;
    return asked ? `${lead.name} is guiding the others` : `${lead.name} wants to guide you. Follow along?`;
  }
  if (strip.waits) return `${lead.name} has moved on. What you have begun here is not saved yet.`;
  if (lead.apart) return `Following ${name}, who is on a page of their own`;
  return lead.held ? `Following ${name}` : `Following ${name}, who is away just now`;
}

// From what somebody saw to what was said of it.
/** @returns {[string, string, () => unknown][]} */
function wayBack() {
  const { at, href } = JSON.parse(sessionStorage.getItem("basket.back") ?? "{}");
  if (at !== location.href) return [];
  return [["", "← Back to Feedback", () => { sessionStorage.removeItem("basket.back"); visit(href); }]];
}

/** @returns {[string, string, () => unknown][]} each a button: its class, its text, what it does */
function choices(strip) {
  return [...wayBack(), ...ofLead(strip)];
}

/** @returns {[string, string, () => unknown][]} */
function ofLead(strip) {
  const { lead, may } = strip;
  if (!lead) return may ? [["quiet", "Follow me", () => tell({ lead: "start" })]] : [];
  /** @type {[string, string, () => unknown]} */
  const stop = ["", "Stop", () => { sessionStorage.removeItem(LEADS); tell({ lead: "stop" }); }];
  if (lead.mine) return lead.here ? [stop] : [["strong", "Lead from here", () => tell({ lead: "here" })], stop];
  if (!follows(lead)) {
    const asked = localStorage.getItem(ASKED) === lead.id;
    /** @type {[string, string, () => unknown]} */
    const follow = [asked ? "" : "strong", "Follow", () => answer(strip, true)];
    return asked ? [follow] : [follow, ["", "Not now", () => answer(strip, false)]];
  }
  /** @type {[string, string, () => unknown]} */
  const leave = ["", "Stop following", () => answer(strip, false)];
  return strip.waits ? [["strong", "Go along", () => go(strip)], leave] : [leave];
}

function redraw(strip) {
  const { lead, problem } = strip;
  const drawn = element("section", "follow");
  drawn.setAttribute("aria-label", "Follow me");
  const made = choices(strip).map(([name, text, act]) => {
    const button = pressable(name, text, act);
    button.dataset.at = text;
    return button;
  });
  const said = element("span", "said", lead ? word(strip) : "");
  said.setAttribute("role", "status");
  drawn.classList.toggle("alone", !lead);
  drawn.classList.toggle("leads", Boolean(lead?.here || (lead && !lead.mine && follows(lead))));
  drawn.append(said, ...made);
  if (problem) drawn.append(element("span", "problem", problem));
  drawn.hidden = !made.length;
  keepingFocus(strip.root, () => draw(strip.root, ".follow", drawn));
  makeRoom(drawn);
}

// What else stands at the foot of the page stands above it.
function makeRoom(drawn) {
  const height = drawn.hidden ? 0 : drawn.offsetHeight + 14;
  document.documentElement.style.setProperty("--basket-follow", `${height}px`);
}

function heed(strip) {
  const shown = JSON.stringify([strip.lead && word(strip), choices(strip).map(([name, text]) => name + text), strip.problem]);
  if (shown === strip.shown) return;
  strip.shown = shown;
  redraw(strip);
}

// Whom nobody leads any more who has the page open need not be asked, and may lead instead.
function counts(lead) {
  return lead && (lead.mine || lead.held || follows(lead)) ? lead : null;
}

function hear(strip, { lead: told, may, problem }) {
  const lead = counts(told);
  if (lead?.here) {
    sessionStorage.setItem(LEADS, lead.id);
    if (!strip.lead?.here) strip.reported = null;
  }
  if (lead?.mine && !lead.here && sessionStorage.getItem(LEADS) === lead.id) {
    // A copy of the tab that leads has its memory as well.
    if (lead.held) sessionStorage.removeItem(LEADS);
    else tell({ resume: lead.id });
  }
  if (!lead || lead.id !== strip.lead?.id || lead.address === null) strip.waits = false;
  Object.assign(strip, { lead, may, problem });
  report(strip);
  goAlong(strip);
  heed(strip);
}

function introduceAgain(strip) {
  strip.reported = null;
  const followed = sessionStorage.getItem(FOLLOWS);
  if (followed) tell({ follow: followed });
}

function begin() {
  attendForms();
  attend("basket-told", (detail) => current && hear(current, detail));
  attend("basket-line", () => current && introduceAgain(current));
  setInterval(() => {
    if (current) report(current);
    if (current) goAlong(current);
    if (current) heed(current);
  }, TICK);
}

export default function ({ parentElement }) {
  const known = strips.get(parentElement);
  const strip = known ?? { root: parentElement, lead: null, may: false, problem: "", waits: false };
  if (known) return;
  strips.set(parentElement, strip);
  if (!current) begin();
  current = strip;
  introduceAgain(strip);
  announce("basket-say");
}
