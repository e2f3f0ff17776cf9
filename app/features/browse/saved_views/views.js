// Views that somebody saved, one click away.
import { draw, element, link } from "../../../shell/components/elements.js";

export default function ({ data, parentElement }) {
  const drawn = element("nav", "tabs");
  drawn.setAttribute("aria-label", data.label);
  for (const view of data.views) {
    const tab = link(view.name, view.href);
    if (view.current) tab.setAttribute("aria-current", "true");
    drawn.append(tab);
  }
  if (data.more) drawn.append(element("span", "more", data.more));
  draw(parentElement, ".tabs", drawn);
}
