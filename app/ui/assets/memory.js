// What this page is in the middle of, told with the next run when the app was away: a restarted one
// learns it before it draws anything.
let keep = null;
let attends = false;

export default function ({ setStateValue }) {
  keep = setStateValue;
  if (attends) return;
  attends = true;
  document.addEventListener("basket-away", ({ detail }) => keep("kept", detail));
}
