/* What a page does beyond links, forms and htmx. Everything is bound by data- attributes through events of the
   document, so that it holds for what htmx swaps in. Sentences come from the page's templates. */
"use strict";

(() => {
  const root = document.documentElement;
  const spoken = () => document.getElementById("spoken");
  const words = (id) => document.getElementById(id)?.content.textContent.trim() ?? "";

  /** Say a text to screen readers, politely; the last of several within a second is said. */
  let speaking;
  let first = "";
  function say(text) {
    clearTimeout(speaking);
    speaking = setTimeout(() => {
      if (spoken()) spoken().textContent = `${first} ${text}`.trim();
      first = "";
    }, 1000);
  }

  /** Say a text before whatever is said next. */
  function sayFirst(text) {
    first = text;
    say("");
  }

  // ---------------------------------------------------------------- counts

  const numbers = new Intl.NumberFormat(root.lang || undefined);

  function showCount(area) {
    const line = document.getElementById(`${area.id}-count`);
    if (!line) return;
    const limit = Number(area.dataset.count);
    const count = [...area.value].length;
    const text = words(count > limit ? "say-over" : "say-count")
      .replace("{count}", numbers.format(count))
      .replace("{limit}", numbers.format(limit))
      .replace("{over}", numbers.format(count - limit));
    line.classList.toggle("over-limit", count > limit);
    if (line.textContent === text) return;
    line.textContent = text;
    if (area === document.activeElement && count > limit * 0.9) say(text);
  }

  const showCounts = (within) => within.querySelectorAll("textarea[data-count]").forEach(showCount);

  // -------------------------------------------------------- copy and print

  async function copy(button) {
    const source = document.querySelector(button.dataset.copy);
    const text = source.dataset.copyText ?? source.textContent.trim().replace(/\s+/g, " ");
    let said = words("say-copied");
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      getSelection().selectAllChildren(source);
      said = words("say-not-copied");
    }
    const line = document.querySelector(button.dataset.said ?? "#spoken");
    if (line) line.textContent = said;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy], [data-print]");
    if (!button) return;
    if ("print" in button.dataset) print();
    else copy(button);
  });

  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details:not([open])")) {
      details.open = true;
      details.dataset.openedToPrint = "";
    }
  });
  addEventListener("afterprint", () => {
    for (const details of document.querySelectorAll("details[data-opened-to-print]")) {
      details.open = false;
      delete details.dataset.openedToPrint;
    }
  });

  // ---------------------------------------------------------------- saving

  /* A question is unsaved (data-unsaved) from the first key or click until a reply says that what was sent is what
     is there now. `edits` counts changes, so that typing during a save keeps it unsaved. */
  const edits = new WeakMap();
  const waits = new WeakMap();   // question → {timer, tries}
  const unsaved = () => document.querySelectorAll("[data-question][data-unsaved]");
  let leaving = false;

  function showState(question, id) {
    const line = question.querySelector("[data-state-line]");
    const wanted = document.getElementById(id)?.content.firstElementChild;
    if (!line || !wanted || line.isEqualNode(wanted)) return;
    line.replaceWith(wanted.cloneNode(true));
    if (id !== "state-typing") say(wanted.textContent.trim());
  }

  function touch(event) {
    const question = event.target.closest?.("[data-question]");
    if (!question || event.target === question) return;
    leaving = false;
    edits.set(question, (edits.get(question) ?? 0) + 1);
    question.dataset.unsaved = "";
    if (event.type === "input" && event.target.matches("textarea, select, input:not([type=radio], [type=checkbox])")) {
      showState(question, "state-typing");
    }
  }

  /** One answer to a question: what is ticked apart from it takes back what was entered, and the other way round.
      Words are never taken back. */
  function keepOneAnswer({ target }) {
    const answer = target.closest?.("[data-answer]");
    if (!answer || target.closest(".reveal") || (target.type === "checkbox" && !target.checked)) return;
    const isApart = (field) => "apart" in field.dataset;
    const others = [...answer.querySelectorAll("input, select")].filter((field) =>
      field !== target && !field.closest(".reveal") && (isApart(target) || isApart(field)));
    let takenBack = false;
    for (const field of others) {
      takenBack ||= field.type === "checkbox" ? field.checked : field.value !== "";
      if (field.type === "checkbox") field.checked = false;
      else field.value = "";
    }
    if (takenBack) sayFirst(words("say-taken-back"));
  }

  /** Parts of one answer, as of a date, are sent together: once the focus has left them, or all are there.
      Some browsers give a list no focus when somebody picks from it. */
  function waitForTheRest(event) {
    const parts = event.target.closest?.("[data-together]");
    if (!parts) return;
    if (event.type === "change") {
      event.stopPropagation();
      parts.dataset.changed = "";
    }
    // Only after these events is it known where the focus has gone.
    setTimeout(() => {
      if (!("changed" in parts.dataset) || parts.contains(document.activeElement)) return;
      if (event.type === "change" && [...parts.querySelectorAll("[data-needed]")].some((part) => !part.value)) return;
      delete parts.dataset.changed;
      send(parts.closest("[data-question]"));
    });
  }

  // A line in a question saves the question; without this, the key would send the page and go on to the next.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !event.target.matches?.("[data-question] .input")) return;
    event.preventDefault();
    send(event.target.closest("[data-question]"));
  });

  /** The fields of one question as they are now, its newest revision included, and the hidden ones of its form: its
      own, and the revisions of the other questions, so that the reply can tell what others have changed meanwhile. */
  function currentFields(question) {
    const ofForm = [...(question.closest("form")?.elements ?? [])]
      .filter((field) => field.type === "hidden" && field.closest("[data-question]") !== question);
    const own = question.querySelectorAll("input, select, textarea");
    const fields = new URLSearchParams();
    for (const field of [...ofForm, ...own]) {
      if (!field.name || field.disabled || (/^(radio|checkbox)$/.test(field.type) && !field.checked)) continue;
      fields.append(field.name, field.value);
    }
    return fields;
  }

  const send = (question) => question.dispatchEvent(new CustomEvent("change", { bubbles: true }));
  const sendAll = () => unsaved().forEach((question) => { stopWaiting(question); send(question); });

  function stopWaiting(question) {
    clearTimeout(waits.get(question)?.timer);
    waits.delete(question);
  }

  /** Try again: after what the reply asked for, otherwise after 2, 4, 8 ... at most 60 seconds. */
  function tryAgain(question, retryAfter) {
    const tries = (waits.get(question)?.tries ?? 0) + 1;
    clearTimeout(waits.get(question)?.timer);
    const asked = Number(retryAfter);
    const seconds = asked > 0 ? asked : Math.min(2 ** tries, 60);
    const timer = setTimeout(() => { if (question.isConnected) send(question); }, seconds * 1000);
    waits.set(question, { timer, tries });
    question.dataset.unsaved = "";
    showState(question, "state-unsaved");
  }

  const questionOf = (event) => {
    const source = event.detail?.ctx?.sourceElement;
    return source?.matches?.("[data-question]") ? source : null;
  };

  // htmx collects the fields before it queues a request: send what is there when its turn comes.
  document.addEventListener("htmx:before:request", (event) => {
    const question = questionOf(event);
    if (!question) return;
    const { ctx } = event.detail;
    ctx.request.body = currentFields(question);
    ctx.target = question.querySelector("[data-state]") ?? ctx.target;
    ctx.editsSent = edits.get(question);
    clearTimeout(waits.get(question)?.timer);
  });

  document.addEventListener("htmx:after:request", (event) => {
    const question = questionOf(event);
    const { ctx } = event.detail;
    if (!question || ctx.response.status >= 300) return;
    stopWaiting(question);
    if (edits.get(question) === ctx.editsSent) delete question.dataset.unsaved;
    if (!unsaved().length) setTimeout(clearAlert, 5000);
  });

  document.addEventListener("htmx:after:swap", (event) => {
    showCounts(document);
    const question = questionOf(event);
    if (!question) return;
    const line = question.querySelector("[data-state-line]");
    if (line) say(line.textContent.trim());
    if ("unsaved" in question.dataset && event.detail.ctx.response.status < 300) showState(question, "state-typing");
  });

  const mayPass = (status) => status === 408 || status === 429 || status >= 500;

  document.addEventListener("htmx:response:error", (event) => {
    const { response } = event.detail.ctx;
    const question = questionOf(event);
    if (!question) return mayPass(response.status) ? showFailure() : undefined;
    if (mayPass(response.status)) return tryAgain(question, response.headers.get("Retry-After"));
    stopWaiting(question);
    showState(question, response.status === 401 ? "state-unsaved" : "state-refused");
  });

  document.addEventListener("htmx:error", (event) => {
    const question = questionOf(event);
    if (question) tryAgain(question);
    else if (event.detail?.ctx) showFailure();
  });

  function showFailure() {
    const box = document.createElement("div");
    box.className = "wrap";
    box.append(document.getElementById("alert-failed").content.cloneNode(true));
    document.getElementById("alert").replaceChildren(box);
  }

  function clearAlert() {
    const alert = document.getElementById("alert");
    if (!unsaved().length && !alert.contains(document.activeElement)) alert.replaceChildren();
  }

  document.addEventListener("signed-in", sendAll);
  // Capturing: counted before htmx, which listens on the question itself, sends it.
  document.addEventListener("input", touch, true);
  document.addEventListener("change", touch, true);
  document.addEventListener("input", keepOneAnswer, true);
  document.addEventListener("change", waitForTheRest, true);
  document.addEventListener("focusout", waitForTheRest);

  // Somebody turns to another app: do not wait until they leave the box.
  document.addEventListener("visibilitychange", () => { if (document.hidden) sendAll(); });

  document.addEventListener("submit", (event) => { if (!event.defaultPrevented) leaving = true; });
  addEventListener("beforeunload", (event) => {
    if (!leaving && unsaved().length) event.preventDefault();
  });

  // --------------------------------------------------------------- offline

  function showOffline() {
    const banner = document.getElementById("offline");
    if (banner) banner.hidden = navigator.onLine;
    if (navigator.onLine) sendAll();
  }
  addEventListener("online", showOffline);
  addEventListener("offline", showOffline);

  // ----------------------------------------------------------------- start

  root.classList.add("js");
  showCounts(document);
  document.querySelector("[data-focus]")?.focus();
  if (!navigator.onLine) showOffline();
})();
