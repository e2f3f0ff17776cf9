// Views with a name: looked at, saved, renamed, deleted.
import { element, link, pressable } from "../../../shell/components/elements.js";
import { limit } from "../../../shell/components/limit.js";
import { keyed, title } from "../../../shell/components/panel.js";

/** @type {{ replace?: string, typed?: string, rename?: string, remove?: string } | null} */
let asking = null;

const alike = (name) => name.trim().replace(/\s+/g, " ").toLowerCase();

export function views(body, command, again) {
  const ask = (question) => {
    asking = question;
    again();
  };
  const names = new Map(body.views.map((view) => [alike(view.name), view.name]));
  const save = (name, replacing) => {
    asking = null;
    command({ do: "save", name, replacing });
  };

  const form = element("form", "line");
  const name = keyed(element("input"), "name");
  name.type = "text";
  limit(name, body.longest);
  name.placeholder = "Name of this view";
  name.setAttribute("aria-label", "Name of this view");
  name.value = body.typed;
  const send = element("button", "strong", "Save");
  form.append(name, send);
  form.onsubmit = (event) => {
    event.preventDefault();
    const taken = names.get(alike(name.value));
    if (taken) ask({ replace: taken, typed: name.value });
    else if (name.value.trim()) save(name.value, false);
  };

  const made = [title("Saved views"), form];
  if (body.note) made.push(note(body.note, body.good));
  if (asking?.replace) {
    const { replace, typed = "" } = asking;
    name.value = typed;
    made.push(question(`Replace the view “${replace}”?`, "Replace", () => save(typed, true), ask));
  }
  if (!body.views.length)
    made.push(element("p", "hint", "Set filters, order and columns as you like, then save them "
      + "here: everybody finds them under their name."));
  const list = element("div", "views");
  list.append(...body.views.flatMap((view) => one(view, body, command, ask)));
  return [...made, list];
}

function one(view, body, command, ask) {
  if (asking?.rename === view.name) return [renaming(view, body, command, ask)];
  const line = element("div", "line");
  const anchor = link(view.name, view.href);
  if (view.current) anchor.setAttribute("aria-current", "true");
  const rename = keyed(pressable("small", "✎", () => ask({ rename: view.name })), `r ${view.name}`);
  rename.setAttribute("aria-label", `Rename ${view.name}`);
  const remove = keyed(pressable("small", "✕", () => ask({ remove: view.name })), `d ${view.name}`);
  remove.setAttribute("aria-label", `Delete ${view.name}`);
  line.append(anchor, rename, remove);
  if (asking?.remove !== view.name) return [line];
  const yes = () => {
    asking = null;
    command({ do: "remove", name: view.name });
  };
  return [line, question("Delete it for everybody?", "Delete", yes, ask)];
}

function renaming(view, body, command, ask) {
  const form = element("form", "line");
  const name = keyed(element("input"), "rename");
  name.type = "text";
  limit(name, body.longest);
  name.value = view.name;
  name.setAttribute("aria-label", `New name of ${view.name}`);
  form.append(name, element("button", "strong", "Rename"), pressable("", "Keep", () => ask(null)));
  form.onsubmit = (event) => {
    event.preventDefault();
    asking = null;
    command({ do: "rename", name: view.name, to: name.value });
  };
  return form;
}

function question(text, word, act, ask) {
  const made = element("div", "question");
  made.setAttribute("role", "alert");
  const yes = keyed(pressable("strong", word, act), "yes");
  made.append(element("span", "", text), yes, pressable("", "Keep it", () => ask(null)));
  return made;
}

function note(text, good) {
  const made = element("p", good ? "good" : "problem", text);
  made.setAttribute("role", good ? "status" : "alert");
  return made;
}
