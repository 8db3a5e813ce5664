/** What a page is put together from: its script and style, as they were bundled, with their hashes. */
export interface PageParts {
  readonly script: string;
  readonly style: string;
  /** SHA-256, base64. */
  readonly scriptHash: string;
  readonly styleHash: string;
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
]);

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ESCAPES.get(sign) ?? sign);

/** JSON that may stand in a script element: nothing in it ends the element, or begins a comment. */
const jsonInScript = (data: unknown): string =>
  JSON.stringify(data).replace(/[<\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);

/**
 * The pilot page: one file in which the rule engine itself runs, with the period's data inside. Its policy allows its own script and
 * style by their hashes, a worker made from that script, and nothing from anywhere else: no request leaves it.
 */
export const pilotPage = (
  title: { readonly plan: string; readonly periods: string; readonly currency: string },
  data: unknown,
  { script, style, scriptHash, styleHash }: PageParts,
): string => {
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${scriptHash}'`,
    `style-src 'sha256-${styleHash}'`,
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escaped(title.plan)} · pilot</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#results">Skip to what comes of it</a>
<header>
<div class="title">
<h1>${escaped(title.plan)}</h1>
<p>If <b>${escaped(title.periods)}</b> had been paid like this: who gains, who loses, what does it cost, does it bind the departments together? In ${escaped(title.currency)}.</p>
</div>
<div id="bar" class="bar-top"></div>
</header>
<p id="status" role="status" aria-live="polite">Reading the data…</p>
<noscript><p>This page computes in your browser: allow scripts for it. It asks nobody for anything.</p></noscript>
<main>
<section id="controls" aria-label="What can be moved"></section>
<section id="results" aria-label="What comes of it" tabindex="-1"></section>
<div id="person"></div>
</main>
<footer>
<p>A result is computed, not promised: these are the past’s deals, paid by other rules. What people would do differently, the page cannot know. Figures: align-pay, docs/pilot.md.</p>
</footer>
<script type="application/json" id="data">${jsonInScript(data)}</script>
<script id="program">${script}</script>
</body>
</html>
`;
};
