// Suggestions under a search field, as a combobox: arrows move, Enter takes, Escape closes. The field's
// data-portal-suggest is the address that answers; without this module the field is a plain search field.
const WAIT = 150; // milliseconds without a key before asking
const SHORTEST = 2;

function start(field) {
  const list = document.createElement("ul");
  list.id = `${field.id}-suggestions`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.labels[0]?.textContent.trim() ?? "");
  list.hidden = true;
  field.after(list);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false", autocomplete: "off",
  })) field.setAttribute(name, value);

  let timer = 0;
  let asked = new AbortController();
  let at = -1;

  const options = () => [...list.querySelectorAll("[role=option]")];

  function close() {
    clearTimeout(timer);
    asked.abort();
    list.hidden = true;
    at = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function move(to) {
    const all = options();
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

  function show(suggestions) {
    list.replaceChildren(...suggestions.map((suggestion, place) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${place}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      Object.assign(option.dataset, { text: suggestion.text, url: suggestion.url });
      const group = document.createElement("span");
      group.className = "muted small";
      group.textContent = suggestion.group;
      option.append(`${suggestion.text} `, group);
      return option;
    }));
    at = -1;
    list.hidden = !suggestions.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
  }

  async function ask() {
    asked.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(`${field.dataset.portalSuggest}?q=${encodeURIComponent(field.value)}`, { signal: asked.signal });
      if (answer.ok) show((await answer.json()).suggestions);
    } catch { /* a newer key was pressed, or the network is away: the field works without */ }
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    if (field.value.trim().length < SHORTEST) close();
    else timer = setTimeout(ask, WAIT);
  });
  field.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") move(at + 1);
    else if (event.key === "ArrowUp") move(at - 1);
    else if (event.key === "Enter" && at >= 0) take(options()[at]);
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
