// The gallery in a file of its own, which asks nobody for anything.
import { gallery } from "../../features/review/gallery.js";

const pack = JSON.parse(contentOf("pack"));
const KEY = `review ${pack.id}`;
const kept = remembered();
const opened = new Map();
const NOTHING = { decision: "", comment: "", pins: [] };

function contentOf(id) {
  return document.getElementById(id)?.textContent ?? "";
}

// Opened from disk, some browsers refuse to remember: everything works without it.
function remembered() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? "null");
    if (found && found.shots) return found;
  } catch { /* as if nothing had been kept */ }
  return { reviewer: "", shots: {} };
}

function keep() {
  try { localStorage.setItem(KEY, JSON.stringify(kept)); } catch { /* see remembered */ }
}

// A picture is turned into one when it is about to be seen.
function address(key) {
  if (!opened.has(key)) {
    const bytes = Uint8Array.from(atob(contentOf(key)), sign => sign.charCodeAt(0));
    opened.set(key, URL.createObjectURL(new Blob([bytes])));
  }
  return opened.get(key);
}

function download() {
  const decisions = pack.shots
    .map(({ file, status, digest }) => ({ file, status, digest, ...NOTHING, ...kept.shots[file] }))
    .filter(one => one.decision || one.comment.trim() || one.pins.length);
  const told = { format: pack.format, pack: pack.id, reviewer: kept.reviewer, at: new Date().toISOString(), decisions };
  const href = URL.createObjectURL(new Blob([JSON.stringify(told, null, 1)], { type: "application/json" }));
  const link = Object.assign(document.createElement("a"), { href, download: "decisions.json" });
  document.body.append(link);
  link.click();
  link.remove();
}

function head({ make, button }) {
  const name = make("input", { type: "text", value: kept.reviewer, maxLength: 60, label: "Your name", placeholder: "Your name" });
  name.style.width = "12rem";
  name.addEventListener("input", () => { kept.reviewer = name.value; keep(); });
  return [name, button("Download decisions", download)];
}

gallery(document.body, pack, { kept, keep, address, head });
document.documentElement.dataset.ready = "yes";
