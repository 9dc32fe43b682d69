// The list is refreshed in place by htmx. This module decides when, and keeps the reader's place.
const wide = matchMedia("(min-width: 60em)");

// Beside the list a changed limit works at once; on phones the button does, so that the page stays still under the thumb.
document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-portal-filters] form");
  if (form && window.htmx && wide.matches) form.requestSubmit();
});

// After a refresh the groups are new elements: what stood open stays open, and the focus stays on the same choice.
const groups = () => [...document.querySelectorAll("[data-portal-filters] details")];
const nameOf = (group) => group.querySelector("summary").textContent.trim();
let opened = new Set();
let focused = {};

document.addEventListener("htmx:beforeSwap", () => {
  opened = new Set(groups().filter((group) => group.open).map(nameOf));
  focused = { name: document.activeElement?.name, value: document.activeElement?.value };
});

document.addEventListener("htmx:afterSettle", () => {
  groups().forEach((group) => { group.open = opened.has(nameOf(group)); });
  const same = focused.name && [...document.getElementsByName(focused.name)].find((one) => one.value === focused.value);
  if (same) same.focus({ preventScroll: true });
  const place = document.querySelector("[data-portal-announcement]");
  if (place) place.textContent = document.querySelector("h1").textContent;
});
