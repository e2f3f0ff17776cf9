// What a session is about, for whoever has opened its link.
import { draw, element } from "../../shell/components/elements.js";

export default function ({ data, parentElement }) {
  const drawn = element("div", "invited");
  drawn.append(element("h2", "", data.title));
  if (data.goal) drawn.append(element("p", "goal", data.goal));
  if (data.note) {
    const note = element("p", "in", data.note);
    note.setAttribute("role", "status");
    drawn.append(note);
  }
  draw(parentElement, ".invited", drawn);
}
