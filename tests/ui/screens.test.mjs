// Every screen of the program, one after the other, on one commune: it fits its window at every size, in both languages, and axe
// finds nothing in either theme. With SAS_PICTURES it is where the pictures of the screens come from.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccessibility, openPage, sampleCommune, screen, sizes } from './fixture.mjs';
import { signIn } from './register.mjs';

const rows = (page) => page.locator('tbody [data-row] a[href^="#/people/"]');

/** A person of the list of people, on one of the tabs. */
const person = (tab) => async (page, go) => {
  await go('#/people');
  await rows(page).nth(3).waitFor();
  await go(`${await rows(page).nth(3).getAttribute('href')}/${tab}`);
  await page.locator('.detail h1').waitFor();
};

const household = (keys) => async (page, go) => {
  await go('#/households');
  await page.locator('.list [role=option]').nth(1).click();
  await page.locator('.detail h1').waitFor();
  if (keys) await page.keyboard.press(keys);
};

/** What stands there once the screen is drawn. */
const at = (address, ready) => async (page, go) => {
  await go(address);
  await page.locator(ready).first().waitFor();
};

const screens = {
  desk: at('#/desk', '[data-task]'),
  households: at('#/households', '[role=option]'),
  household: household(),
  'household-more': household('Alt+2'),
  'household-history': household('Alt+3'),
  'entry-empty': at('#/entry', '[data-cell="household.village"]'),
  roster: at('#/roster', '.body a, section a'),
  people: at('#/people', 'tbody [data-row] a'),
  person: person('entitlements'),
  'person-profile': person('profile'),
  'person-family': person('family'),
  'person-papers': person('papers'),
  'person-restricted': person('restricted'),
  'person-history': person('history'),
  'person-privacy': person('privacy'),
  outreach: at('#/outreach', 'tbody tr'),
  adjustments: at('#/adjustments', 'h1'),
  policies: at('#/policies', 'article, .sec'),
  'policies-figures': at('#/policies/figures', 'table'),
  'policies-preview': at('#/policies/preview', 'form'),
  duplicates: async (page, go) => {
    await at('#/duplicates', '[role=option]')(page, go);
    await page.getByRole('option').first().click();
    await page.locator('.d-body table').waitFor();
  },
  imports: at('#/imports', 'table'),
  export: at('#/imports/export', '.form, form'),
  quality: at('#/quality', 'table'),
  map: at('#/map', 'svg .village'),
  sync: at('#/sync', '.body table'),
  places: async (page, go) => {
    await at('#/places', 'tbody tr')(page, go);
    await page.locator('tbody tr').first().click();
    await page.locator('.aside').waitFor();
  },
  'places-commune': at('#/places/commune', 'table'),
  privacy: at('#/privacy', '.state, table'),
  'privacy-notice': at('#/privacy/notice', 'article'),
  'privacy-map': at('#/privacy/map', 'article'),
  workers: at('#/admin/workers', '.panel li'),
  backups: at('#/admin/backups', 'h2'),
  audit: at('#/admin/audit', 'tbody tr'),
  account: at('#/account', 'form'),
  settings: at('#/settings', '[role=radiogroup]'),
};

/** Boxes that may not be wider than their place: heads, bars and panes. What scrolls sideways on purpose is a table of its own. */
const tooWide = (page) =>
  page.evaluate(() => {
    const boxes = document.querySelectorAll('.head, .d-head, .d-body, .bar, .list, .list-top, .list-foot, .aside, .body, .split');
    return [...boxes]
      .filter((box) => box.scrollWidth > box.clientWidth + 1 || box.getBoundingClientRect().right > innerWidth + 1)
      .map((box) => `${box.className} ${box.scrollWidth} in ${box.clientWidth}`);
  });

async function walk(t, { language, check }) {
  const { page } = await openPage(t, { data: sampleCommune(t, { households: 240 }) });
  if (language) await page.getByRole('button', { name: language }).click();
  await page.locator('input[type=password]').first().waitFor();
  if (!language) await screen(page, 'sign-in');
  if (!language) await signIn(page);
  else {
    await page.locator('input[type=password]').first().fill('mau mat khau 2026');
    await page.keyboard.press('Enter');
    await page.locator('.rail').waitFor();
  }
  const go = (address) => page.evaluate((hash) => void (location.hash = hash), address);
  for (const [name, open] of Object.entries(screens)) {
    await page.setViewportSize(sizes.laptop);
    await open(page, go);
    await page.waitForFunction(() => !document.querySelector('.sk, [aria-busy=true]'));
    for (const [size, viewport] of Object.entries(sizes)) {
      await page.setViewportSize(viewport);
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
      assert.deepEqual(await tooWide(page), [], `${name} at ${size}`);
    }
    await check?.(page, name);
  }
}

test('every screen fits its window and can be read by everybody, light and dark', async (t) => {
  await walk(t, {
    check: async (page, name) => {
      await page.setViewportSize(sizes.laptop);
      for (const colorScheme of ['dark', 'light']) {
        await page.emulateMedia({ colorScheme });
        await checkAccessibility(page);
      }
      await screen(page, name);
    },
  });
});

test('every screen fits its window in English', (t) => walk(t, { language: 'English' }));
