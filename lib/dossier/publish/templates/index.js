// Without this script the page is the whole list; with it, the form shows and what does not fit is hidden.
(() => {
  const form = document.forms[0], status = form.querySelector("[role=status]"), clear = form.querySelector("button");
  const fields = [...form.querySelectorAll("[name]")];
  const groups = [...document.querySelectorAll(".day, .month, section")];
  const jumps = [...document.querySelectorAll("nav a, header a")];
  const fold = text => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[‘’]/g, "'").toLowerCase();
  const byId = hash => document.getElementById(hash.slice(1));

  // What can be found in a row. A word is found by its start: "hol" and "al-hol" in al-Hol, "2025-0" in a day.
  function words(row, theme, day) {
    const copy = row.cloneNode(true);
    copy.querySelectorAll("small").forEach(size => size.remove());
    const text = fold([theme, day, copy].map(element => element.textContent).join(" "));
    return ` ${text} ${text.replace(/[^\p{L}\p{N}]+/gu, " ")} ${fold(row.dataset.also)}`.replace(/\s+/g, " ");
  }

  const rows = [...document.querySelectorAll("article")].map(row => {
    const section = row.closest("section"), day = row.closest(".day").querySelector("time");
    const files = [...row.querySelectorAll("[data-format]")].map(link => ({
      link, format: link.dataset.format, edition: link.parentElement.dataset.edition, made: !link.matches(".fault") }));
    return { row, files, theme: section.id, day: day.dateTime, words: words(row, section.querySelector("h2"), day),
      title: row.querySelector("h4 a"), failure: byId(`#failed-${row.id}`) };
  });

  function show({ row, files, title, failure, ...own }, wanted, typed) {
    for (const file of files)
      file.link.hidden = ["edition", "format"].some(name => wanted[name] && wanted[name] !== file[name]);
    row.querySelectorAll("li").forEach(edition => edition.hidden = !edition.querySelector("a:not([hidden])"));
    const first = files.find(file => file.made && !file.link.hidden);
    if (first) title.href = first.link.href;
    row.hidden = files.every(file => file.link.hidden) || !own.day.startsWith(wanted.day ?? "") ||
      (wanted.theme || own.theme) !== own.theme || !typed.every(word => own.words.includes(` ${word}`));
    if (failure) failure.hidden = row.hidden;
    return !row.hidden;
  }

  function filter() {
    const wanted = Object.fromEntries(new FormData(form));
    const typed = fold(wanted.find).split(/\s+/).map(word => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ""));
    const found = rows.filter(row => show(row, wanted, typed.filter(Boolean))).length;
    groups.forEach(group => group.hidden = !group.querySelector("article:not([hidden]), .failed > ul > li:not([hidden])"));
    jumps.forEach(link => link.parentElement.hidden = byId(link.hash).hidden);
    clear.hidden = fields.every(field => !field.value);
    clearTimeout(filter.later);
    filter.later = setTimeout(tell, 200, found); // once the reader pauses
  }

  function tell(found) {
    status.textContent = clear.hidden ? "All shown, newest first" :
      found ? `${found} of ${rows.length} briefing${rows.length === 1 ? "" : "s"}` :
      `No briefing fits. Use fewer or shorter words, or press “${clear.textContent}”.`;
    const chosen = new URLSearchParams(fields.filter(field => field.value).map(field => [field.name, field.value]));
    if (location.hash.includes("=") || !clear.hidden) // else a jump's own address stays
      history.replaceState(null, "", clear.hidden ? location.pathname + location.search : `#${chosen}`);
  }

  function recall() {
    const chosen = new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : "");
    for (const field of fields) {
      field.value = chosen.get(field.name) ?? "";
      if (field.selectedIndex < 0) field.value = ""; // not one of the choices
    }
    filter();
  }

  form.addEventListener("input", filter);
  form.addEventListener("reset", () => setTimeout(() => { filter(); fields[0].focus(); }));
  form.addEventListener("submit", event => {
    event.preventDefault();
    document.querySelector("article:not([hidden]) a:not([hidden])")?.focus();
  });
  addEventListener("hashchange", () => { if (location.hash.includes("=")) recall(); });

  // Of 500 briefings only those in sight are laid out, so a jump is set right while the days around it are.
  function settle(target, frames) {
    target.scrollIntoView();
    if (frames) requestAnimationFrame(() => settle(target, frames - 1));
  }
  document.body.classList.add("swift");
  addEventListener("click", event => {
    const jump = event.target.closest("a[href^='#']");
    if (jump) requestAnimationFrame(() => settle(byId(jump.hash), 3));
  });
  form.hidden = false;
  recall();
})();
