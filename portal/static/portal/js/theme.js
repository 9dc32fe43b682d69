// Light or dark at once. The server reads the same cookie and writes data-theme itself, so nothing flashes.
const form = document.querySelector("[data-portal-theme]");
const YEAR = 365 * 24 * 3600;

const choose = (theme) => {
  const secure = location.protocol === "https:" ? "; secure" : "";
  if (theme === "auto") {
    delete document.documentElement.dataset.theme;
    document.cookie = `theme=; path=/; max-age=0; samesite=lax${secure}`;
  } else {
    document.documentElement.dataset.theme = theme;
    document.cookie = `theme=${theme}; path=/; max-age=${YEAR}; samesite=lax${secure}`;
  }
};

if (form) {
  form.classList.add("is-live");
  form.addEventListener("change", (event) => choose(event.target.value));
}
