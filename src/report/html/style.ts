/**
 * The one style sheet of all pages. Colours come in pairs, for light and for dark; every text has a contrast of 4.5 : 1 or
 * more on its ground (tests/report/html/style.test.ts). Nothing is loaded: the reader's own fonts serve.
 */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fcfbf8; --card: #ffffff; --ink: #1b1d22; --soft: #565c66; --line: #e2dfd8; --track: #ebe8e1;
  --accent: #0b5f58; --band: #cfe3df; --band-2: #b3d3cd; --band-3: #93bfb8; --plus: #1c6b3c; --minus: #a1311f;
  --sales: #2b5a9e; --marketing: #8a5a00;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #15171a; --card: #1c1f23; --ink: #eceae4; --soft: #a6abb3; --line: #33373d; --track: #2a2e33;
    --accent: #7cc9bf; --band: #24443f; --band-2: #2f5a53; --band-3: #3b7168; --plus: #86c99a; --minus: #f09a8a;
    --sales: #8fb6f0; --marketing: #e0b25c;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 ui-sans-serif, system-ui, -apple-system, "Segoe UI", "Helvetica Neue", "Noto Sans", Arial, sans-serif;
  font-variant-numeric: tabular-nums; font-feature-settings: "tnum"; overflow-wrap: break-word;
}
main { max-width: 56rem; margin: 0 auto; padding: clamp(1.5rem, 5vw, 4rem) clamp(1.1rem, 4vw, 2.5rem) 4rem; }
main.wide { max-width: 76rem; }
h1, h2, h3 { line-height: 1.2; text-wrap: balance; margin: 0; font-weight: 620; }
h1 { font-size: clamp(1.7rem, 4.5vw, 2.4rem); letter-spacing: -0.02em; }
h2 { font-size: 1.22rem; letter-spacing: -0.01em; }
h3 { font-size: 1rem; }
p { margin: 0; max-width: 64ch; }
a { color: var(--accent); }
.soft, figcaption, caption, dt, th { color: var(--soft); }
.eyebrow { color: var(--accent); font-size: .85rem; font-weight: 600; letter-spacing: .04em; margin-bottom: .6rem; }
.meta { color: var(--soft); margin-top: .25rem; } h1 + .meta { margin-top: .7rem; }
.num { text-align: right; white-space: nowrap; }
.plus { color: var(--plus); } .minus { color: var(--minus); }
section { margin-top: clamp(2.4rem, 6vw, 3.6rem); }
section > h2 + p { margin-top: .5rem; color: var(--soft); }
section > p.soft { margin-top: .9rem; }
section > h3 { margin-top: 1.8rem; }
section > h3 + p { color: var(--soft); margin-top: .25rem; }
section.read > * + p, section.read > * + ul, main > p, main > ul { margin-top: .8rem; } section.read > p { color: var(--ink); }
section.read ul, main > ul { margin-bottom: 0; padding-left: 1.2rem; max-width: 64ch; } section.read li + li { margin-top: .25rem; }
pre { background: var(--track); padding: .8rem; border-radius: 8px; overflow-x: auto; font-size: .9rem; }
.hero { display: grid; grid-template-columns: minmax(0, 1.1fr) minmax(0, 1fr); gap: 1.5rem 3rem; align-items: end;
  margin-top: clamp(1.8rem, 5vw, 2.8rem); padding: clamp(1.2rem, 3.5vw, 2rem); background: var(--card);
  border: 1px solid var(--line); border-radius: 14px; }
