// Marks the part that is being read in the table of contents.
const links = new Map(
  [...document.querySelectorAll(".part-nav a[href^='#']")].map((link) => [
    document.getElementById(decodeURIComponent(link.hash.slice(1))),
    link,
  ]),
);
const headings = [...links.keys()].filter(Boolean);

function mark() {
  const line = window.innerHeight / 3;
  const atEnd = window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 2;
  const passed = headings.filter((heading) => heading.getBoundingClientRect().top < line);
  const current = atEnd ? headings.at(-1) : passed.at(-1);
  links.forEach((link, heading) => {
    if (heading === current) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  });
}

let waits = false;
document.addEventListener("scroll", () => {
  if (waits) return;
  waits = true;
  requestAnimationFrame(() => {
    waits = false;
    mark();
  });
}, { passive: true });
mark();
