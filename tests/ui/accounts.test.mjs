// Setting up a machine and opening it again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { password } from '../lib/programs.mjs';
import { checkAccessibility, emptyCommune, openPage, picture } from './fixture.mjs';

test('an empty machine is set up in four steps, three of which can wait', async (t) => {
  const { page } = await openPage(t);
  await page.getByRole('heading', { name: 'Chuẩn bị máy này' }).waitFor();
  await checkAccessibility(page);
  await picture(page, 'set-up-1-worker');

  await page.getByRole('combobox', { name: 'Xã, phường' }).click();
  await page.keyboard.type('muong bi');
  await page.getByRole('option', { name: 'Mường Bi' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByLabel('Họ và tên').fill('Bùi Thị Mừng');
  await page.getByLabel('Mật khẩu mới', { exact: true }).fill(password);
  await page.getByLabel('Gõ lại mật khẩu').fill(password);
  await page.getByRole('button', { name: 'Tạo sổ trên máy này' }).click();

  const key = page.locator('.rk');
  await key.waitFor();
  await checkAccessibility(page);
  await picture(page, 'set-up-2-recovery');
  const groups = (await key.innerText()).split('–').map((group) => group.trim());
  assert.equal(groups.length, 6, 'the recovery key has six groups');
  await page.getByLabel('Gõ lại nhóm thứ ba để chắc đã cất').fill(groups[2].toLowerCase());
  await page.getByRole('button', { name: 'Đã cất khóa' }).click();

  await page.getByLabel('Mã cấp máy').waitFor();
  await checkAccessibility(page);
  await picture(page, 'set-up-3-enrolment');
  await page.getByRole('button', { name: 'Để sau' }).click();
  await page.getByRole('button', { name: 'Bắt đầu với sổ trống' }).waitFor();
  await checkAccessibility(page);
  await picture(page, 'set-up-4-data');
  await page.getByRole('button', { name: 'Bắt đầu với sổ trống' }).click();
  await page.getByRole('navigation', { name: 'Chức năng' }).waitFor();
});

test('a register opens with its password alone', async (t) => {
  const { page } = await openPage(t, { data: emptyCommune(t) });
  await page.getByRole('heading', { name: 'Mở sổ' }).waitFor();
  await picture(page, 'sign-in');
  const field = page.getByLabel('Mật khẩu của Bùi Thị Mừng', { exact: true });
  await field.fill('khong phai mat khau');
  await page.keyboard.press('Enter');
  await page.getByText('Mật khẩu chưa đúng', { exact: false }).first().waitFor();
  await field.fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Chức năng' }).waitFor();
});

test('ten quiet minutes lock the door, and the password opens it', async (t) => {
  const { page, host } = await openPage(t, { data: emptyCommune(t) });
  await page.getByLabel('Mật khẩu của Bùi Thị Mừng', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Chức năng' }).waitFor();
  const moved = await page.request.post(`${host.origin}/clock`, { data: { seconds: 11 * 60 } });
  assert.equal(moved.status(), 200);
  await page.getByRole('heading', { name: 'Mở sổ' }).waitFor();
});

test('the address opens once, and only for its own name', async (t) => {
  const { page, host, context } = await openPage(t);
  await page.getByRole('heading', { name: 'Chuẩn bị máy này' }).waitFor();
  const again = await fetch(host.url, { redirect: 'manual' });
  assert.equal(again.status, 403, 'a token is used once');
  const without = await fetch(`${host.origin}/call`, { method: 'POST', body: '{"name":"app_state"}' });
  assert.equal(without.status, 403, 'no cookie, no answer');
  const [cookie] = await context.cookies();
  assert.equal(cookie.httpOnly && cookie.sameSite, 'Strict');
  const elsewhere = await page.request.post(`${host.origin}/call`, {
    data: { name: 'app_state' },
    headers: { origin: 'http://example.org' },
  });
  assert.equal(elsewhere.status(), 421, 'another page may not call');
});
