// What surrounds the register: finding anything, workers and their rights, villages, backups, the look.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { password } from '../lib/programs.mjs';
import { checkAccessibility, emptyCommune, openPage, picture, sampleCommune } from './fixture.mjs';

const me = 'Bùi Thị Mừng';

async function signIn(page, name = me, secret = password) {
  await page.getByLabel(`Mật khẩu của ${name}`, { exact: true }).fill(secret);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Chức năng' }).waitFor();
}

/** Opens a screen of the rail. */
async function open(page, name) {
  await page.getByRole('navigation', { name: 'Chức năng' }).getByRole('link', { name }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

test('Ctrl+K finds screens and villages without diacritics', async (t) => {
  const { page } = await openPage(t, { data: sampleCommune(t) });
  await page.locator('input[type=password]').fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Bàn việc' }).waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('dong bo');
  await page.getByRole('option', { name: 'Đồng bộ' }).waitFor();
  await checkAccessibility(page);
  await picture(page, 'palette');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Đồng bộ' }).waitFor();
});

test('Ctrl+K does an act of the household shown, and shows first what was opened last', async (t) => {
  const { page } = await openPage(t, { data: sampleCommune(t) });
  await page.locator('input[type=password]').fill(password);
  await page.keyboard.press('Enter');
  await open(page, 'Hộ gia đình');
  await page.getByRole('listbox', { name: 'Hộ gia đình' }).getByRole('option').first().click();
  const name = await page.locator('.detail h1').innerText();

  // An act without a key of its own, found by the beginning of a word.
  await page.keyboard.press('Control+k');
  await page.keyboard.type('tach');
  const split = page.getByRole('group', { name: 'Việc ở trang này' }).getByRole('option', { name: 'Tách hộ' });
  await split.and(page.locator('[aria-selected=true]')).waitFor();
  await page.getByRole('dialog').getByRole('status').getByText('1 mục').waitFor({ state: 'attached' });
  await checkAccessibility(page);
  await page.keyboard.press('Enter');
  const panel = page.getByRole('region', { name: 'Tách hộ' });
  await panel.locator('input:focus').waitFor();
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });

  // An act that opens a dialog; an act known by its key only.
  await page.keyboard.press('Control+k');
  await page.keyboard.type('xoa ho');
  await page.getByRole('option', { name: 'Xóa hộ' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: `Xóa hộ ${name} khỏi sổ?` }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+k');
  await page.keyboard.type('the lich su');
  await page.getByRole('option', { name: 'Thẻ Lịch sử' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('tabpanel', { name: 'Lịch sử' }).waitFor();

  await page.keyboard.press('Control+k');
  await page.keyboard.type(name);
  await page.getByRole('group', { name: 'Người' }).getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name }).waitFor();

  // Another page has other acts; what was opened last stands first, and is chosen.
  await open(page, 'Đồng bộ');
  await page.keyboard.press('Control+k');
  const recent = page.getByRole('group', { name: 'Mở gần đây' }).getByRole('option', { name }).first();
  await recent.and(page.locator('[aria-selected=true]')).waitFor();
  await checkAccessibility(page);
  await picture(page, 'palette-recent');
  const ofPage = page.getByRole('group', { name: 'Việc ở trang này' });
  assert.equal(await ofPage.getByRole('option', { name: 'Tách hộ' }).count(), 0, 'an act of the household');
  await page.keyboard.type('khong co gi nhu the');
  await page.getByRole('status').getByText('Không thấy').waitFor();
  await checkAccessibility(page);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('giao dien toi');
  await page.getByRole('option', { name: 'Giao diện tối' }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('html[data-theme=dark]').waitFor();
});

test('Ctrl+K begins an event by any word for it, and asks for the household', async (t) => {
  const { page } = await openPage(t, { data: sampleCommune(t) });
  await page.locator('input[type=password]').fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Bàn việc' }).waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('qua doi');
  await page.getByRole('option', { name: 'Khai tử' }).and(page.locator('[aria-selected=true]')).waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('Khai tử: chọn hộ, rồi Enter').waitFor();
  await checkAccessibility(page);
  await picture(page, 'event-asks-household');
  // The search has the focus already.
  await page.keyboard.press('ArrowDown');
  await page.locator('.detail h1').waitFor();
  await page.keyboard.press('Enter');
  const form = page.getByRole('region', { name: 'Khai tử', exact: true });
  await form.getByLabel('Ngày mất').waitFor();
  await page.getByText('chọn hộ, rồi Enter').waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await form.waitFor({ state: 'detached' });

  await page.keyboard.press('Control+k');
  await page.keyboard.type('them nguoi dung');
  await page.getByRole('option', { name: 'Thêm người dùng' }).and(page.locator('[aria-selected=true]')).waitFor();
  await page.keyboard.press('Enter');
  await page.getByLabel('Vai trò').waitFor();
});

test('a second worker of the one-stop desk signs in and sees no administration', async (t) => {
  const { page } = await openPage(t, { data: emptyCommune(t) });
  await signIn(page);
  await open(page, 'Quản trị');
  await page.getByRole('button', { name: 'Thêm người dùng' }).click();
  await page.getByLabel('Họ và tên').fill('Hà Thị Vẻ');
  await page.getByLabel('Vai trò').click();
  await page.getByLabel('Vai trò').fill('mot cua');
  await page.getByRole('option', { name: 'Bộ phận một cửa' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByLabel('Mật khẩu mới', { exact: true }).fill('mat khau cua ve');
  await page.getByLabel('Gõ lại mật khẩu').fill('mat khau cua ve');
  await page.keyboard.press('Enter');
  await page.getByText('Đã thêm Hà Thị Vẻ').waitFor();
  await page.keyboard.press('Control+l');
  await page.getByRole('radio', { name: /Hà Thị Vẻ/ }).click();
  await signIn(page, 'Hà Thị Vẻ', 'mat khau cua ve');
  assert.equal(await page.getByRole('link', { name: 'Quản trị' }).count(), 0, 'administration is for administrators');
});

test('a village is added, renamed and given its region status by date', async (t) => {
  const { page } = await openPage(t, { data: emptyCommune(t) });
  await signIn(page);
  await open(page, 'Xóm và xã');
  await page.getByRole('button', { name: 'Thêm xóm' }).click();
  await page.getByLabel('Tên xóm').fill('Mu');
  await page.keyboard.press('Control+s');
  await page.getByRole('heading', { level: 2, name: 'Xóm Mu' }).waitFor();
  await page.getByLabel('Tên xóm').fill('Mu Ngoài');
  await page.keyboard.press('Control+s');
  await page.getByRole('heading', { level: 2, name: 'Xóm Mu Ngoài' }).waitFor();
  await page.getByRole('button', { name: 'Thêm diện mới' }).click();
  await page.getByLabel('Diện vùng', { exact: true }).click();
  await page.getByRole('option', { name: 'Thôn đặc biệt khó khăn' }).click();
  await page.locator('.aside form').last().getByLabel('Có hiệu lực từ').fill('01/01/2026');
  await page.locator('.aside form').last().getByRole('button', { name: 'Lưu' }).click();
  await page.getByText('từ 01/01/2026').waitFor();
  await checkAccessibility(page);
});

test('a backup is made by hand and the audit tells who did what', async (t) => {
  const { page } = await openPage(t, { data: emptyCommune(t) });
  await signIn(page);
  await open(page, 'Quản trị');
  await page.getByRole('tab', { name: 'Sao lưu' }).click();
  await page.getByRole('button', { name: 'Sao lưu ngay' }).click();
  await page.getByText('Đã sao lưu và thử mở được').waitFor();
  await page.getByRole('tab', { name: 'Nhật ký' }).click();
  await page.getByText('Tạo sổ').waitFor();
  await checkAccessibility(page);
});

test('the language is changed before sign-in and kept', async (t) => {
  const { page } = await openPage(t, { data: emptyCommune(t) });
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('heading', { name: 'Open the register' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Open the register' }).waitFor();
  await page.getByLabel(`Password of ${me}`, { exact: true }).fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Work desk' }).waitFor();
  await page.keyboard.press('?');
  await page.getByRole('heading', { name: 'Keys of this screen' }).waitFor();
});
