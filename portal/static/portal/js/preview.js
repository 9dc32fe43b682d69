// Copies what is typed into the card beside the form.
// data-portal-preview="name" takes its words from the control of that name; data-portal-format puts them into a sentence.
const form = document.querySelector("[data-portal-live]");

const write = (place, text) => {
  const words = text && place.dataset.portalFormat ? place.dataset.portalFormat.replace("{}", text) : text;
  place.textContent = words || place.dataset.portalEmpty || "";
  place.classList.toggle("muted", !words);
};

const chosenWords = (name) => [...form.querySelectorAll(`[name="${name}"]:checked`)]
  .map((control) => control.dataset.portalText ?? control.labels[0]?.querySelector("span")?.textContent)
  .filter(Boolean)
  .join(", ");

const dateWords = (name) => {
  const parts = ["day", "month", "year"].map((part) => form.elements[`${name}_${part}`]?.value.trim());
  return parts.every(Boolean) ? parts.join(".") : "";
};

const words = (name) => {
  if (form.elements[`${name}_day`]) return dateWords(name);
  const control = form.elements[name];
  if (!control) return null;
  if (control instanceof RadioNodeList || ["radio", "checkbox"].includes(control.type)) return chosenWords(name);
  if (control instanceof HTMLSelectElement) return control.value ? control.selectedOptions[0].textContent : "";
  return control.value.trim();
};

// A list of names takes the first that has words: "start_date start_kind".
const update = () => document.querySelectorAll("[data-portal-preview]").forEach((place) => {
  const found = place.dataset.portalPreview.split(" ").map(words).filter((text) => text !== null);
  if (found.length) write(place, found.find(Boolean) ?? "");
});

if (form) {
  form.addEventListener("input", update);
  update();
}
