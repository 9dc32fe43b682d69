// A changed limit refreshes the list at once through htmx; the button that sends the form is then needless.
const form = document.querySelector("[data-portal-filters]");

if (form && window.htmx) {
  form.classList.add("is-live");
  form.addEventListener("change", () => form.requestSubmit());
}

// After a refresh the facets are new elements: what stood open stays open, and the focus stays on the same choice.
const opened = new Set();
let focused = null;

document.addEventListener("htmx:beforeSwap", () => {
  opened.clear();
  document.querySelectorAll("[data-portal-filters] details[open] > summary").forEach((summary) => opened.add(summary.textContent.trim()));
  const { name, value } = document.activeElement ?? {};
  focused = name ? { name, value } : null;
});

document.addEventListener("htmx:afterSettle", () => {
  document.querySelectorAll("[data-portal-filters] details > summary").forEach((summary) => {
    summary.parentElement.open = opened.has(summary.textContent.trim());
  });
  if (!focused) return;
  const same = [...document.getElementsByName(focused.name)].find((control) => control.value === focused.value);
  same?.focus({ preventScroll: true });
});
