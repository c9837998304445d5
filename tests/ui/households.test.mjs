// Households in the real UI: entered by keyboard, found without diacritics, looked at on every screen.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { family, hurried } from '../lib/family.mjs';
import { password } from '../lib/programs.mjs';
import { checkAccessibility, emptyCommune, openPage, picture, sampleCommune, sizes } from './fixture.mjs';

async function signIn(page) {
  await page.locator('input[type=password]').fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Chức năng' }).waitFor();
}

const cell = (page) => page.evaluate(() => document.activeElement?.closest('[data-cell],[data-cells]')?.dataset.cell ?? '');

test('a household of five is entered without the mouse and found without diacritics', async (t) => {
  const { page } = await openPage(t, { data: emptyCommune(t) });
  await signIn(page);
  await page.goto(new URL('#/entry', page.url()).href);
  await page.locator('[data-cell="household.village"]').waitFor();
  for (let step = 0; step < 12 && !(await cell(page)).endsWith('.full_name'); step += 1) await page.keyboard.press('Enter');
  for (const [at, values] of family.entries()) {
    assert.match(await cell(page), /\.full_name$/, `line ${at + 1} begins with the name`);
    for (const value of values) {
      await page.keyboard.type(value);
      await page.keyboard.press('Enter');
    }
    // Ethnic group and disability keep what stands there.
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.dataset.cell?.endsWith('.full_name'));
  }
  await checkAccessibility(page);
  await page.keyboard.press('Control+s');
  await page.getByText('Đã lưu hộ', { exact: false }).first().waitFor();

  await page.keyboard.press('Control+k');
  await page.keyboard.type(hurried);
  await page.getByRole('option', { name: /Đinh Thị Ước/ }).first().waitFor();
  await checkAccessibility(page);
  await picture(page, 'palette');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.locator('main').getByText('Đinh Thị Ước').first().waitFor();
});

test('a draft outlives the program', async (t) => {
  const { page, host, data, complaints } = await openPage(t, { data: emptyCommune(t) });
  await signIn(page);
  await page.goto(new URL('#/entry', page.url()).href);
  const name = page.locator('input[data-cell$=".full_name"]').first();
  await name.fill('Quách Thị Dở Dang');
  await page.getByText('Bản nháp').first().waitFor();
  host.child.kill('SIGKILL');
  await new Promise((resolve) => host.child.once('exit', resolve));
  await page.close();
  // A page whose program is gone has reason to complain.
  complaints.length = 0;

  const again = await openPage(t, { data });
  await signIn(again.page);
  await again.page.goto(new URL('#/entry', again.page.url()).href);
  await again.page.getByText('Quách Thị Dở Dang').first().waitFor();
});

const screens = ['desk', 'households', 'entry', 'people', 'imports', 'sync', 'places', 'account', 'admin', 'settings'];

test('every screen of the sample stands up to axe at both sizes, light and dark', async (t) => {
  const { page } = await openPage(t, { data: sampleCommune(t), size: sizes.scaled });
  await signIn(page);
  for (const screen of screens) {
    await page.goto(new URL(`#/${screen}`, page.url()).href);
    await page.locator('main').waitFor();
    await page.waitForFunction(() => !document.querySelector('[aria-busy=true]'));
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await checkAccessibility(page);
    }
    await picture(page, screen);
  }
});
