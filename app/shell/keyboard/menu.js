// On a phone the menu lies over the page: who has chosen from it wants to see what was chosen.
const NARROW = "(max-width: 768px)";
let attends = false;

function closeMenu(event) {
  if (!event.target.closest?.("[data-testid=stSidebarNavLink]") || !window.matchMedia(NARROW).matches) return;
  // After Streamlit has heard of the click itself.
  setTimeout(() => document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click());
}

function attendMenu() {
  if (attends) return;
  attends = true;
  document.addEventListener("click", closeMenu);
}
