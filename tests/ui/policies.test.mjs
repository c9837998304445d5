// The rules read beside the law, on a day, by family and by words; figures; a month tried on the commune; the sheet to sign.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccessibility, openPage, sampleCommune } from './fixture.mjs';
import { open, signIn } from './register.mjs';

async function openPolicies(t) {
  const { page } = await openPage(t, { data: sampleCommune(t) });
  await signIn(page);
  await open(page, 'Chính sách');
  await page.getByRole('article').first().waitFor();
  return page;
}

test('rules stand in words beside the law, found by day, family and words', async (t) => {
  const page = await openPolicies(t);
  const first = page.getByRole('article').first();
  await first.getByText('Khi có đủ:').waitFor();
  await first.getByText('NĐ 335/2026').first().waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('huu tri');
  await page.getByRole('article', { name: /hưu trí/i }).first().waitFor();
  const found = await page.getByRole('article').count();
  assert.ok(found > 0 && found < 6, `${found} rules speak of the social pension`);
  await page.getByLabel('Tìm quy định, điều khoản').fill('');
  await page.getByLabel('Có hiệu lực ngày').fill('01/03/2022');
  await page.getByRole('tabpanel').getByText('có hiệu lực ngày 01/03/2022').waitFor();
  await page.getByRole('tabpanel').getByText('NĐ 20/2021').first().waitFor();
  await page.getByRole('button', { name: 'Nhóm' }).click();
  await page.getByRole('menuitem', { name: 'Hỗ trợ mai táng' }).click();
  await page.getByRole('heading', { level: 2, name: /^Trợ cấp xã hội hằng tháng/ }).waitFor({ state: 'detached' });
  await checkAccessibility(page);
});

test('figures keep their history, and a month is tried on the whole commune', async (t) => {
  const page = await openPolicies(t);
  await page.getByLabel('Có hiệu lực ngày').fill('');
  await page.getByRole('tab', { name: 'Mức, cách cộng, văn bản' }).click();
  await page.getByText('270.000 đ').first().waitFor();
  await page.getByText('540.000 đ').first().waitFor();
  const panel = page.getByRole('tabpanel');
  await panel.getByRole('heading', { name: 'Thời hạn' }).waitFor();
  await panel.getByText('7 ngày làm việc').first().waitFor();
  await panel.getByText('Chưa tìm thấy thời hạn của NĐ 147/2025').first().waitFor();
  await panel.getByText('Cách hiểu, cần xác nhận: Điều 32.3').waitFor();
  await checkAccessibility(page);
  await page.getByRole('tab', { name: 'Thử trên cả xã' }).click();
  await page.getByLabel('Tháng làm gốc').fill('06/2026');
  await page.getByRole('button', { name: 'Thử', exact: true }).click();
  await page.getByRole('heading', { name: 'Ai thay đổi' }).waitFor();
  await page.getByText('thêm').first().waitFor();
  const rows = page.locator('section', { has: page.getByRole('heading', { name: 'Ai thay đổi' }) }).locator('tbody tr');
  const all = await rows.count();
  const gain = rows.getByText('thêm', { exact: true });
  assert.ok((await gain.count()) > 0);
  await page.getByRole('radio', { name: /^Bị bớt/ }).click();
  await gain.first().waitFor({ state: 'detached' });
  await page.getByRole('radio', { name: /^Tất cả/ }).click();
  await rows.nth(all - 1).waitFor();
});

test('the rules are printed for a legal officer to sign, and nothing else', async (t) => {
  const page = await openPolicies(t);
  await page.emulateMedia({ media: 'print' });
  const text = await page.evaluate(() => document.body.innerText);
  assert.match(text, /Cán bộ pháp chế đã đối chiếu/);
  assert.match(text, /NĐ 335\/2026 Điều/);
  assert.doesNotMatch(text, /Xóa ngày/, 'what a screen says stays on the screen');
  assert.match(text, /Ghi chú của bộ quy định: Hồ sơ|Ghi chú của bộ quy định: Áp dụng cho người đang hưởng/, 'notes are Vietnamese on paper');
  assert.match(text, /Một cách hiểu văn bản, không phải nguyên văn/, 'the sheet says what the certainty means');
  assert.doesNotMatch(text, /INTERPRETATION|Husband and wife/);
  assert.doesNotMatch(text, /Bàn việc/);
  await page.emulateMedia({ media: 'screen' });
});
