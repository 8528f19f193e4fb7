// Drops from the compiled stylesheet what govuk-frontend brings for forms that this site has none of.
import { readFileSync, writeFileSync } from "node:fs";

const FILE = new URL("../static/induction.css", import.meta.url);
const UNUSED = new RegExp(
  "\\.govuk-(" +
    [
      "button--(inverse|start|warning-link)", "button__start-icon", "(fieldset__legend|label)--(s|m|l|xl)",
      "input--extra-letter-spacing", "input--width-(2|3|4|20|30)", "input__(prefix|suffix|wrapper)", "radios--(inline|small)",
      "pagination--block", "(radios|checkboxes)__conditional[\\w-]*", "(radios|checkboxes)__divider",
    ].join("|") +
    ")(?![\\w-])",
);

// The rules of a sheet or of the inside of an @media, each [before the brace, within].
function* rules(css) {
  for (let at = 0; at < css.length; ) {
    const open = css.indexOf("{", at);
    if (open < 0) return yield [css.slice(at), null];
    let depth = 1, end = open + 1;
    for (; depth; end++) depth += css[end] === "{" ? 1 : css[end] === "}" ? -1 : 0;
    yield [css.slice(at, open), css.slice(open + 1, end - 1)];
    at = end;
  }
}

// Commas part selectors, but for those within brackets.
const parts = (selectors) => selectors.split(/,(?![^(]*\))/);

function pruned(css) {
  let kept = "";
  for (const [head, body] of rules(css)) {
    if (body === null) kept += head;
    else if (/^@(media|supports)/.test(head)) {
      const within = pruned(body);
      if (within) kept += `${head}{${within}}`;
    } else {
      const left = parts(head).filter((each) => !UNUSED.test(each));
      if (left.length && body.trim()) kept += `${left.join(",")}{${body}}`;
    }
  }
  return kept;
}

writeFileSync(FILE, pruned(readFileSync(FILE, "utf8")));
