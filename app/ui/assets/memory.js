// What this page is in the middle of, told with the next run when the app was away: a restarted one
// learns it before it draws anything. Drawn with a `part`, it adds what a part of the page that is
// drawn by itself is in the middle of.
let keep = null;
let attends = false;

export default function ({ data, setStateValue }) {
  if (data.part) {
    document.dispatchEvent(new CustomEvent("basket-remember", { detail: data.part }));
    return;
  }
  keep = setStateValue;
  if (attends) return;
  attends = true;
  document.addEventListener("basket-away", ({ detail }) => keep("kept", detail));
}
