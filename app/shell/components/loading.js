// Loads a component's module and draws with it. This stands in each component itself, before any
// module of ours is there, so it imports nothing.
const RETRY = 1000;
// Streamlit 1.67 puts the styles there itself, in an element of their own.
const DRAWN = ":not(style, div:has(> style))";
const LATEST = Symbol.for("basket.latest");
const SORRY = "This part of the page is not loaded yet. It is tried again until the app answers.";

/**
 * @param {string} name
 * @param {string[]} paths of the module with `guarded`, and of the component's own
 * @param {(path: string) => Promise<any>} load
 */
export function component(name, paths, load = (path) => import(new URL(path, document.baseURI).href)) {
  /** @type {((given: any) => unknown) | null} */
  let draw = null;
  /** @type {Promise<void> | null} */
  let loading = null;

  async function fetchModules() {
    const [{ guarded }, module] = await Promise.all(paths.map(load));
    draw = guarded(name, module.default);
  }

  /** @param {any} root */
  function apologise(root) {
    if (root.querySelector(DRAWN)) return;
    const place = document.createElement("p");
    place.className = "broken";
    place.textContent = SORRY;
    root.append(place);
  }

  // For screen readers, and for whoever takes a picture of the page.
  /** @param {any} root @param {boolean} is */
  function busy(root, is) {
    if (is) root.host?.setAttribute("aria-busy", "true");
    else root.host?.removeAttribute("aria-busy");
  }

  /** @param {any} given */
  async function drawOnceLoaded(given) {
    const root = given.parentElement;
    // Of several draws that wait only the last is made: Streamlit undoes the others afterwards.
    const isWanted = () => root[LATEST] === given && root.isConnected;
    busy(root, true);
    while (!draw && isWanted()) {
      try {
        loading ??= fetchModules();
        await loading;
      } catch (error) {
        loading = null;
        if (!isWanted()) return undefined;
        console.warn("A module is not there yet:", name, error);
        apologise(root);
        busy(root, false);
        await new Promise((done) => setTimeout(done, RETRY));
      }
    }
    if (!isWanted()) return undefined;
    busy(root, false);
    return draw?.(given);
  }

  return (/** @type {any} */ given) => {
    given.parentElement[LATEST] = given;
    if (!draw) return drawOnceLoaded(given);
    busy(given.parentElement, false);
    return draw(given);
  };
}
