// "Near me": asks the browser where it is, on a press only, and rounds to about a kilometre before anything is sent.
const rounded = (number) => number.toFixed(2);

const show = () => document.querySelectorAll("[data-portal-near]").forEach((button) => {
  button.hidden = !("geolocation" in navigator);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-portal-near]");
  if (!button) return;
  const told = button.parentElement.querySelector("[role=status]");
  button.disabled = true;
  navigator.geolocation.getCurrentPosition(({ coords }) => {
    button.form.elements.paikka.value = "";
    button.form.elements.sijainti.value = `${rounded(coords.latitude)},${rounded(coords.longitude)}`;
    button.form.requestSubmit();
  }, () => {
    button.disabled = false;
    told.textContent = button.dataset.portalNear;
  }, { maximumAge: 600_000, timeout: 10_000 });
});

show();
document.addEventListener("htmx:afterSwap", show);