.hero .label { color: var(--soft); }
.hero .total { font-size: clamp(2.3rem, 8vw, 3.6rem); line-height: 1.05; font-weight: 620; letter-spacing: -0.03em; }
.hero .total small { font-size: .38em; letter-spacing: 0; color: var(--soft); font-weight: 500; }
dl { margin: 0; display: grid; gap: .55rem; }
dl > div { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 1.2rem; border-top: 1px solid var(--line); padding-top: .55rem; }
dl > div:first-child { border-top: 0; padding-top: 0; }
dd { margin: 0; text-align: right; white-space: nowrap; font-weight: 560; }
table { width: 100%; border-collapse: collapse; margin-top: 1.1rem; font-size: .95rem; }
caption { text-align: left; padding-bottom: .4rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
th, td { padding: .5rem .7rem; border-bottom: 1px solid var(--line); vertical-align: top; text-align: left; font-weight: 400; }
th:first-child, td:first-child { padding-left: 0; } th:last-child, td:last-child { padding-right: 0; }
thead th { font-size: .84rem; border-bottom-color: var(--soft); vertical-align: bottom; }
th.num, td.num { text-align: right; white-space: nowrap; }
thead th.num { white-space: normal; } thead th.long { overflow-wrap: anywhere; min-width: 6.5em; }
table.lines tbody th { overflow-wrap: anywhere; min-width: 7em; }
td.read { overflow-wrap: anywhere; min-width: 7.6em; }
td.read small { overflow-wrap: anywhere; }
tbody th { color: var(--ink); }
tfoot th, tfoot td { font-weight: 620; color: var(--ink); border-bottom: 0; border-top: 1px solid var(--ink); }
td small, th small { display: block; white-space: normal; color: var(--soft); font-size: .86rem; }
td .f { display: inline-block; text-align: left; }
.f0 { width: 1.2ch } .f2 { width: 3.7ch } .f3 { width: 4.7ch } .f4 { width: 5.7ch } .f5 { width: 6.7ch } .f6 { width: 8.2ch }
.scroll { overflow-x: auto; }
figure { margin: 1.3rem 0 0; }
figure svg { display: block; width: 100%; height: auto; max-width: 34rem; }
figcaption { font-size: .9rem; margin-top: .4rem; }
svg text { font: 12px ui-sans-serif, system-ui, "Segoe UI", "Noto Sans", Arial, sans-serif; fill: var(--ink); font-variant-numeric: tabular-nums; }
svg .axis { fill: var(--soft); } svg .track { fill: var(--track); }
svg .s0 { fill: var(--band); } svg .s1 { fill: var(--band-2); } svg .s2 { fill: var(--band-3); }
svg .done { fill: var(--accent); } svg .rule { stroke: var(--ink); stroke-width: 1.4; } svg .tick { stroke: var(--soft); stroke-width: 1; }
svg .strong { font-weight: 620; } svg .on-accent { fill: var(--paper); }
svg .sales { fill: var(--sales); } svg .marketing { fill: var(--marketing); }
svg .flow { fill: none; stroke-linecap: butt; } svg .to-0 { stroke: var(--sales); } svg .to-1 { stroke: var(--marketing); }
svg .flow-head { stroke: none; } svg .flow-head.to-0 { fill: var(--sales); } svg .flow-head.to-1 { fill: var(--marketing); }
svg .flow.took { stroke-dasharray: 5 4; }
details { margin: .35rem 0 0; } summary { cursor: pointer; color: var(--accent); font-size: .86rem; }
summary:focus-visible, a:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: 3px; }
.told { list-style: none; margin: .5rem 0 .4rem; padding: 0; font-size: .88rem; white-space: normal; }
.told .told { margin: .1rem 0 .1rem .35rem; padding-left: .9rem; border-left: 1px solid var(--line); }
.told > li { padding: .12rem 0; } .told b { font-weight: 600; } .told i { color: var(--soft); }
.told .at { color: var(--soft); font-size: .92em; }
.steps { margin: .8rem 0 0; padding-left: 1.2rem; font-size: .92rem; color: var(--soft); }
.steps strong { color: var(--ink); font-weight: 560; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr)); gap: 1rem; margin-top: 1.1rem; }
.card { min-width: 0; overflow-wrap: anywhere; background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1.1rem 1.2rem; }
.card p { color: var(--soft); margin-top: .35rem; font-size: .93rem; }
.card .figure { font-size: 1.55rem; font-weight: 600; letter-spacing: -0.01em; margin-top: .2rem; color: var(--ink); }
.card .figure small { font-size: .6em; font-weight: 500; color: var(--soft); } .card dl { margin-top: .9rem; font-size: .95rem; }
footer { margin-top: 3.5rem; padding-top: 1.1rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .87rem; }
footer p + p { margin-top: .4rem; }
@media (max-width: 1120px) {
  table.many { font-size: .8rem; } table.many th, table.many td { padding-left: .3rem; padding-right: .3rem; }
  table.many thead th { font-size: .78rem; } table.many small { font-size: .92em; } table.many td.read, table.many tbody th { min-width: 6.9em; }
}
@media (max-width: 900px) {
  table.many { font-size: .74rem; } table.many th, table.many td { padding-left: .2rem; padding-right: .2rem; }
  table.many td.read, table.many tbody th { min-width: 6.2em; }
}
@media (max-width: 640px) {
  table.many { font-size: .95rem; } table.lines td.read, table.lines tbody th { min-width: 0; }
  .hero { grid-template-columns: minmax(0, 1fr); }
  table.lines thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table.lines, table.lines tbody, table.lines tfoot, table.lines tr, table.lines th, table.lines td { display: block; }
  table.lines tr { padding: .75rem 0; border-bottom: 1px solid var(--line); display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .12rem 1rem; }
  table.lines tfoot tr { border-bottom: 0; border-top: 1px solid var(--ink); }
  table.lines th, table.lines td { border: 0; padding: 0; }
  table.lines th[scope=row] { grid-column: 1; }
  table.lines td.pay { grid-column: 2; grid-row: 1; font-weight: 600; }
  table.lines td[data-label] { grid-column: 1 / -1; display: flex; justify-content: space-between; gap: 1rem; font-size: .9rem; text-align: left; white-space: normal; }
  table.lines td[data-label]::before { content: attr(data-label); color: var(--soft); flex: none; max-width: 60%; overflow-wrap: anywhere; }
  table.lines td.none { display: none; }
  table.lines td.more { grid-column: 1 / -1; }
  table.lines td .f { width: auto; } table.lines td .v { text-align: right; min-width: 0; overflow-wrap: anywhere; } table.lines td.read .v { text-align: left; }
}
@media print {
  @page { margin: 15mm 14mm 16mm; }
  :root {
    color-scheme: light;
    --paper: #ffffff; --card: #ffffff; --ink: #111111; --soft: #4a4f57; --line: #d5d2cb; --track: #eceae5; --accent: #0b5f58;
    --band: #cfe3df; --band-2: #b3d3cd; --band-3: #93bfb8; --plus: #1c6b3c; --minus: #a1311f; --sales: #2b5a9e; --marketing: #8a5a00;
  }
  html { font-size: 9.4pt; } main { max-width: none; padding: 0; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  section { margin-top: 1.7rem; } .hero { margin-top: 1.2rem; padding: 1.1rem 1.3rem; }
  h2, h3, caption, h2 + p, h3 + p { break-after: avoid; } tr, figure, .card, .hero, dl > div { break-inside: avoid; }
  thead { display: table-header-group; } tfoot { display: table-row-group; }
  th, td { padding-top: .24rem; padding-bottom: .24rem; } tbody th bdi + small { display: inline; margin-left: .6em; }
  table.many { font-size: 8pt; } table.many th, table.many td { padding-left: 2pt; padding-right: 2pt; } table.many thead th { font-size: 7.5pt; }
  table.many td small, table.many th small { font-size: 7pt; } table.many td.read, table.many tbody th { min-width: 6.2em; }
  details { display: none; } figure svg { max-width: 13cm; }
  footer { margin-top: 2rem; }
}
`;
