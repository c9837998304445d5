// Entitlements on a person's page: what is due and why, what is missing, month by month, what if, what is specially protected, print.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccessibility, openPage, picture, sampleCommune } from './fixture.mjs';
import { open, signIn } from './register.mjs';

/** The page of an old person of a sample commune of whom it is not known who has to support them. */
async function openElder(t, options = {}) {
  const { page } = await openPage(t, { data: sampleCommune(t), ...options });
  await signIn(page);
  await open(page, 'Nhân khẩu');
  await page.getByRole('button', { name: 'Tuổi' }).first().click();
  await page.getByRole('menuitem', { name: '60–74' }).click();
  await page.getByText('mục khớp').waitFor();
  const unknown = page.getByRole('region', { name: 'Thiếu thông tin' }).getByText('người có nghĩa vụ và quyền phụng dưỡng');
  const pages = await page.locator('tbody a[href^="#/people/"]').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  for (const href of pages) {
    await page.evaluate((hash) => (location.hash = hash), href);
    await page.getByRole('heading', { name: 'Được hưởng gì, vì sao' }).waitFor();
    await page.getByRole('region', { name: 'Không đủ điều kiện' }).waitFor();
    if ((await unknown.count()) > 0) return page;
  }
  throw new Error('the sample has an old person of whom something must be asked');
}

test('a person page says what is due, and a line opens its reasons by keyboard', async (t) => {
  const page = await openElder(t);
  const missing = page.getByRole('region', { name: 'Thiếu thông tin' });
  await missing.getByText('Cần biết:').first().waitFor();
  await page.getByRole('region', { name: 'Theo tháng' }).getByText('Truy lĩnh').waitFor();
  await picture(page, 'entitlements');
  const line = missing.locator('article button').first();
  await line.focus();
  await page.keyboard.press('ArrowRight');
  await missing.getByText('Thiếu:').first().waitFor();
  await missing.getByText('Đạt:').first().waitFor();
  await checkAccessibility(page);
  await page.keyboard.press('ArrowDown');
  assert.ok(
    await page.evaluate(() => document.activeElement?.matches('a[data-walk]')),
    'the next place is the link to what is missing',
  );
  await picture(page, 'entitlements-reasons');
});

test('the record behind a fact and the form for what is missing each open with one key', async (t) => {
  const page = await openElder(t);
  const missing = page.getByRole('region', { name: 'Thiếu thông tin' });
  await missing.locator('article button').first().focus();
  await page.keyboard.press('ArrowRight');
  await missing.getByRole('link', { name: 'Lý lịch' }).first().focus();
  await page.keyboard.press('Enter');
  await page.getByRole('tab', { name: 'Lý lịch', selected: true }).waitFor();
  await page.keyboard.press('Alt+1');
  await page.getByRole('region', { name: 'Không đủ điều kiện' }).waitFor();
  const here = page.url();
  const record = await missing.locator('article').first().locator('a[data-record]').first().getAttribute('href');
  await missing.locator('article button').first().focus();
  await page.keyboard.press('o');
  await page.waitForURL((url) => url.hash === record);
  await page.goto(here);
  await missing.getByRole('link', { name: 'người có nghĩa vụ và quyền phụng dưỡng' }).first().focus();
  await page.keyboard.press('Enter');
  await page.getByRole('tab', { name: 'Gia đình', selected: true }).waitFor();
  await page.getByRole('button', { name: /^Lưu/ }).first().waitFor();
});

test('another day gives other rules, and months stand beside what was received', async (t) => {
  const page = await openElder(t);
  await page.getByLabel('Xem tại ngày').fill('01/03/2026');
  await page.getByRole('region', { name: 'Thiếu thông tin' }).getByText('NĐ 20/2021').first().waitFor();
  const months = page.getByRole('region', { name: 'Theo tháng' });
  await months.getByLabel('Từ tháng').fill('01/2026');
  await months.getByRole('row').nth(1).getByText('01/2026').waitFor();
  await months.getByText('Thu hồi').scrollIntoViewIfNeeded();
  await picture(page, 'entitlements-months');
});

test('what if shows the result beside the present one and keeps nothing', async (t) => {
  const page = await openElder(t);
  await page.keyboard.press('t');
  const panel = page.getByRole('complementary', { name: 'Thử xem' });
  await panel.getByLabel('Nếu điều này khác').fill('phung duong');
  await page.keyboard.press('Enter');
  await panel.getByText('Trong sổ: chưa biết').waitFor();
  await panel.getByText('Không khoản nào đổi.').waitFor();
  await panel.getByRole('combobox', { name: 'Người có nghĩa vụ' }).fill('không có');
  await page.keyboard.press('Enter');
  await panel.getByText('→ Được hưởng, 810.000 đ').waitFor();
  await checkAccessibility(page);
  await picture(page, 'what-if');
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
  await page.getByRole('region', { name: 'Thiếu thông tin' }).getByText('Thiếu 1 thông tin').first().waitFor();
});

test('what rests on specially protected facts opens with a reason and is told in the log', async (t) => {
  const page = await openElder(t);
  await page.getByRole('button', { name: 'Xem cả phần được bảo vệ riêng' }).click();
  await page.getByLabel('Vì sao cần xem').fill('giải thích cho gia đình');
  await page.keyboard.press('Enter');
  await page.getByText('Đã ghi nhật ký: giải thích cho gia đình').waitFor();
  await checkAccessibility(page);
  await page.getByRole('button', { name: 'Đóng phần này' }).click();
  await page.getByText('Đã ghi nhật ký').waitFor({ state: 'detached' });
  await open(page, 'Quản trị');
  await page.getByRole('tab', { name: 'Nhật ký' }).click();
  await page.getByText('Xem chế độ dựa vào thông tin được bảo vệ riêng').first().waitFor();
});

test('the explanation is printed with its reasons and places to sign, and nothing else', async (t) => {
  const page = await openElder(t);
  await page.emulateMedia({ media: 'print' });
  const text = await page.evaluate(() => document.body.innerText);
  assert.match(text, /Giải thích chế độ được hưởng/);
  assert.match(text, /Đạt: từ đủ 60 tuổi/);
  assert.match(text, /Thiếu: người có nghĩa vụ/);
  assert.match(text, /ký, ghi rõ họ tên/);
  assert.doesNotMatch(text, /Bàn việc/);
  await page.emulateMedia({ media: 'screen' });
});
