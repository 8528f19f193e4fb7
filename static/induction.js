// Comfort only: every page is complete without this.
(function () {
  "use strict";

  // What went wrong comes first, else what was done.
  var said = document.querySelector(".govuk-error-summary") || document.querySelector(".flash[role=status]");
  if (said) said.focus();

  // Back to a scene, as the browser kept it: it may be answered by now, so ask for the one that comes next.
  window.addEventListener("pageshow", function (event) {
    if (event.persisted && document.querySelector(".answer-form")) location.reload();
  });

  // Where there is room for it, what a lesson holds stands open beside it.
  document.querySelectorAll(".on-page details").forEach(function (list) { list.open = matchMedia("(min-width: 75em)").matches; });

  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });

  document.querySelectorAll("[data-copy]").forEach(function (button) {
    var link = document.getElementById(button.dataset.copy);
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", function () {
      link.select();
      navigator.clipboard.writeText(link.value).then(function () { button.textContent = "Copied"; }, function () { link.focus(); });
    });
  });

  // What belongs to an answer, its words and what it would change, stands there while it is ticked.
  var belonging = document.querySelectorAll("[data-answer]");
  function showTicked() {
    var ticked = document.querySelector("[name=stance]:checked");
    belonging.forEach(function (each) { each.hidden = each.dataset.answer !== (ticked ? ticked.value : ""); });
  }
  if (belonging.length) {
    showTicked();
    document.addEventListener("change", showTicked);
  }

  // A file that is too large is told before it is sent.
  document.querySelectorAll("[data-largest]").forEach(function (field) {
    field.addEventListener("change", function () {
      var file = field.files[0];
      field.setCustomValidity(file && file.size > field.dataset.largest ? field.dataset.tooLarge : "");
      field.reportValidity();
    });
  });

  // Ticks stay in this browser, under the random key of this person that stands on <body>.
  var owner = document.body.dataset.key;
  document.querySelectorAll("[data-checklist]").forEach(function (list) {
    var name = "ticks:" + owner + ":" + list.dataset.checklist;
    var boxes = Array.from(list.querySelectorAll("input[type=checkbox]"));
    if (!owner) return;

    try {
      var kept = JSON.parse(localStorage.getItem(name) || "[]");
      boxes.forEach(function (box) { box.checked = kept.indexOf(box.id) > -1; });
    } catch (error) {
      return; // The browser keeps nothing: the list works as on paper, and promises nothing.
    }
    list.querySelector(".checklist-note").hidden = false;

    function keep() {
      var ticked = boxes.filter(function (box) { return box.checked; });
      if (!ticked.length) return localStorage.removeItem(name);
      localStorage.setItem(name, JSON.stringify(ticked.map(function (box) { return box.id; })));
    }
    list.addEventListener("change", keep);
    list.querySelector("[data-clear]").addEventListener("click", function () {
      boxes.forEach(function (box) { box.checked = false; });
      keep();
      boxes[0].focus();
    });
  });
})();
