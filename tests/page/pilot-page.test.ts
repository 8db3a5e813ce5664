/// <reference lib="dom" />
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run, scratch } from '../cli/run.ts';
import { root } from '../docs/blocks.ts';
import { downloaded, hasBrowser, launch, settled, watch } from './browser.ts';
import { HOSTILE, HOSTILE_PEOPLE } from './hostile.ts';

describe.skipIf(!hasBrowser)('the pilot page in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  /** The example in a folder of its own, and its page opened. */
  const opened = async (width = 1440): Promise<{ folder: string; page: Page; watched: ReturnType<typeof watch> }> => {
    const folder = scratch();
    cpSync(path.join(root, 'examples/shared-growth'), folder, { recursive: true });
    const variants = ['both-ways', 'one-pool'].map((name) => `pilot/${name}.yaml`);
    const made = await run(['pilot', 'align-pay.yaml', ...variants, '--format', 'html', '--out', 'pilot.html'], {
      cwd: folder,
    });
    expect({ code: made.code, stderr: made.stderr }).toEqual({ code: 0, stderr: '' });
    const context = await browser.newContext({ viewport: { width, height: 900 }, acceptDownloads: true });
    const page = await context.newPage();
    const watched = watch(page);
    await page.goto(`file://${path.join(folder, 'pilot.html')}`);
    await page.waitForSelector('body.ready');
    await page.waitForTimeout(200);
    return { folder, page, watched };
  };

  /** Payouts by period, person and reward, of the page's own file and of `compute` with a variant. */
  const payoutsOf = (csv: string): Map<string, string> => {
    const rows: Record<string, string>[] = parse(csv, { columns: true });
    return new Map(
      rows.map(({ period, person_id, reward, amount }) => [`${period} ${person_id} ${reward}`, amount ?? '']),
    );
  };
  const computed = async (folder: string, variant: string): Promise<Map<string, string>> => {
    const out = path.join(folder, 'payouts');
    const { code, stderr } = await run(['compute', 'deals.csv', '--plan', variant, '--out', out, '--quiet'], {
      cwd: folder,
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const all = new Map<string, string>();
    for (const period of ['2026-Q1', '2026-Q2']) {
      const rows: Record<string, string>[] = parse(readFileSync(path.join(out, period, 'payouts.csv'), 'utf8'), {
        columns: true,
      });
      for (const { person_id, reward, amount } of rows) {
        const key = `${period} ${person_id} ${reward}`;
        // Whoever crossed over has a row for each department.
        const cents = Math.round(Number(all.get(key) ?? '0') * 100) + Math.round(Number(amount) * 100);
        all.set(key, (cents / 100).toFixed(2));
      }
    }
    return all;
  };

  it('moves a slider, a weight and the point of a curve, and pays what compute pays by the variant that it writes', async () => {
    const { folder, page, watched } = await opened();
    const slider = page.getByRole('slider', { name: 'base_rate' });
    await slider.focus();
    await settled(page, async () => {
      for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight');
    });
    expect(await slider.getAttribute('aria-valuetext')).toBe('6.5%, today 6%');
    await expect.poll(() => page.locator('.quarters').textContent()).toMatch(/sales −\d+\.\d pts in 2026-Q1/);
    const weight = page.getByRole('textbox', { name: 'sales_lands_it: weight, exact value' });
    await settled(page, async () => {
      await weight.fill('75');
      await weight.press('Enter');
    });
    // The other weight follows, by itself.
    expect(await page.getByRole('textbox', { name: 'influence: weight, exact value' }).inputValue()).toBe('25%');
    const point = page.getByRole('slider', { name: 'hand_over at 50%' });
    await point.focus();
    await settled(page, async () => {
      await page.keyboard.press('PageDown');
      await page.keyboard.press('ArrowDown');
    });
    expect(await point.getAttribute('aria-valuetext')).toBe('79%, today 90%');
    const steps = page.getByRole('textbox', { name: 'step 1: up to, exact value' });
    await settled(page, async () => {
      await steps.fill('80%');
      await steps.press('Enter');
    });
    const variant = await downloaded(page, 'Download as a variant');
    expect(variant.name).toBe('variant.yaml');
    expect(variant.text).toMatch(/^extends: align-pay\.yaml\n/);
    expect(variant.text).toContain('base_rate: 6.5% # instead of 6%');
    writeFileSync(path.join(folder, variant.name), variant.text);
    const expected = await computed(folder, variant.name);
    const found = payoutsOf((await downloaded(page, 'Download payouts')).text);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
    expect(expected.size).toBeGreaterThan(40);
    // And it is not what is paid today.
    expect(Object.fromEntries(await computed(folder, 'align-pay.yaml'))).not.toEqual(Object.fromEntries(expected));
    expect(watched).toEqual({ requests: [], complaints: [] });
  });

  it('starts from a variant, keeps its comments, and goes back', async () => {
    const { folder, page } = await opened();
    await settled(page, async () => {
      await page.getByRole('combobox', { name: 'Start from' }).selectOption('one-pool');
    });
    const rate = page.getByRole('textbox', { name: 'base_rate, exact value' });
    expect(await rate.inputValue()).toBe('4.5%');
    await settled(page, async () => {
      await rate.fill('5%');
      await rate.press('Enter');
    });
    const { name, text } = await downloaded(page, 'Download as a variant');
    expect(name).toBe('one-pool-changed.yaml');
    expect(text).toContain('# Lower rates, and what they save');
    expect(text).toContain('base_rate: 5%');
    writeFileSync(path.join(folder, 'pilot', name), text);
    const found = payoutsOf((await downloaded(page, 'Download payouts')).text);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(await computed(folder, `pilot/${name}`)));
    await settled(page, () => page.getByRole('button', { name: 'Back to where I started' }).click());
    expect(await rate.inputValue()).toBe('4.5%');
    // The point of a curve is dragged, and its value follows the pointer.
    const point = page.getByRole('slider', { name: 'sales_lands_it at 100%' });
    await point.scrollIntoViewIfNeeded();
    const box = await point.boundingBox();
    if (box === null) throw new Error('no point');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await settled(page, () => page.mouse.move(x, y - 20, { steps: 4 }));
    await page.mouse.up();
    const dragged = /^(\d+)%, today/.exec((await point.getAttribute('aria-valuetext')) ?? '')?.[1];
    expect(Number(dragged)).toBeGreaterThan(110);
    expect((await downloaded(page, 'Download as a variant')).text).toContain(`100%: ${dragged}%`);
  });

  it('moves the points of a curve sideways, by keys, by the pointer and as numbers, and pays what compute pays by its file', async () => {
    const { folder, page, watched } = await opened();
    const point = page.getByRole('slider', { name: 'sales_lands_it at 100%' });
    await point.focus();
    await settled(page, async () => {
      await page.keyboard.press('Shift+ArrowLeft');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowUp');
    });
    expect(await point.getAttribute('aria-valuetext')).toBe('101% at 91%, today 100% at 100%');
    // Not beyond its neighbour.
    await settled(page, async () => {
      for (let i = 0; i < 12; i++) await page.keyboard.press('Shift+ArrowLeft');
    });
    expect(await point.getAttribute('aria-valuetext')).toBe('101% at 81%, today 100% at 100%');
    const outer = page.getByRole('slider', { name: 'hand_over at 50%' });
    await outer.scrollIntoViewIfNeeded();
    const box = await outer.boundingBox();
    if (box === null) throw new Error('no point');
    expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(24);
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await settled(page, () => page.mouse.move(x + 60, y, { steps: 6 }));
    await page.mouse.up();
    const dragged = /at (\d+(?:\.\d)?)%/.exec((await outer.getAttribute('aria-valuetext')) ?? '')?.[1];
    expect(Number(dragged)).toBeGreaterThan(52);
    expect(Number(dragged)).toBeLessThan(80);
    await page.getByText('Points as numbers').nth(2).click();
    const place = page.getByRole('textbox', { name: 'influence at 50%: place, exact value' });
    await settled(page, async () => {
      await place.fill('62.5');
      await place.press('Enter');
    });
    await settled(page, async () => {
      await page.getByRole('textbox', { name: 'influence at 100%: place, exact value' }).fill('60%');
      await page.keyboard.press('Enter');
    });
    const reason = await page
      .getByRole('textbox', { name: 'influence at 100%: place' })
      .getAttribute('aria-describedby');
    expect(await page.locator(`#${reason}`).textContent()).toBe('It must be above 62.5%, the point before.');
    const variant = await downloaded(page, 'Download as a variant');
    expect(variant.text).toContain('curve: { 50%: null, 62.5%: 0% } # instead of 50%: 0%');
    writeFileSync(path.join(folder, variant.name), variant.text);
    const found = payoutsOf((await downloaded(page, 'Download payouts')).text);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(await computed(folder, variant.name)));
    expect(Object.fromEntries(found)).not.toEqual(Object.fromEntries(await computed(folder, 'align-pay.yaml')));
    await settled(page, () => page.getByRole('button', { name: 'Back to where I started' }).click());
    expect(await outer.getAttribute('aria-valuetext')).toBe('90%, as today');
    expect(watched).toEqual({ requests: [], complaints: [] });
  });

  it('says why an entry is not taken, and marks figures as old that are', async () => {
    const { page } = await opened();
    const rate = page.getByRole('textbox', { name: 'base_rate, exact value' });
    const status = page.locator('#status');
    const reasonOf = async (): Promise<string | null> => {
      expect(await rate.getAttribute('aria-invalid')).toBe('true');
      return page.locator(`#${await rate.getAttribute('aria-describedby')}`).textContent();
    };
    for (const [typed, why] of [
      ['abc', /no number: write one such as 6%/],
      ['6,5%', /with a point/],
      ['', /Nothing stands here/],
      ['250,000 USD', /with a point and without thousands/],
      ['5 USD', /write 6%/],
      ['-5%', /must not be below 0%/],
    ] as const) {
      await rate.fill(typed);
      await rate.press('Enter');
      expect(await reasonOf()).toMatch(why);
      expect(await status.textContent()).toMatch(/^base_rate: “.*” was not taken/);
    }
    const old = page.getByText('Old figures: what was moved last cannot be paid.');
    expect(await old.isVisible()).toBe(false);
    const first = page.getByRole('textbox', { name: 'marketing_bonus, sales_lands_it: weight, exact value' });
    await settled(page, async () => {
      await first.fill('150%');
      await first.press('Enter');
    });
    await old.waitFor();
    expect(await status.textContent()).toMatch(/^This cannot be paid, so the figures are those from before it: ./);
    expect(await page.locator(`#${await first.getAttribute('aria-describedby')}`).textContent()).toMatch(
      /cannot be paid/,
    );
    await settled(page, async () => {
      await first.fill('90%');
      await first.press('Enter');
    });
    expect(await old.isVisible()).toBe(false);
    expect(await first.getAttribute('aria-invalid')).toBeNull();
    expect(await status.textContent()).toMatch(/paid anew .* An entry was not taken: see the field$/);
  });

  it('gives the keyboard back to where it was, says when nobody is found, and has headings in order', async () => {
    const { page } = await opened();
    const name = page.getByRole('button', { name: /^Adaeze Okonkwo/ });
    await name.focus();
    await settled(page, () => page.keyboard.press('Enter'));
    const close = page.getByRole('button', { name: 'Close' });
    await close.focus();
    await settled(page, () => page.keyboard.press('Enter'));
    expect(await name.evaluate((button) => button === document.activeElement)).toBe(true);
    const search = page.getByRole('searchbox', { name: 'Find a person' });
    await search.fill('zzz');
    await page.getByText('Nobody is called “zzz”.').waitFor();
    await search.fill('');
    await settled(page, () => name.click());
    const levels = await page.evaluate(() =>
      [...document.querySelectorAll('h1, h2, h3, h4, h5')]
        .filter((heading) => heading.getClientRects().length > 0)
        .map((heading) => Number(heading.tagName.slice(1))),
    );
    expect(levels.filter((level) => level === 1)).toEqual([1]);
    for (const [i, level] of levels.entries())
      expect(level - (levels[i - 1] ?? 0), levels.join()).toBeLessThanOrEqual(1);
    await page.locator('.handed-out h1').waitFor();
    expect(await page.locator('.handed-out h1').getAttribute('aria-level')).toBe('3');
    const names = await page.evaluate(() =>
      [...document.querySelectorAll('.exact, input[type="range"], .handle')].map((one) =>
        one.getAttribute('aria-label'),
      ),
    );
    expect(names.filter((one, i) => names.indexOf(one) !== i)).toEqual([]);
    expect(await page.getByText('without crossing links').count()).toBeGreaterThan(1);
    expect(await page.getByText('unlinked').count()).toBe(0);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('button, input, select, summary, .handle .hit')]
        .filter((one) => one.getClientRects().length > 0)
        .map((one) => ({
          name: one.getAttribute('aria-label') ?? one.textContent,
          ...one.getBoundingClientRect().toJSON(),
        }))
        .filter(({ width, height }) => Math.min(width, height) < 24)
        .map((one) => one.name),
    );
    expect(small).toEqual([]);
  });

  it('shows of many people whom it concerns, and says on paper how many are not shown', async () => {
    const people = Array.from({ length: 40 }, (_, i) => `p${i}`);
    const folder = scratch({
      'align-pay.yaml':
        'plan: Many\ncurrency: USD\nperiod: month\nparams: { base_rate: 6% }\ncredits: { won: { each: deal } }\nrewards: { commission: { per: won, rate: base_rate } }\n',
      'people.csv': `person_id,name,department\n${people.map((id) => `${id},Person ${id},sales\n`).join('')}`,
      'deals.csv': `deal_id,owner,close_date,amount\n${people.map((id, i) => `d${i},${id},2026-01-10,${i < 30 ? 100 + i : 0}\n`).join('')}`,
    });
    const made = await run(['pilot', '--format', 'html'], { cwd: folder });
    expect({ code: made.code, stderr: made.stderr }).toEqual({ code: 0, stderr: '' });
    const page = await (await browser.newContext()).newPage();
    await page.goto(`file://${path.join(folder, 'pilot.html')}`);
    await page.waitForSelector('body.ready');
    const rows = page.locator('.people .name');
    expect(await rows.count()).toBe(16);
    await settled(page, async () => {
      await page.getByRole('slider', { name: 'base_rate' }).focus();
      await page.keyboard.press('PageUp');
    });
    expect(await rows.count()).toBe(8);
    expect(await page.locator('.people .gap').textContent()).toBe('22 more gain, nobody loses, 10 are paid as today');
    const paper = page.getByText('8 of 40 people; the others are in the CSV of all payouts.');
    expect(await paper.isVisible()).toBe(false);
    await page.emulateMedia({ media: 'print' });
    expect(await paper.isVisible()).toBe(true);
    await page.emulateMedia({ media: 'screen' });
    await page.getByRole('button', { name: 'Show all 40' }).click();
    await page.emulateMedia({ media: 'print' });
    expect(await rows.count()).toBe(40);
    expect(await paper.count()).toBe(0);
  });

  it('puts the statement after what can be moved on a phone, and beside it on a screen', async () => {
    const { page } = await opened(390);
    await settled(page, () => page.getByRole('button', { name: /^Adaeze Okonkwo/ }).click());
    const topOf = (selector: string): Promise<number> =>
      page.locator(selector).evaluate((one) => one.getBoundingClientRect().top + window.scrollY);
    const order = async (): Promise<readonly string[]> => {
      const tops = await Promise.all(
        ['#results', '#controls', '#person'].map(async (one) => [one, await topOf(one)] as const),
      );
      return [...tops].sort(([, a], [, b]) => a - b).map(([one]) => one);
    };
    expect(await order()).toEqual(['#results', '#controls', '#person']);
    await page.setViewportSize({ width: 1440, height: 900 });
    const left = await page.locator('#person').evaluate((one) => one.getBoundingClientRect().left);
    const right = await page.locator('#controls').evaluate((one) => one.getBoundingClientRect().right);
    expect(left).toBeGreaterThan(right);
  });

  it('tells one person why, and what cannot be paid', async () => {
    const { page } = await opened();
    await settled(page, () => page.getByRole('button', { name: /^Tomás Herrera/ }).click());
    const statement = page.getByRole('region', { name: 'Statement of Tomás Herrera' });
    expect(await statement.textContent()).toContain('Sales works the campaigns it was told of');
    // The statement that would be handed out, of the last period; it follows what is moved.
    const total = page.locator('[data-amount="total"]');
    await total.waitFor();
    const inQ2 = async (): Promise<string> => {
      const rows: Record<string, string>[] = parse((await downloaded(page, 'Download payouts')).text, {
        columns: true,
      });
      const own = rows.filter(({ period, person_id }) => period === '2026-Q2' && person_id === 'tomas');
      const cents = own.reduce((sum, { amount = '' }) => sum + Math.round(Number(amount) * 100), 0);
      return (cents / 100).toLocaleString('en-US', { minimumFractionDigits: 2 });
    };
    const before = await total.textContent();
    expect(before).toBe(await inQ2());
    await settled(page, async () => {
      await page.getByRole('slider', { name: 'base_rate' }).focus();
      await page.keyboard.press('PageUp');
    });
    await expect.poll(() => total.textContent()).not.toBe(before);
    expect(await total.textContent()).toBe(await inQ2());
    await page.getByRole('combobox', { name: 'Period of the statement' }).selectOption('2026-Q1');
    await page.getByText('Shared growth 2026, statement for 2026-Q1').waitFor();
    const wrong = page.getByRole('textbox', { name: 'cap, exact value' }).first();
    await settled(page, async () => {
      await wrong.fill('-5 USD');
      await wrong.press('Enter');
    });
    await page.waitForTimeout(200);
    await wrong.fill('nonsense');
    await wrong.press('Enter');
    expect(await wrong.getAttribute('aria-invalid')).toBe('true');
  });

  it('fits a phone and a wide screen, and every control has a name', async () => {
    const { page } = await opened(390);
    const wider = (): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(await wider()).toBeLessThanOrEqual(0);
    for (const width of [768, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await wider()).toBeLessThanOrEqual(0);
    }
    const unnamed = await page.evaluate(() =>
      [...document.querySelectorAll('input, select, button, [role="slider"]')]
        .filter(
          (control) => !control.getAttribute('aria-label') && !control.closest('label') && control.textContent === '',
        )
        .map((control) => control.outerHTML),
    );
    expect(unnamed).toEqual([]);
  });

  it('its policy refuses everything but itself', async () => {
    const { page, watched } = await opened();
    const policy = await page.getAttribute('meta[http-equiv="Content-Security-Policy"]', 'content');
    expect(policy).toMatch(
      /^default-src 'none'; script-src 'sha256-[\w+/=]+'; style-src 'sha256-[\w+/=]+'; worker-src blob:;/,
    );
    const refused = await page.evaluate(async () => {
      const failed: string[] = [];
      await fetch('https://example.invalid/').catch(() => failed.push('fetch'));
      const image = new Image();
      await new Promise((resolve) => {
        image.onerror = () => resolve(failed.push('image'));
        image.src = 'https://example.invalid/a.png';
      });
      const script = document.createElement('script');
      script.textContent = 'document.title = "run"';
      document.head.append(script);
      if (document.title !== 'run') failed.push('script');
      return failed;
    });
    expect(refused).toEqual(['fetch', 'image', 'script']);
    expect(watched.complaints.length).toBeGreaterThan(0);
  });

  it('shows names that try to be markup as names, and asks for nothing', async () => {
    const folder = scratch(HOSTILE);
    const made = await run(['pilot', '--format', 'html'], { cwd: folder });
    expect({ code: made.code, stderr: made.stderr }).toEqual({ code: 0, stderr: '' });
    const page = await (await browser.newContext()).newPage();
    const { complaints } = watch(page);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    const url = `file://${path.join(folder, 'pilot.html')}`;
    await page.goto(url);
    await page.waitForSelector('body.ready');
    for (const [, name] of HOSTILE_PEOPLE) {
      const row = page.locator('.people .name').filter({ hasText: name.replace(/\s+/g, ' ') });
      await row.first().click();
      await expect.poll(() => page.locator('.handed-out h1').textContent()).toBe(name);
    }
    expect(await page.title()).toBe('Hostile </script><b>plan</b> · pilot');
    expect(await page.evaluate(() => document.scripts.length)).toBe(2);
    expect(asked.filter((one) => one !== url && !one.startsWith('blob:'))).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
