import { STYLE } from '../report/html/style.ts';

/**
 * The style sheet of statements, for a tree of its own within the page: what it says of the whole page holds for the tree. A sheet
 * that a script puts together is not asked of the page's policy, which knows none but the page's own by hash.
 */
export const statementStyle = (): CSSStyleSheet => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`${STYLE.replaceAll(':root', ':host').replace(/^body \{/m, ':host {')}
:host { display: block; background: none; }
main { max-width: none; padding: 0; }
/* It speaks of the run that pays: nothing is paid here. */
footer { display: none; }
summary { min-height: 24px; }
section { margin-top: 1.8rem; }
h1 { font-size: 1.3rem; }
.hero { margin-top: 1rem; }
`);
  return sheet;
};
