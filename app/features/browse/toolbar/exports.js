// Links to files, grouped by what is in them: a file is made only when it is asked for.
import { element, fileLink } from "../../../shell/components/elements.js";
import { title } from "../../../shell/components/panel.js";

function group(scope) {
  const made = element("section");
  const links = element("div", "files");
  links.append(...scope.links.map((entry) => fileLink(entry.label, entry.href)));
  made.append(element("h4", "", scope.label), links);
  return made;
}

export function files(body) {
  return [title("Export"), ...body.scopes.map(group)];
}
