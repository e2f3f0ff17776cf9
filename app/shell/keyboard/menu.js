// On a phone the menu lies over the page: who has chosen from it wants to see what was chosen.
import { closeMenu, isMenuEntry } from "../../streamlit_compat/dom.js";

const NARROW = "(max-width: 768px)";
let attends = false;

function onClick(event) {
  if (!isMenuEntry(event.target) || !window.matchMedia(NARROW).matches) return;
  // After Streamlit has heard of the click itself.
  setTimeout(closeMenu);
}

export function attendMenu() {
  if (attends) return;
  attends = true;
  document.addEventListener("click", onClick);
}
