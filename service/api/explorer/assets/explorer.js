// What needs a script: suggestions while typing, lines to copy for the host that is looked at, and
// pictures that were refused because too much was asked for at once.
(() => {
  "use strict";
  for (const code of document.querySelectorAll(".copied code")) {
    code.textContent = code.textContent.replace(/(['"])https?:\/\/[^/'"]+/, `$1${location.origin}`);
  }

  for (const image of document.querySelectorAll(".picture img")) {
    let tries = 0;
    const again = () => {
      if (++tries > 4) return;
      setTimeout(() => { image.src = image.src; }, 1500 * tries);
    };
    image.addEventListener("error", again);
    if (image.complete && !image.naturalWidth) again();
  }

  const input = document.querySelector("input[data-suggest]");
  if (!input) return;
  const list = document.createElement("ul");
  const told = document.createElement("span");
  list.id = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels[0].textContent);
  told.className = "unseen";
  told.setAttribute("role", "status");
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  input.form.append(list, told);

  let chosen = -1, asked = 0, waiting;
  const kept = ["on", "as_of", "lang", "theme"];

  function page(href) {
    const address = new URL(href.replace(/^\/v1/, ""), location.origin);
    const now = new URLSearchParams(location.search);
    for (const name of kept) if (now.get(name)) address.searchParams.set(name, now.get(name));
    return address.href;
  }

  function choose(n) {
    const options = [...list.children];
    chosen = options.length ? (n + options.length) % options.length : -1;
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === chosen)));
    if (chosen >= 0) {
      input.setAttribute("aria-activedescendant", options[chosen].id);
      options[chosen].scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  function close() {
    list.hidden = true;
    list.replaceChildren();
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function show(suggestions) {
    list.replaceChildren(...suggestions.map((one, i) => {
      const option = document.createElement("li"), hint = document.createElement("small");
      option.id = `suggestion-${i}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.href = page(one.href);
      hint.textContent = one.hint;
      option.append(one.name, " ", hint);
      return option;
    }));
    list.hidden = !suggestions.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    told.textContent = input.dataset.told.replace("0", suggestions.length);
    chosen = -1;
  }

  async function suggest() {
    const words = input.value.trim(), mine = ++asked;
    if (!words) return close();
    const answer = await fetch(`${input.dataset.suggest}&q=${encodeURIComponent(words)}`);
    if (answer.ok && mine === asked) show((await answer.json()).data);
  }

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(suggest, 120);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? -1 : chosen - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen >= 0) location.href = list.children[chosen].dataset.href;
    else return;
    event.preventDefault();
  });
  list.addEventListener("pointerdown", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.href = option.dataset.href;
  });
  input.addEventListener("blur", () => setTimeout(close, 150));
})();
