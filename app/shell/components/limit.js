// How much may be written in a field.
import { element } from "./elements.js";

/**
 * What is told of a text that has a longest length, and whether it is too long.
 * @param {string} text
 * @param {number} longest
 */
export function roomLeft(text, longest) {
  const room = longest - [...text].length;
  const number = Math.abs(room).toLocaleString("en");
  if (room < 0) return { told: `${number} characters too many`, over: -room };
  return { told: room < longest / 10 ? `${number} characters left` : "", over: 0 };
}

/** @typedef {(HTMLInputElement | HTMLTextAreaElement) & { recount?: () => void }} Field */

/**
 * Tells how much may still be written when it gets tight, and refuses what is too long; nothing is
 * cut off. Returns where that is told; `field.recount` after it was filled by a program.
 * @param {Field} field
 * @param {number} longest
 */
export function limit(field, longest) {
  const place = element("span", "room");
  place.setAttribute("role", "status");
  const recount = () => {
    const { told, over } = roomLeft(field.value, longest);
    place.textContent = told;
    place.classList.toggle("over", over > 0);
    const most = longest.toLocaleString("en");
    field.setCustomValidity(over ? `${most} characters at the most: ${over.toLocaleString("en")} too many.` : "");
  };
  field.recount = recount;
  field.addEventListener("input", recount);
  recount();
  return place;
}
