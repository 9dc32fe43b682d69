// A form that saves itself while somebody writes. Sending it waits for a save under way, and no save follows a sending:
// otherwise people would meet their own answers as a colleague's.
const form = document.querySelector("[data-portal-autosave]");
let saves = 0;
let isSending = false;
let button = null;

form.addEventListener("htmx:beforeRequest", (event) => {
  if (isSending) event.preventDefault();
  else saves += 1;
});

form.addEventListener("htmx:afterRequest", () => {
  saves -= 1;
  if (isSending && !saves) form.requestSubmit(button);
});

form.addEventListener("submit", (event) => {
  isSending = true;
  button = event.submitter;
  if (saves) event.preventDefault();
});

// Whoever comes back to the page with the Back button writes on.
addEventListener("pageshow", () => { isSending = false; });
