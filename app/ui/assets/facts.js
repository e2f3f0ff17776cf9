// What is known of one thing, label by label. Everything shown is set as text.
export default function ({ data, parentElement }) {
  const list = element("dl");
  for (const fact of data.facts) {
    const shown = element("dd", "", fact.tone ? "" : fact.text);
    if (fact.tone) shown.append(element("span", "badge " + fact.tone, fact.text));
    list.append(element("dt", "", fact.label), shown);
  }
  draw(parentElement, "dl", list);
}
