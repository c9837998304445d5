// Outreach: people found in the register, on the work desk and on a page of their own.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccessibility, openPage, sampleCommune } from './fixture.mjs';
import { open, signIn } from './register.mjs';

async function openDesk(t) {
  const { page } = await openPage(t, { data: sampleCommune(t) });
  await signIn(page);
  return page;
}

const all = (page) => page.getByRole('group', { name: 'Việc' }).getByRole('link', { name: 'Tất cả' });
const count = async (page) => Number((await all(page).innerText()).replace(/\D/g, ''));

test('the work desk shows what was found, who first and when, and a count leads to its lines', async (t) => {
  const page = await openDesk(t);
  const found = page.getByRole('link', { name: 'Cần hỏi khi đến thăm' });
  await found.waitFor();
  const aside = page.getByRole('complementary');
  await aside.getByText(/08:00, xét \d+ người/).waitFor();
  assert.ok((await aside.locator('li a[href^="#/people/"]').count()) > 2, 'the first people stand there by name');
  await found.click();
  await page.getByRole('heading', { level: 1, name: 'Tìm người hưởng' }).waitFor();
  await page.locator('tbody a').first().waitFor();
  await page.getByText(/tính lúc 08:00, xét \d+ người cho ngày 23\/11\/2026/).waitFor();
  await checkAccessibility(page);
  await page.getByRole('complementary').getByText('Cần hỏi:').waitFor();
});

test('a line is taken up, assigned and dismissed with a reason by keyboard, and taken back', async (t) => {
  const page = await openDesk(t);
  await open(page, 'Tìm người hưởng');
  await page.locator('tbody a').first().waitFor();
  const before = await count(page);
  assert.ok(before > 3, 'a sample commune has lines');

  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('t');
  await page.getByText('Đã nhận làm:').waitFor();
  await page.waitForFunction((n) => document.body.innerText.includes(`Tất cả ${n}`), before - 1);
  await page.getByRole('button', { name: 'Hoàn tác' }).click();
  await page.waitForFunction((n) => document.body.innerText.includes(`Tất cả ${n}`), before);

  await page.keyboard.press('d');
  await page.getByLabel('Vì sao bỏ qua').fill('gia đình không muốn');
  await page.keyboard.press('Enter');
  await page.getByText('Đã bỏ qua:').waitFor();
  await page.waitForFunction((n) => document.body.innerText.includes(`Tất cả ${n}`), before - 1);

  await page.keyboard.press('a');
  await page.getByLabel('Giao cho').fill('quach');
  await page.keyboard.press('Enter');
  await page.getByText('Đã giao cho').waitFor();
  await page.getByRole('button', { name: 'Cần làm' }).click();
  await page.getByRole('menuitem', { name: 'Đã bỏ qua' }).click();
  await page.getByText('gia đình không muốn').waitFor();
  await page.getByRole('button', { name: 'Mở lại' }).click();
  await page.getByText('Không tìm ra ai').waitFor();
});

test('lines are filtered by kind and village, and Enter opens the person', async (t) => {
  const page = await openDesk(t);
  await open(page, 'Tìm người hưởng');
  await page.locator('tbody a').first().waitFor();
  const before = await count(page);
  await page.getByRole('button', { name: 'Xóm', exact: true }).click();
  await page.getByRole('menuitem').nth(1).click();
  await page.waitForFunction((n) => !document.body.innerText.includes(`Tất cả ${n}`), before);
  await page.locator('tbody a').first().waitFor();
  await page.getByRole('group', { name: 'Việc' }).getByRole('link').nth(1).click();
  await page.locator('tbody a').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('tab', { name: 'Chế độ', selected: true }).waitFor();
});
