// The real UI in Chromium against the development host on the real store: a fresh folder, host and page for each test.
// The page that a test leaves behind is checked by axe, and an error in the console fails the test.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before } from 'node:test';
import { AxeBuilder, chromium } from '../lib/modules.mjs';
import { ansinh, atEnd, muongBi, passwordFile, root, scratch, startHost, today } from '../lib/programs.mjs';

/** CSS sizes of the design: a laptop, the same at 125 %, a large screen. */
export const sizes = {
  laptop: { width: 1366, height: 768 },
  scaled: { width: 1093, height: 614 },
  large: { width: 1920, height: 1080 },
};

let browser;

before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.SAS_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
});
after(() => browser?.close());

/** A page of the program on the data folder `data`, which a test may have filled before. */
export async function openPage(t, { data = join(scratch(t), 'commune'), size = sizes.laptop, theme = 'light', words = [] } = {}) {
  const host = await startHost(t, data, words);
  const context = await browser.newContext({ viewport: size, colorScheme: theme, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh' });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  atEnd(t, async () => {
    try {
      if (!page.isClosed()) await checkAccessibility(page);
      assert.deepEqual(complaints, [], 'the page must run without errors');
    } finally {
      await context.close();
    }
  });
  await page.goto(host.url);
  return { page, host, data, context, complaints };
}

/** axe finds nothing on the page as it stands: WCAG 2.2 A and AA. */
export async function checkAccessibility(page) {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
  assert.deepEqual(found, [], `axe on ${page.url()}`);
}

/** A sample commune in a folder of its own. */
export function sampleCommune(t, { households = 40, seed = 1 } = {}) {
  const data = join(scratch(t), 'commune');
  ansinh(data, ['seed', '--households', String(households), '--seed', String(seed)]);
  return data;
}

/** An empty commune of a folder of its own, its set-up done. */
export function emptyCommune(t, name = 'Bùi Thị Mừng') {
  const data = join(scratch(t), 'commune');
  ansinh(data, ['init', '--commune', muongBi.code, '--user', name, '--recovery-file', `${data}.recovery`]);
  return data;
}

/** The page at each of these sizes, light and dark, in `docs/pictures/<name>-<size>-<theme>.png`, when pictures are asked for. */
async function take(page, name, shots) {
  if (!process.env.SAS_PICTURES) return;
  for (const [label, theme] of shots) {
    await page.setViewportSize(sizes[label]);
    await page.emulateMedia({ colorScheme: theme });
    const file = join(root, `docs/pictures/${name}-${label}-${theme}.png`);
    mkdirSync(dirname(file), { recursive: true });
    await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
    // A third of the size, by a palette of its own; where there is no ImageMagick it stays as it is.
    spawnSync('convert', [file, '-dither', 'None', '-colors', '128', '-define', 'png:compression-filter=0', `PNG8:${file}`]);
  }
  await page.setViewportSize(sizes.laptop);
  await page.emulateMedia({ colorScheme: 'light' });
}

/** A state of a screen: once light on a laptop, once dark where there is least room. */
export const picture = (page, name) => take(page, name, [['laptop', 'light'], ['scaled', 'dark']]);

/** A screen: at every size, light and dark. */
export const screen = (page, name) =>
  take(page, name, Object.keys(sizes).flatMap((size) => [[size, 'light'], [size, 'dark']]));

export { passwordFile, today };
