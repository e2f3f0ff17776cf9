// What this page is in the middle of, told with the next run when the app was away: a restarted one
// learns it before it draws anything. Drawn with a `part`, it adds what a fragment is in the middle
// of, for as long as it is drawn.
import { announce, attend } from "../components/events.js";

/** @type {import("../components/component.js").Tell | null} */
let keep = null;
let attends = false;

function remember(part) {
  announce("basket-remember", part);
}

export default function ({ data, setStateValue }) {
  if (data.part) {
    remember(data.part);
    return () => remember(Object.fromEntries(Object.keys(data.part).map((name) => [name, null])));
  }
  keep = setStateValue;
  if (attends) return undefined;
  attends = true;
  attend("basket-away", (detail) => keep?.("kept", detail));
  return undefined;
}
