// A button that prints is shown only where it can work.
document.querySelectorAll("[data-portal-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
