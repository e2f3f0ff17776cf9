// What the browser keeps over a reload, as JSON under a key.

/**
 * What is kept under the key; nothing of it if there is none, or it cannot be read.
 * @param {string} key
 * @returns {Record<string, any>}
 */
export function stored(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null") ?? {};
  } catch {
    return {};
  }
}

/**
 * @param {string} key
 * @param {object} value
 */
export function store(key, value) {
  localStorage.setItem(key, JSON.stringify(value));
}

/** An identifier that sorts by the time at which it was made. */
export function newId() {
  const random = crypto.getRandomValues(new Uint32Array(2));
  const tail = Array.from(random, (part) => part.toString(36).padStart(7, "0")).join("");
  return Date.now().toString(36).padStart(9, "0") + tail;
}
