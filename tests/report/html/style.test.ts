import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { html, htmlText } from '../../../src/report/html/html.ts';
import { pageHtml } from '../../../src/report/html/page.ts';
import { STYLE } from '../../../src/report/html/style.ts';

/** The colours of each scheme, by their names: light, dark, print. */
const schemes = [...STYLE.matchAll(/:root \{([^}]*)\}/g)].map(([, body = '']) =>
  Object.fromEntries([...body.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name, colour]) => [name, colour])),
);

/** Relative luminance and contrast as WCAG 2.2 defines them. */
const luminance = (colour: string): number => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a: string, b: string): number => {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
};

test('every text has a contrast of 4.5 : 1 on its ground, in light, dark and print', () => {
  expect(schemes).toHaveLength(3);
  for (const scheme of schemes) {
    const grounds = ['paper', 'card'];
    const texts = ['ink', 'soft', 'accent', 'plus', 'minus', 'sales', 'marketing'];
    const pairs = [
      ...grounds.flatMap((ground) => texts.map((text) => [text, ground])),
      ...['band', 'band-2', 'band-3', 'track'].map((band) => ['ink', band]),
    ];
    for (const [text = '', ground = ''] of pairs) {
      const ratio = contrast(scheme[text] ?? '#000000', scheme[ground] ?? '#000000');
      expect({ text, ground, enough: ratio >= 4.5 }).toEqual({ text, ground, enough: true });
    }
  }
});

test('a page names the hash of its style sheet, which loads nothing', () => {
  const page = pageHtml({ title: 'a', body: html`<main></main>` });
  const hash = createHash('sha256').update(STYLE).digest('base64');
  expect(page).toContain(`style-src &#39;sha256-${hash}&#39;`);
  expect(page).toContain(`<style>${STYLE}</style>`);
  expect(STYLE).not.toMatch(/url\(|@import|@font-face|expression\(/);
});

test('what is put into a template is text, unless it is a piece itself', () => {
  const hostile = `<img src=x onerror="alert('1')">&amp;`;
  expect(html`<p title="${hostile}">${hostile}${html`<b>${'<'}</b>`}${[1, 'é', undefined, false]}</p>`.markup).toBe(
    `<p title="${htmlText(hostile)}">${htmlText(hostile)}<b>&lt;</b>1é</p>`,
  );
  expect(htmlText(hostile)).toBe('&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;amp;');
  expect(htmlText('a\u0000\u0008\u001b\u009f\uffffb\tc')).toBe('ab\tc');
});
