// What must not be lost: a form that was left in the middle, a backup of another machine, the printed key, the list of what waits.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ansinh, muongBi, password, program, scratch, startHost, stop, today, written } from '../lib/programs.mjs';
import { checkAccessibility, emptyCommune, openPage, picture, sampleCommune } from './fixture.mjs';
import { open, signIn } from './register.mjs';

/** Resolves when the program has answered this command. */
const answered = (page, name) =>
  page.waitForResponse((response) => response.url().endsWith('/call') && response.request().postDataJSON()?.name === name);

test('the form of one record is kept through a killed program and goes on where it was', async (t) => {
  const { page: left, host, data, context } = await openPage(t, { data: sampleCommune(t) });
  await signIn(left);
  await open(left, 'Nhân khẩu');
  await left.locator('tbody a').first().click();
  await left.getByRole('tab', { name: 'Lý lịch' }).waitFor();
  await left.keyboard.press('e');
  const kept = answered(left, 'keep_draft');
  await left.getByLabel('Nghề').fill('Thợ mộc');
  await kept;
  await left.close();
  await stop(host.child, 'SIGKILL');

  const again = await startHost(t, data);
  const page = await context.newPage();
  await page.goto(again.url);
  await signIn(page);
  await page.locator('[data-task]').filter({ hasText: 'Bản nháp' }).first().click();
  await page.getByText('Còn bản nháp chưa lưu vào sổ').waitFor();
  await checkAccessibility(page);
  await picture(page, 'draft-of-a-record');
  await page.getByRole('button', { name: 'Làm tiếp' }).click();
  await page.getByText('Đang gõ tiếp bản lưu lúc').waitFor();
  await checkAccessibility(page);
  assert.equal(await page.getByLabel('Nghề').inputValue(), 'Thợ mộc');
  await page.keyboard.press('Control+s');
  await page.getByRole('definition').filter({ hasText: 'Thợ mộc' }).waitFor();
  await open(page, 'Bàn việc');
  await page.getByRole('region', { name: 'Dở dang, cần người quyết' }).waitFor();
  assert.equal(await page.locator('[data-task]').filter({ hasText: 'Bản nháp' }).count(), 0, 'a saved draft is gone');
});

test('a draft that is thrown away gives the record as it stands in the register', async (t) => {
  const { page } = await openPage(t, { data: sampleCommune(t) });
  await signIn(page);
  await open(page, 'Nhân khẩu');
  await page.locator('tbody a').first().click();
  await page.getByRole('tab', { name: 'Lý lịch' }).waitFor();
  await page.keyboard.press('e');
  const before = await page.getByLabel('Nghề').inputValue();
  const kept = answered(page, 'keep_draft');
  await page.getByLabel('Nghề').fill('Thợ rèn');
  await kept;
  await page.keyboard.press('Escape');
  await page.getByText('Còn bản nháp chưa lưu vào sổ').waitFor();
  await page.keyboard.press('e');
  await page.getByText('Đang gõ tiếp bản lưu lúc').waitFor();
  assert.equal(await page.getByLabel('Nghề').inputValue(), 'Thợ rèn', 'opening the form again goes on with what was typed');
  await page.getByRole('button', { name: 'Bỏ bản nháp' }).click();
  await page.getByText('Đang gõ tiếp bản lưu lúc').waitFor({ state: 'detached' });
  assert.equal(await page.getByLabel('Nghề').inputValue(), before);
});

test('a backup of another register asks for a password of its own', async (t) => {
  const data = emptyCommune(t);
  const other = join(scratch(t), 'commune');
  writeFileSync(`${other}.password`, 'mat khau cua so kia\n', { mode: 0o600 });
  ansinh(other, ['init', '--commune', muongBi.code, '--user', 'Đinh Văn Ước', '--recovery-file', `${other}.recovery`]);
  const { path } = ansinh(other, ['backup']);
  const { page } = await openPage(t, { data });
  await page.getByRole('button', { name: 'Phục hồi từ bản sao lưu' }).click();
  await page.getByLabel('Hoặc bản sao lưu ở nơi khác').fill(path);
  await page.getByLabel('Mật khẩu của Bùi Thị Mừng', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Phục hồi', exact: true }).click();
  await page.getByText('Bản sao lưu này là của sổ khác (Xã Mường Bi)', { exact: false }).waitFor();
  await checkAccessibility(page);
  await picture(page, 'restore-foreign');
  const own = page.getByLabel('Mật khẩu của Đinh Văn Ước', { exact: true });
  await own.fill('khong phai the dau');
  await page.getByRole('button', { name: 'Phục hồi', exact: true }).click();
  await page.getByText('Mật khẩu chưa đúng', { exact: false }).waitFor();
  await own.fill('mat khau cua so kia');
  await page.getByRole('button', { name: 'Phục hồi', exact: true }).click();
  await page.getByLabel('Mật khẩu của Đinh Văn Ước', { exact: true }).waitFor();
});

test('every household that waits to be sent can be reached', async (t) => {
  const { page } = await openPage(t, {
    data: sampleCommune(t, { households: 230 }),
  });
  await signIn(page);
  await open(page, 'Đồng bộ');
  await page.getByText('Xem thêm, còn 30 hộ').waitFor();
  assert.equal(await page.locator('.body tbody tr').count(), 200);
  await page.getByRole('button', { name: 'Xem thêm, còn 30 hộ' }).click();
  await page.getByText('Xem thêm', { exact: false }).waitFor({ state: 'detached' });
  assert.equal(await page.locator('.body tbody tr').count(), 230);
});

test('the recovery key prints on one sheet with nothing else on it', async (t) => {
  const { page } = await openPage(t);
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
  const groups = await key.innerText();
  await page.emulateMedia({ media: 'print' });
  const printed = await page.evaluate(() => document.body.innerText);
  await page.emulateMedia({ media: null });
  assert.ok(printed.includes(groups), 'the key stands on the paper');
  assert.ok(printed.includes('Xã Mường Bi') && printed.includes('ký, ghi rõ họ tên'), printed);
  assert.ok(!printed.includes('Gõ lại nhóm thứ ba'), 'nothing of the screen is printed');
  const sheet = await page.pdf({ format: 'A4' });
  assert.equal(sheet.toString('latin1').match(/\/Type \/Page\b(?!s)/g)?.length, 1, 'one sheet');
});

test('the program goes on when nobody reads what it says', async (t) => {
  const data = join(scratch(t), 'commune');
  const ready = `${data}.host.json`;
  const words = ['--data', data, '--port', '0', '--ready-file', ready, '--clock', today];
  const child = spawn(program('development-host'), words, {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.after(() => stop(child));
  child.stdout.destroy();
  child.stderr.destroy();
  const { url } = await written(ready, child);
  const answer = await fetch(url, { redirect: 'manual' });
  assert.equal(answer.status, 303);
  const cookie = answer.headers.get('set-cookie').split(';')[0];
  const state = await fetch(`${new URL(url).origin}/call`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: '{"name":"app_state"}',
  });
  assert.equal((await state.json()).ok.phase, 'absent');
});
