// One person, one entry: hints while typing, taken in or told apart by keyboard; pairs compared, merged and taken apart.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccessibility, emptyCommune, openPage, picture } from './fixture.mjs';
import { household, members, open, signIn, typeFields } from './register.mjs';

async function begin(page) {
  await open(page, 'Hộ gia đình');
  await page.keyboard.press('n');
  await page.getByRole('heading', { level: 1, name: 'Thêm hộ' }).waitFor();
  await typeFields(page, '', ...household.slice(1, 3), 'n', ...household.slice(4));
}

async function enter(page, people, head) {
  await begin(page);
  for (const person of people) await typeFields(page, ...person);
  await page.keyboard.press('Control+s');
  await page.getByRole('heading', { level: 1, name: head }).waitFor();
}

/** A commune with the household of five, and the page on it. */
async function registered(t) {
  const { page } = await openPage(t, { data: emptyCommune(t) });
  await signIn(page);
  await enter(page, members, 'Bùi Thị Nhợi');
  return page;
}

const again = ['Quach Thi Hau', 'h', '', '1984', '', '', ''];
const spouse = ['Hà Văn Tư', 'v', 'nam', '1980', '', '', ''];

test('somebody of the register is hinted while typing and taken in by keyboard', async (t) => {
  const page = await registered(t);
  await begin(page);
  await typeFields(page, ...again);
  await page.getByText('Có thể trùng:').waitFor();
  await page.keyboard.type('Hà Văn Tư');
  await picture(page, 'entry-similar');
  await page.keyboard.press('F6');
  const same = page.getByRole('button', { name: 'Đúng người này' });
  await same.waitFor();
  assert.ok(await same.evaluate((button) => button === document.activeElement), 'F6 goes to what can be done');
  await checkAccessibility(page);
  await picture(page, 'entry-similar-open');
  await page.keyboard.press('Escape');
  await page.getByText('Có thể trùng:').waitFor();
  await page.getByRole('heading', { level: 1, name: 'Thêm hộ' }).waitFor();
  await page.keyboard.press('F6');
  await same.waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('chuyển từ hộ Bùi Thị Nhợi sang hộ này').waitFor();
  assert.equal(await page.getByLabel('Ngày sinh').first().inputValue(), '04/1984', 'what the register knows stands in the line');
  await page.keyboard.press('Control+s');
  await page.getByRole('heading', { level: 1, name: 'Quách Thị Hậu' }).waitFor();
  await page.getByText('2 người đang ở').waitFor();
  await page.getByRole('option', { name: 'Bùi Thị Nhợi' }).click();
  await page.getByText('4 người đang ở').waitFor();
});

test('somebody known to be in the register is taken in by F6 though nothing but a name is typed', async (t) => {
  const page = await registered(t);
  await begin(page);
  await page.keyboard.type('quach thi hau');
  await page.keyboard.press('F6');
  await page.getByRole('button', { name: 'Đúng người này' }).waitFor();
  await checkAccessibility(page);
  await page.keyboard.press('Enter');
  await page.getByText('chuyển từ hộ Bùi Thị Nhợi sang hộ này').waitFor();
  assert.equal(await page.getByLabel('Họ và tên').first().inputValue(), 'Quách Thị Hậu');
  await page.keyboard.press('Control+s');
  await page.getByRole('heading', { level: 1, name: 'Quách Thị Hậu' }).waitFor();
  await page.getByText('1 người đang ở').waitFor();
});

test('a different person is told by keyboard and not asked about again', async (t) => {
  const page = await registered(t);
  await begin(page);
  await typeFields(page, ...again);
  await page.getByText('Có thể trùng:').waitFor();
  await page.keyboard.press('F6');
  await page.getByRole('button', { name: 'Người khác' }).waitFor();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.getByText('Có thể trùng:').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+s');
  await page.getByRole('heading', { level: 1, name: 'Quach Thi Hau' }).waitFor();
  await open(page, 'Trùng lặp');
  await page.getByText('Không thấy ai được ghi hai lần').waitFor();
  await checkAccessibility(page);
  await picture(page, 'duplicates-none');
});

test('somebody who may be entered twice is told of on the tab a page opens on', async (t) => {
  const page = await registered(t);
  await enter(page, [['Quách Thị Hâu', 'h', '', '02/04/1984', '', '', ''], spouse], 'Quách Thị Hâu');
  await page.locator('.d-body').getByRole('link', { name: 'Quách Thị Hâu' }).click();
  await page.getByRole('tab', { name: 'Chế độ', selected: true }).waitFor();
  await page.getByText('Có thể trùng:').waitFor();
  await checkAccessibility(page);
  await page.keyboard.press('F6');
  const same = page.getByRole('button', { name: 'Đúng người này' });
  await same.waitFor();
  assert.ok(await same.evaluate((button) => button === document.activeElement), 'F6 goes to what can be done');
});

test('two entries of one person are compared, merged, found by the old name and taken apart', async (t) => {
  const page = await registered(t);
  await enter(page, [['Quách Thị Hâu', 'h', '', '02/04/1984', '', '', ''], spouse], 'Quách Thị Hâu');
  await open(page, 'Trùng lặp');
  await page.getByRole('option').first().click();
  await page.getByRole('table', { name: 'So hai mục' }).waitFor();
  await page.getByText('họ tên chỉ khác dấu').first().waitFor();
  for (const who of ['A: Quách Thị Hậu', 'B: Quách Thị Hâu']) {
    const history = page.getByRole('region', { name: `Lịch sử của ${who}` });
    await history.getByText('Ghi mới').first().waitFor();
    await history.getByText('Bùi Thị Mừng', { exact: false }).first().waitFor();
  }
  await checkAccessibility(page);

  await page.getByRole('option').first().focus();
  await page.keyboard.press('g');
  await page.getByRole('row', { name: /^Ngày sinh/ }).getByRole('radio').nth(1).check();
  await page.getByRole('row', { name: /^Hộ / }).getByRole('radio').first().check();
  await checkAccessibility(page);
  await picture(page, 'duplicates-merge');
  await page.keyboard.press('Control+s');
  await page.getByText('Đã gộp vào Quách Thị Hậu').waitFor();
  await page.getByText('Không thấy ai được ghi hai lần').waitFor();

  await page.keyboard.press('Control+k');
  await page.keyboard.type('quách thị hâu 1984');
  await page.getByRole('option', { name: 'Quách Thị Hậu' }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Quách Thị Hậu' }).waitFor();
  await page.keyboard.press('Alt+2');
  await page.getByText('Đã gộp mục Quách Thị Hâu').waitFor();
  await page.getByRole('definition').filter({ hasText: '02/04/1984' }).waitFor();
  await checkAccessibility(page);
  await picture(page, 'person-merged');
  await page.getByRole('button', { name: 'Tách ra' }).click();
  await page.getByText('Có thể trùng:').waitFor();
  await page.keyboard.press('F6');
  await page.getByRole('button', { name: 'Đúng người này' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('table', { name: 'So hai mục' }).waitFor();
});
