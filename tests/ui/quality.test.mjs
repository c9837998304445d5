// The quality of the register by village, and the commune as points.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccessibility, emptyCommune, openPage, picture, sampleCommune } from './fixture.mjs';
import { open, signIn } from './register.mjs';

async function sample(t, screen) {
  const { page } = await openPage(t, { data: sampleCommune(t) });
  await signIn(page);
  await open(page, screen);
  return page;
}

const digits = (text) => Number(text.replace(/\D/g, ''));
const table = (page, name = 'Người') => page.getByRole('region', { name }).getByRole('table');

test('a number of the quality of data opens the list of exactly those it counts', async (t) => {
  const page = await sample(t, 'Chất lượng dữ liệu');
  await table(page).waitFor();
  await checkAccessibility(page);
  await picture(page, 'quality');

  const first = table(page).locator('tbody tr').first();
  const number = first.locator('td a').nth(1);
  const counted = digits(await number.innerText());
  assert.ok(counted > 0);
  await number.click();
  await page.getByRole('heading', { level: 1, name: 'Nhân khẩu' }).waitFor();
  await page.getByText(`${counted} mục khớp`).waitFor();

  await open(page, 'Chất lượng dữ liệu');
  await page.keyboard.press('Alt+2');
  await page.getByText('Không thiếu gì').waitFor();
  await checkAccessibility(page);
});

test('villages where most is missing come first, and arrows go from number to number', async (t) => {
  const page = await sample(t, 'Chất lượng dữ liệu');
  await table(page).waitFor();
  const shares = await table(page).locator('tbody tr').evaluateAll((rows) => rows.map((row) => parseFloat(row.cells[2].innerText.replace(',', '.'))));
  assert.ok(shares.length > 1 && shares.every((share) => share >= 0));
  assert.deepEqual(shares, shares.toSorted((a, b) => a - b));

  const place = () => page.evaluate(() => [document.activeElement.closest('tr').rowIndex, document.activeElement.closest('td').cellIndex]);
  await table(page).locator('tbody tr').first().locator('td a').first().focus();
  await page.keyboard.press('ArrowDown');
  assert.deepEqual(await place(), [2, 1]);
  await page.keyboard.press('ArrowRight');
  const [row, column] = await place();
  assert.ok(row === 2 && column >= 3, 'the share is no link and is passed');
});

test('an empty register says so and not that nothing is missing', async (t) => {
  const { page } = await openPage(t, { data: emptyCommune(t) });
  await signIn(page);
  await open(page, 'Chất lượng dữ liệu');
  await page.getByText('Sổ chưa có ai').waitFor();
});
