// Saves a posting in place. The cookie is the one that the server reads; without this module the button sends its form.
const NAME = "saved";
const HALF_YEAR = 182 * 24 * 3600;
const MOST = 50;

const read = () => {
  const cookie = document.cookie.split("; ").find((pair) => pair.startsWith(`${NAME}=`));
  return cookie ? cookie.slice(NAME.length + 1).split(".").filter(Boolean) : [];
};

const write = (keys) => {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${NAME}=${keys.join(".")}; path=/; max-age=${keys.length ? HALF_YEAR : 0}; samesite=lax${secure}`;
};

const paint = (button, keys) => {
  const isSaved = keys.includes(button.value);
  button.setAttribute("aria-pressed", isSaved);
  button.querySelector("[data-portal-word]").textContent = isSaved ? button.dataset.portalOn : button.dataset.portalOff;
};

const paintAll = () => {
  const keys = read();
  document.querySelectorAll("[data-portal-save]").forEach((button) => paint(button, keys));
  document.querySelectorAll("[data-portal-number='jobs.saved']").forEach((place) => { place.textContent = keys.length || ""; });
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-portal-save]");
  if (!button || !navigator.cookieEnabled) return;
  event.preventDefault();
  const others = read().filter((key) => key !== button.value);
  const isSaved = button.getAttribute("aria-pressed") === "true";
  write(isSaved ? others : [...others, button.value].slice(-MOST));
  paintAll();
});

// Back from a page kept by the browser: what is shown may be older than the cookie.
addEventListener("pageshow", paintAll);
