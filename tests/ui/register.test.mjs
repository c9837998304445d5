// The register by keyboard: what is wrong is told, Unikey types, lists are gone through, households come and go.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccessibility, emptyCommune, openPage, picture, sampleCommune, screen } from './fixture.mjs';
import { household, members, open, signIn, typeFields } from './register.mjs';

async function enter(page, people = members) {
  await open(page, 'Hộ gia đình');
  await page.keyboard.press('n');
  await page.getByRole('heading', { level: 1, name: 'Thêm hộ' }).waitFor();
  await typeFields(page, '', ...household.slice(1, 3), 'n', ...household.slice(4));
  for (const person of people) await typeFields(page, ...person);
}

test('a household of five is typed without the mouse and found without diacritics', async (t) => {
  const { page } = await openPage(t, { data: emptyCommune(t) });
  await signIn(page);
  await enter(page);
  assert.equal(await page.getByLabel('Ngày sinh').first().inputValue(), '12/03/1950');
  assert.equal(await page.getByLabel('Số định danh').first().inputValue(), '017150 000 127');
  await checkAccessibility(page);
  await screen(page, 'entry');
  await page.keyboard.press('Control+s');
  await page.getByRole('heading', { level: 1, name: 'Bùi Thị Nhợi' }).waitFor();
  await page.getByText('5 người đang ở').waitFor();
  await checkAccessibility(page);

  await page.keyboard.press('/');
  await page.keyboard.type('ngoc anh 2012');
  await page.getByRole('option', { name: 'Bùi Thị Nhợi' }).waitFor();
});

test('what is wrong is told under its line, warnings are saved, two-digit years are not', async (t) => {
  const { page } = await openPage(t, { data: emptyCommune(t) });
  await signIn(page);
  await enter(page, [
    ['Bùi Thị Nhợi', '', '', '12/03/50', '', '', ''],
    ['Bùi Văn Thìn', 'c', 'nu', '1978', '17078000452', '', ''],
  ]);
  await page.getByText('Ghi năm đủ 4 số').waitFor();
  await page.getByText('Có 11 số, cần 12').waitFor();
  await picture(page, 'entry-problems');
  await page.keyboard.press('Control+s');
  await page.keyboard.press('F8');
  await page.getByLabel('Ngày sinh').first().fill('12/03/1950');
  await page.getByRole('button', { name: 'thêm 0 vào đầu' }).click();
  await page.getByText('Số định danh báo Nam').waitFor();
  await page.keyboard.press('Control+s');
  await page.getByRole('heading', { level: 1, name: 'Bùi Thị Nhợi' }).waitFor();
});

test('Unikey types by Backspace and letters, and nothing is taken while composing', async (t) => {
  const { page } = await openPage(t, { data: emptyCommune(t) });
  await signIn(page);
  await enter(page, []);
  for (const key of ['B', 'u', 'i', 'Backspace', 'Backspace', 'ù', 'i']) {
    if (key.length === 1) await page.keyboard.insertText(key);
    else await page.keyboard.press(key);
  }
  const name = page.getByLabel('Họ và tên').first();
  assert.equal(await name.inputValue(), 'Bùi');
  await name.dispatchEvent('keydown', { key: 'Enter', keyCode: 229, isComposing: true, bubbles: true });
  assert.ok(await name.evaluate((input) => input === document.activeElement), 'Enter while composing stays in the field');
});

test('the list of a sample commune is filtered, sorted, and gone through by keyboard', async (t) => {
  const { page } = await openPage(t, { data: sampleCommune(t, { households: 120 }) });
  await signIn(page);
  await open(page, 'Hộ gia đình');
  await page.getByText('120', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Loại hộ' }).click();
  await page.getByRole('menuitem', { name: 'Hộ nghèo' }).click();
  await page.getByText('mục khớp').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByText('người đang ở').waitFor();
  await page.getByRole('tab', { name: 'Lịch sử' }).click();
  await page.getByText('Ghi mới').first().waitFor();
  await checkAccessibility(page);
  await picture(page, 'households');
  // Filters are kept while one is elsewhere.
  await open(page, 'Nhân khẩu');
  await open(page, 'Hộ gia đình');
  await page.getByText('mục khớp').waitFor();
});

test('a household is changed, deleted with its reason, and comes back by Ctrl+Z', async (t) => {
  const { page } = await openPage(t, { data: emptyCommune(t) });
  await signIn(page);
  await enter(page, members.slice(0, 2));
  await page.keyboard.press('Control+s');
  await page.getByRole('heading', { level: 1, name: 'Bùi Thị Nhợi' }).waitFor();
  await page.keyboard.press('e');
  await page.getByRole('heading', { level: 1, name: 'Sửa hộ' }).waitFor();
  await page.getByLabel('Họ và tên').nth(2).fill('Bùi Thị Lợi');
  await page.keyboard.press('Control+s');
  await page.getByText('3 người đang ở').waitFor();

  await page.getByRole('button', { name: 'Xóa hộ' }).click();
  await page.getByRole('radio', { name: 'Ghi nhầm' }).click();
  await picture(page, 'household-delete');
  await page.getByRole('dialog').getByRole('button', { name: 'Xóa hộ' }).click();
  await page.getByText('Sổ chưa có hộ nào').waitFor();
  await page.keyboard.press('Control+z');
  await page.getByRole('option', { name: 'Bùi Thị Nhợi' }).waitFor();
});
