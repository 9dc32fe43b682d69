// A page of the admin that somebody looks at and uses keeps the session open, though nothing is sent for long:
// a guide takes more than half an hour to write. A page left alone says nothing.
const address = document.querySelector("[data-portal-open]").dataset.portalOpen;
const EVERY = 4 * 60 * 1000;
let isUsed = false;
let saidAt = Date.now();

const say = async () => {
  if (!isUsed || document.hidden || Date.now() - saidAt < EVERY) return;
  isUsed = false;
  saidAt = Date.now();
  // Not reached is no matter: the next use tries again. The end of the session is told when something is sent.
  await fetch(address, { headers: { "X-Requested-With": "XMLHttpRequest" } }).catch(() => { isUsed = true; });
};

for (const event of ["input", "keydown", "pointerdown", "wheel", "scroll"]) {
  addEventListener(event, () => { isUsed = true; }, { capture: true, passive: true });
}
setInterval(say, EVERY / 4);
document.addEventListener("visibilitychange", say);
