"use strict";
/* Three jobs: the evidence panel, the filters, the theme. Every word of an article enters the page as textContent. */
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const panel = document.getElementById("panel");
  const body = document.getElementById("panel-body");
  const PAGE = 12;

  function make(tag, text, className) {
    const node = document.createElement(tag);
    if (text) node.textContent = text;
    if (className) node.className = className;
    return node;
  }

  function source(id) {
    const document_ = data.documents[id];
    if (!document_) return make("span", "An article that is no longer published");
    const line = make("span");
    let title = make("span", document_.title || document_.outlet);
    if (document_.url && /^https?:\/\//.test(document_.url)) {
      title = make("a", document_.title || document_.url);
      title.href = document_.url;
      title.rel = "noopener noreferrer nofollow external";
    }
    line.append(document_.outlet + ", " + document_.day + ": ", title);
    return line;
  }

  /* ---- evidence panel ---- */
  function chainList(chain) {
    const list = make("ol", "", "chain");
    for (const [kind, name, words, cue] of chain.hops) {
      const item = make("li");
      item.append(make("span", kind + " ", "how"), make("strong", name || words || "?"));
      if (name && words && words !== name) item.append(make("span", " “" + words + "”", "verbatim"));
      if (cue) item.append(make("span", " (“" + cue + "”)", "how"));
      list.append(item);
    }
    return list;
  }

  function fill(fact) {
    body.replaceChildren();
    const title = make("h2", fact.title);
    title.id = "panel-title";
    body.append(title);
    const excerpts = fact.excerpts || [];
    for (const [kind, text, id] of excerpts) {
      const figure = make("figure", "", "excerpt");
      figure.append(make("p", kind, "kind"));
      if (text) figure.append(make("blockquote", text));
      else figure.append(make("p", "The outlet reserves its words: only their place is published.", "note"));
      const caption = make("figcaption");
      caption.append(source(id));
      figure.append(caption);
      body.append(figure);
    }
    if (!excerpts.length) body.append(make("p", "No passage is published for this fact.", "note"));
    const chain = data.chains[fact.chain];
    if (chain) {
      body.append(make("h3", "Who says so, hop by hop"), chainList(chain));
      let root = "It rests on " + chain.root + ". Grade " + chain.grade + ": " + chain.about + ".";
      if (chain.carried) root += " The source is carried over from an earlier sentence.";
      body.append(make("p", root, "note"));
      if (!excerpts.length && chain.document) {
        const line = make("p", "", "note");
        line.append(source(chain.document));
        body.append(line);
      }
    }
    const rows = make("dl", "", "facts");
    for (const [name, value] of fact.rows) rows.append(make("dt", name), make("dd", value));
    body.append(make("h3", "In the tables"), rows);
  }

  function showFact(anchor) {
    if (!Object.hasOwn(data.facts, anchor)) return false;
    fill(data.facts[anchor]);
    if (!panel.open) panel.showModal();
    panel.scrollTop = 0;
    return true;
  }

  document.addEventListener("click", (event) => {
    const anchor = event.target.closest && event.target.closest("a[href^='#']");
    if (anchor && showFact(anchor.getAttribute("href").slice(1))) event.preventDefault();
    else if (event.target === panel) panel.close();
  });
  const atStart = () => showFact(decodeURIComponent(location.hash.slice(1)));
  window.addEventListener("hashchange", atStart);

  /* ---- one conflict ---- */
  const chosen = document.getElementById("conflict");
  if (chosen) {
    chosen.addEventListener("change", () => {
      for (const node of document.querySelectorAll("[data-conflict]")) {
        const wanted = chosen.value === "*" || node.dataset.conflict === chosen.value;
        node.hidden = !wanted;
        if (node.tagName === "DETAILS" && chosen.value !== "*" && wanted) node.open = true;
      }
    });
  }

  /* ---- statements ---- */
  const form = document.getElementById("filters");
  if (form) {
    const list = document.getElementById("said");
    const found = document.getElementById("found");
    const further = document.getElementById("further");
    const fold = (text) => (text || "").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    const all = data.statements.map((row) => ({ ...row, folded: fold(row.text + " " + row.speaker) }));
    let shown = PAGE;

    const matches = (row) => {
      for (const select of form.querySelectorAll("select")) {
        const value = select.value;
        const field = select.dataset.field;
        if (value && (field === "issue" ? !row.issues.includes(value) : row[field] !== value)) return false;
      }
      return fold(form.querySelector("input").value).split(/\s+/).every((word) => row.folded.includes(word));
    };

    const item = (row) => {
      const node = make("li");
      node.append(make("p", row.day + " · " + row.outlet, "when"));
      const told = make("div");
      const words = row.text ? (row.is_direct ? "“" + row.text + "”" : row.text) : "The outlet reserves its words.";
      const note = make("p", "", "note");
      const link = make("a", row.speaker);
      link.href = "#" + row.anchor;
      const rest = [row.act, ...row.issues].filter(Boolean).map((part) => " · " + part).join("");
      note.append(link, (row.behalf ? ", for " + row.behalf : "") + rest);
      told.append(make("p", words, "words"), note);
      node.append(told);
      return node;
    };

    const draw = () => {
      const hits = all.filter(matches);
      list.replaceChildren(...hits.slice(0, shown).map(item));
      const few = Math.min(shown, hits.length);
      found.textContent = hits.length
        ? few + " of " + hits.length + (hits.length === 1 ? " statement" : " statements") + ", newest first."
        : "No statement fits these filters.";
      further.hidden = hits.length <= shown;
    };
    const restart = () => { shown = PAGE; draw(); };
    form.addEventListener("input", restart);
    form.addEventListener("reset", () => setTimeout(restart));
    form.addEventListener("submit", (event) => event.preventDefault());
    further.addEventListener("click", () => { shown += PAGE; draw(); list.children[shown - PAGE].querySelector("a").focus(); });
    draw();
  }

  /* ---- theme ---- */
  const root = document.documentElement;
  const theme = document.getElementById("theme");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const current = () => root.dataset.theme || (dark.matches ? "dark" : "light");
  const label = () => { theme.textContent = current() === "dark" ? "Light" : "Dark"; theme.setAttribute("aria-label", theme.textContent + " colours"); };
  try { root.dataset.theme = localStorage.getItem("communique-theme") || ""; } catch { /* no storage in this window */ }
  theme.addEventListener("click", () => {
    root.dataset.theme = current() === "dark" ? "light" : "dark";
    try { localStorage.setItem("communique-theme", root.dataset.theme); } catch { /* the choice lasts for this visit */ }
    label();
  });
  dark.addEventListener("change", label);
  label();

  /* ---- print: everything open, as it was afterwards ---- */
  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details.conflict:not([open]), details.fold:not([open])")];
    for (const node of closed) node.open = true;
  });
  window.addEventListener("afterprint", () => { for (const node of closed) node.open = false; });

  for (const node of document.querySelectorAll(".needs-script")) node.hidden = false;
  if (form) document.getElementById("further").hidden = data.statements.length <= PAGE;
  atStart();
})();
