import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

const EXECUTABLE = '/usr/bin/chromium';
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** Whether there is a browser to test in: Debian's, `apt-get install -y chromium`. */
export const hasBrowser = existsSync(EXECUTABLE);
if (!hasBrowser)
  process.stderr.write(`no ${EXECUTABLE}: the tests of the page are skipped (apt-get install -y chromium)\n`);

export const launch = (): Promise<Browser> => chromium.launch({ executablePath: EXECUTABLE, args: ARGS });

/** Everything that a page asks for besides itself, and all that it complains of. */
export interface Watched {
  readonly requests: readonly string[];
  readonly complaints: readonly string[];
}

export const watch = (page: Page): Watched => {
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => {
    if (!/^(?:file|blob):/.test(request.url())) requests.push(request.url());
  });
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return { requests, complaints };
};

/** The text that a press of a button offers as a file. */
export const downloaded = async (
  page: Page,
  name: string,
): Promise<{ readonly name: string; readonly text: string }> => {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return { name: download.suggestedFilename(), text: Buffer.concat(chunks).toString('utf8') };
};

/** Waits until the page has computed whatever was moved. */
export const settled = async (page: Page, change: () => Promise<void>): Promise<void> => {
  const before = await page.textContent('#status');
  await change();
  await page
    .waitForFunction((text) => document.getElementById('status')?.textContent !== text, before, { timeout: 5000 })
    .catch(() => {});
  await page.waitForTimeout(150);
};
