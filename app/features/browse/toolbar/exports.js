// Links to files, grouped by what is in them: a file is made only when it is asked for.
function file(entry) {
  const made = element("a", "file", entry.label);
  made.href = new URL(entry.href, document.baseURI);
  made.download = "";
  return made;
}

function group(scope) {
  const made = element("section");
  const links = element("div", "files");
  links.append(...scope.links.map(file));
  made.append(element("h4", "", scope.label), links);
  return made;
}

function files(body) {
  return [title("Export"), ...body.scopes.map(group)];
}
