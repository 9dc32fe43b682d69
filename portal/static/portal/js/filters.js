// The list is refreshed in place by htmx. This module decides when, and keeps the reader's place.
const wide = matchMedia("(min-width: 60em)");

// Beside the list a changed limit works at once; on phones the button does, so that the page stays still under the thumb.
document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-portal-filters] form");
  if (form && window.htmx && wide.matches) form.requestSubmit();
});

// After a refresh the groups are new elements: what stood open stays open, and the focus stays on the same choice.
const groups = () => [...document.querySelectorAll("[data-portal-filters] details")];
let opened = [];
let focused = {};

document.addEventListener("htmx:beforeSwap", () => {
  opened = groups().map((group) => group.open);
  focused = { name: document.activeElement?.name, value: document.activeElement?.value };
});

document.addEventListener("htmx:afterSettle", () => {
  groups().forEach((group, index) => { group.open = opened[index] ?? group.open; });
  const same = focused.name && [...document.getElementsByName(focused.name)].find((control) => control.value === focused.value);
  if (same) same.focus({ preventScroll: true });
  const place = document.querySelector("[data-portal-announcement]");
  if (place) place.textContent = document.querySelector("h1").textContent;
});
