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

test('duplicates are counted with a way to them, and what of the indicator cannot be computed is said', async (t) => {
  const page = await sample(t, 'Chất lượng dữ liệu');
  await page.getByText('Sổ chưa giữ ảnh giấy tờ của ai', { exact: false }).waitFor();
  const pairs = page.locator('dl.parts').getByRole('link');
  await pairs.waitFor();
  const counted = digits(await pairs.innerText());
  await pairs.click();
  await page.getByRole('heading', { level: 1, name: 'Trùng lặp' }).waitFor();
  if (counted === 0) await page.getByText('Không thấy ai được ghi hai lần').waitFor();
  else await page.getByRole('option').first().waitFor();
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

const map = (page) => page.getByRole('group', { name: /^Bản đồ/ });
/** Boxes of the names on the map. */
const names = (page) => map(page).locator('.village text').evaluateAll((texts) => texts.map((text) => text.getBoundingClientRect().toJSON()));
const overlap = (a, b) => a.left < b.right - 2 && b.left < a.right - 2 && a.top < b.bottom - 4 && b.top < a.bottom - 4;

test('the map shows the villages by name without overlap and its list opens households', async (t) => {
  const page = await sample(t, 'Bản đồ');
  await map(page).locator('.village').first().waitFor();
  const list = page.getByRole('list', { name: 'Xóm trên bản đồ' });
  const villages = list.getByRole('button');
  assert.equal(await map(page).locator('.village').count(), await villages.count());
  await checkAccessibility(page);
  const boxes = await names(page);
  assert.ok(boxes.length > 3, 'villages stand by name');
  boxes.forEach((box, n) => assert.ok(!boxes.slice(n + 1).some((other) => overlap(box, other)), 'names do not overlap'));

  await map(page).focus();
  const origin = () => map(page).locator('svg > g').first().getAttribute('transform');
  const before = await origin();
  await page.keyboard.press('ArrowLeft');
  const moved = await origin();
  assert.notEqual(moved, before);
  await page.keyboard.press('+');
  assert.notEqual(await origin(), moved);
  await page.keyboard.press('0');
  assert.equal(await origin(), before);

  await villages.first().focus();
  await page.keyboard.press('Enter');
  const home = list.getByRole('listitem').getByRole('link').first();
  const name = await home.innerText();
  await picture(page, 'map-village');
  await checkAccessibility(page);
  await home.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Hộ gia đình' }).waitFor();
  await page.locator('.detail').getByText(name).first().waitFor();
});

test('a commune without coordinates is told how to add them, and a village then stands on the map', async (t) => {
  const { page } = await openPage(t, { data: emptyCommune(t) });
  await signIn(page);
  await open(page, 'Bản đồ');
  await page.getByText('Chưa có gì để vẽ').waitFor();
  await checkAccessibility(page);
  await page.locator('.state').getByRole('link', { name: 'Xóm và xã' }).click();
  await page.keyboard.press('n');
  await page.getByLabel('Tên xóm').fill('Mu');
  await page.getByLabel('Vĩ độ').fill('20,6123');
  await page.getByLabel('Kinh độ').fill('105,3211');
  await picture(page, 'village-location');
  await page.keyboard.press('Control+s');
  await page.getByRole('region', { name: 'Xóm' }).getByText('xóm Mu').waitFor();
  await open(page, 'Bản đồ');
  await map(page).locator('text', { hasText: 'xóm Mu' }).waitFor();
});
