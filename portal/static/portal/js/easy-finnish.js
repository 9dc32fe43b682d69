// Shows one text at a time. Without this module both stand one after the other and the links jump.
const group = document.querySelector("[data-portal-texts]");

if (group) {
  const links = [...group.querySelectorAll("a")];
  const parts = links.map((link) => document.querySelector(link.hash));

  const show = (chosen) => links.forEach((link, index) => {
    const isChosen = link === chosen;
    parts[index].hidden = !isChosen;
    if (isChosen) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  });

  show(links.find((link) => link.hash === location.hash) ?? links[0]);
  group.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    event.preventDefault();
    show(link);
    history.replaceState(null, "", link.hash);
  });
  // Paper has room for both.
  addEventListener("beforeprint", () => parts.forEach((part) => { part.hidden = false; }));
  addEventListener("afterprint", () => show(links.find((link) => link.hasAttribute("aria-current"))));
}
