// One menu at a time; Escape closes it and gives the focus back.
const menus = [...document.querySelectorAll(".menu")];
menus.forEach((menu) => menu.addEventListener("toggle", () => {
  if (menu.open) menus.filter((other) => other !== menu).forEach((other) => { other.open = false; });
}));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.activeElement?.closest(".menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// Browsers without ::details-content: what unfolds on wide screens is opened and closed here.
if (!CSS.supports("selector(::details-content)")) {
  const wide = matchMedia("(min-width: 60em)");
  const follow = () => document.querySelectorAll(".unfold:not(.menu)").forEach((part) => { part.open = wide.matches; });
  wide.addEventListener("change", follow);
  follow();
}

// A question before something is lost. The form that the button stands in works without it.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-portal-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.portalDialog);
  if (!dialog?.showModal) return;
  event.preventDefault();
  dialog.showModal();
});

// The error summary takes the focus when the page comes back with errors.
document.querySelector("[data-portal-errors]")?.focus();
