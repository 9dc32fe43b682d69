// Suggestions under a search field, as a combobox: arrows open and move, Enter takes, Escape closes. The field's
// data-portal-suggest is the address that answers; without this module the field is a plain search field.
const WAIT = 150; // milliseconds without a key before asking
const SHORTEST = 2;

function describe(element, attributes, ...inside) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...inside);
  return element;
}
const make = (tag, ...rest) => describe(document.createElement(tag), ...rest);

function start(field) {
  const label = field.labels[0]?.textContent.trim() ?? "";
  const list = make("ul", { id: `${field.id}-suggestions`, class: "suggestions", role: "listbox", "aria-label": label, hidden: "" });
  const told = make("p", { class: "visually-hidden", role: "status" });
  field.after(list, told);
  describe(field, { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" });

  let [timer, at, asked] = [0, -1, new AbortController()];

  function close() {
    clearTimeout(timer);
    asked.abort();
    list.hidden = true;
    told.textContent = "";
    at = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function move(to) {
    const all = [...list.children];
    if (!all.length) return;
    at = (to + all.length) % all.length;
    all.forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
    field.setAttribute("aria-activedescendant", all[at].id);
    all[at].scrollIntoView({ block: "nearest" });
  }

  function take(option) {
    if (option.dataset.url) return location.assign(option.dataset.url);
    field.value = option.dataset.text;
    close();
    return field.form.requestSubmit();
  }

  function show({ suggestions, told: words }) {
    told.textContent = words;
    list.replaceChildren(...suggestions.map(({ text, url, group }, place) => make(
      "li",
      { id: `${list.id}-${place}`, role: "option", "aria-selected": "false", "data-text": text, "data-url": url },
      `${text} `, make("span", { class: "muted small" }, group),
    )));
    at = -1;
    list.hidden = !suggestions.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
    field.removeAttribute("aria-activedescendant");
  }

  async function ask({ select = false } = {}) {
    clearTimeout(timer);
    asked.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(`${field.dataset.portalSuggest}?q=${encodeURIComponent(field.value)}`, { signal: asked.signal });
      if (!answer.ok) return;
      show(await answer.json());
      if (select) move(0);
    } catch { /* a newer key was pressed, or the network is away: the field works without */ }
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    if (field.value.trim().length < SHORTEST) close();
    else timer = setTimeout(() => ask(), WAIT);
  });
  field.addEventListener("keydown", (event) => {
    if (list.hidden) {
      if (event.key !== "ArrowDown" || field.value.trim().length < SHORTEST) return;
      ask({ select: true });
    } else if (event.key === "ArrowDown") move(at + 1);
    else if (event.key === "ArrowUp") move(Math.max(at, 0) - 1);
    else if (event.key === "Enter" && at >= 0) take(list.children[at]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  field.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });
}

const startAll = () => document.querySelectorAll("[data-portal-suggest]:not([role=combobox])").forEach(start);
startAll();
document.addEventListener("htmx:afterSwap", startAll);
