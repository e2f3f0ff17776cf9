// Pictures before and after, and what is thought of them: as the app shows it, and in a file of its
// own. `ways`: what is different there and here.
//   kept, keep(): what was entered by picture, and to remember it
//   address(key): where a picture is
//   head: what else stands above
//   decided(shot): told after somebody has decided
//   more(card): what else stands below a comment
export function gallery(root, pack, ways) {
  const { kept } = ways;
  const cards = [];

  // Texts only ever become text: no markup is made of what anybody has typed.
  function make(tag, properties = {}, ...children) {
    const { label, ...rest } = properties;
    const made = Object.assign(document.createElement(tag), rest);
    if (label) made.setAttribute("aria-label", label);
    made.append(...children.filter(Boolean));
    return made;
  }

  function answer(shot) {
    return kept.shots[shot.file] ??= { decision: "", comment: "", pins: [] };
  }

  function keep() {
    ways.keep();
    tally();
  }

  function picture(shot, part, className = "") {
    const [key, width, height] = shot.pictures[part];
    const alt = part === "marks" ? "Where it differs" : `${shot.title}, ${part}`;
    return make("img", { className, alt, width, height, decoding: "async", src: ways.address(key) });
  }

  function frame(...pictures) {
    const made = make("div", { className: "frame" }, ...pictures);
    made.style.width = `${pictures[0].getAttribute("width")}px`;
    return made;
  }

  function figure(name, box) {
    return make("figure", {}, make("figcaption", { textContent: name }), box);
  }

  function side(shot, card) {
    const after = frame(picture(shot, "after"));
    card.stage.append(figure("Before", frame(picture(shot, "before"))), figure("After", after));
    card.stage.classList.add("pair");
    return after;
  }

  function slider(shot, card) {
    const before = picture(shot, "before", "over");
    before.style.width = `${100 * shot.pictures.before[1] / shot.pictures.after[1]}%`;
    const box = frame(picture(shot, "after"), before);
    const range = make("input", { type: "range", min: 0, max: 100, value: 50, label: "Before to after" });
    const cut = () => { before.style.clipPath = `inset(0 ${100 - range.value}% 0 0)`; };
    range.addEventListener("input", cut);
    cut();
    card.stage.append(figure("Before on the left, after on the right", make("div", {}, range, box)));
    return box;
  }

  function difference(shot, card) {
    const over = picture(shot, "marks", "over marks");
    over.style.width = `${100 * shot.pictures.marks[1] * pack.block / shot.pictures.after[1]}%`;
    const box = frame(picture(shot, "after", "faded"), over);
    const said = `Marked: pixels of which a colour differs by more than ${pack.threshold} of 255. Grey: masked.`;
    card.stage.append(figure(said, box));
    return box;
  }

  function only(shot, card) {
    const part = shot.pictures.after ? "after" : "before";
    const box = frame(picture(shot, part));
    card.stage.append(figure(part === "after" ? "Now" : "Before", box));
    return box;
  }

  const MODES = { "Side by side": side, "Slider": slider, "Difference": difference };

  function show(card, mode) {
    card.mode = mode;
    card.stage.replaceChildren();
    card.stage.className = "stage";
    card.box = mode(card.shot, card);
    card.box.addEventListener("click", event => {
      if (event.target.closest(".pin")) return;
      const area = card.box.getBoundingClientRect();
      place(card, 100 * (event.clientX - area.left) / area.width, 100 * (event.clientY - area.top) / area.height);
    });
    for (const button of card.modes.children) {
      button.setAttribute("aria-pressed", String(MODES[button.textContent] === mode));
    }
    pins(card);
  }

  function place(card, x, y) {
    answer(card.shot).pins.push({ x: within(x), y: within(y), text: "" });
    pins(card);
    keep();
    card.list.lastElementChild.querySelector("input").focus({ preventScroll: true });
  }

  function within(percent) {
    return Math.round(100 * Math.min(100, Math.max(0, percent))) / 100;
  }

  const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  function pins(card) {
    const all = answer(card.shot).pins;
    card.list.replaceChildren(...all.map((pin, index) => item(card, all, pin, index)));
    card.box?.querySelectorAll(".pin").forEach(old => old.remove());
    card.box?.append(...all.map((pin, index) => sign(card, pin, index)));
  }

  function item(card, all, pin, index) {
    const text = make("input", { type: "text", value: pin.text, label: `Pin ${index + 1}` });
    const room = limit(text, said => { pin.text = said; keep(); });
    const remove = make("button", { type: "button", textContent: "Remove", label: `Remove pin ${index + 1}` });
    remove.addEventListener("click", () => { all.splice(index, 1); pins(card); keep(); });
    return make("li", {}, make("div", { className: "row" }, text, remove), room);
  }

  // Keeps what is entered, unless it is too long: then it says so, and nothing is cut off.
  function limit(field, keepText) {
    const told = make("span", { className: "small", hidden: true });
    told.setAttribute("role", "alert");
    field.addEventListener("input", () => {
      const over = [...field.value].length - pack.longest;
      told.hidden = over <= 0;
      told.textContent = `${over.toLocaleString("en")} characters too many: kept once it is shorter.`;
      field.setAttribute("aria-invalid", String(over > 0));
      if (over <= 0) keepText(field.value);
    });
    return told;
  }

  function sign(card, pin, index) {
    const made = make("button", { type: "button", className: "pin", textContent: index + 1 });
    made.title = "Move it with the arrow keys";
    const put = () => Object.assign(made.style, { left: `${pin.x}%`, top: `${pin.y}%` });
    made.addEventListener("click", () => card.list.children[index].querySelector("input").focus());
    made.addEventListener("keydown", event => {
      const step = STEPS[event.key];
      if (!step) return;
      event.preventDefault();
      [pin.x, pin.y] = [within(pin.x + step[0]), within(pin.y + step[1])];
      put();
      keep();
    });
    put();
    return made;
  }

  const CHOICES = { "approve": "Approve", "changes": "Request changes", "": "Not decided" };

  function choices(card) {
    const group = make("fieldset", { className: "row", label: "Decision" });
    group.setAttribute("role", "radiogroup");
    for (const [value, text] of Object.entries(CHOICES)) {
      const radio = make("input", { type: "radio", name: card.shot.file, value });
      radio.checked = answer(card.shot).decision === value;
      radio.addEventListener("change", () => { answer(card.shot).decision = value; keep(); ways.decided?.(card.shot); });
      group.append(make("label", {}, radio, ` ${text}`));
    }
    return group;
  }

  function comment(card) {
    const box = make("textarea", { rows: 2, value: answer(card.shot).comment });
    const room = limit(box, said => { answer(card.shot).comment = said; keep(); });
    card.comment = box;
    return make("div", {}, make("label", {}, "Comment", box), room);
  }

  function head(shot) {
    const share = shot.status === "changed" ? `${(100 * shot.share).toPrecision(2)} % of the pixels` : "";
    return make("div", { className: "row" },
      make("h2", { textContent: shot.title }),
      make("span", { className: `badge ${shot.status}`, textContent: shot.status }),
      make("span", { className: "small", textContent: share }));
  }

  function card(shot) {
    const made = { shot, stage: make("div", { className: "stage" }), list: make("ol"), modes: make("div", { className: "row" }) };
    if (shot.status === "changed") {
      for (const [name, mode] of Object.entries(MODES)) {
        const button = make("button", { type: "button", textContent: name });
        button.addEventListener("click", () => show(made, mode));
        made.modes.append(button);
      }
    }
    const pin = make("button", { type: "button", textContent: "Add a pin" });
    pin.addEventListener("click", () => place(made, 50, 10));
    made.choices = choices(made);
    made.element = make("article", { label: shot.title }, head(shot),
      shot.shows && make("p", { className: "said", textContent: shot.shows }),
      ...Object.entries(shot.said).map(([label, text]) =>
        make("p", { className: "said small" }, make("b", { textContent: `${label}: ` }), text)),
      made.choices, comment(made), ways.more?.(made),
      make("div", { className: "row" }, make("span", { className: "small", textContent: "Click the picture to pin a remark to it." }), pin),
      made.list, made.modes, made.stage);
    pins(made);
    return made;
  }

  const cardOf = new WeakMap();
  const arriving = new IntersectionObserver(seen => {
    for (const { isIntersecting, target } of seen) {
      const seenCard = cardOf.get(target);
      if (isIntersecting && !seenCard.box) show(seenCard, seenCard.shot.status === "changed" ? side : only);
    }
  }, { rootMargin: "500px" });

  function filters() {
    const row = make("div", { className: "row" });
    const none = pack.shots.every(shot => shot.status === "unchanged");
    for (const [status, number] of Object.entries(pack.counts)) {
      const box = make("input", { type: "checkbox", checked: none || status !== "unchanged" });
      const filter = () => {
        for (const each of cards) if (each.shot.status === status) each.element.hidden = !box.checked;
      };
      box.addEventListener("change", filter);
      filter();
      row.append(make("label", {}, box, ` ${number} ${status}`));
    }
    return row;
  }

  const told = make("span", { className: "small" });
  told.setAttribute("role", "status");

  function tally() {
    const needed = pack.shots.filter(shot => shot.status !== "unchanged");
    const done = needed.filter(shot => answer(shot).decision).length;
    told.textContent = `${done} of ${needed.length} decided`;
  }

  function approveRest() {
    for (const each of cards) {
      if (each.element.hidden || answer(each.shot).decision) continue;
      answer(each.shot).decision = "approve";
      each.choices.querySelector("[value=approve]").checked = true;
      ways.decided?.(each.shot);
    }
    keep();
  }

  function button(text, action) {
    const made = make("button", { type: "button", textContent: text });
    made.addEventListener("click", action);
    return made;
  }

  // What is entered is another one now: somebody has sent it, or has decided elsewhere.
  function redraw(card) {
    const { decision, comment } = answer(card.shot);
    for (const radio of card.choices.querySelectorAll("input")) radio.checked = radio.value === decision;
    card.comment.value = comment;
    pins(card);
    tally();
  }

  // Shown even if pictures of its kind are not.
  function goTo(file) {
    const found = cards.find(card => card.shot.file === file);
    if (!found) return;
    found.element.hidden = false;
    found.element.classList.add("meant");
    // What is above it takes its real height only once it has been near.
    for (const wait of [0, 150, 500]) setTimeout(() => found.element.scrollIntoView({ block: "start" }), wait);
  }

  cards.push(...pack.shots.map(card));
  root.append(
    make("header", {}, make("h1", { textContent: "Review" }), filters(),
      make("div", { className: "row" }, ...ways.head({ make, button }),
        button("Approve the rest that is shown", approveRest), told)),
    make("main", {}, ...cards.map(each => each.element)));
  for (const each of cards) {
    cardOf.set(each.element, each);
    arriving.observe(each.element);
  }
  tally();
  return { cards, redraw, goTo, make, button };
}
