// Adjustment runs of the commune: months chosen, who was paid too little or too much and why, opened, printed, taken out.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccessibility, openPage, sampleCommune } from './fixture.mjs';
import { open, signIn } from './register.mjs';

async function openRun(t) {
  const { page } = await openPage(t, { data: sampleCommune(t, { households: 120 }) });
  await signIn(page);
  await open(page, 'Tìm người hưởng');
  await page.getByRole('button', { name: 'Truy lĩnh, thu hồi' }).click();
  await page.getByRole('heading', { level: 1, name: 'Truy lĩnh, thu hồi' }).waitFor();
  await page.locator('tbody a[data-walk]').first().waitFor();
  return page;
}

test('a run says per person and month what was received, what is due, and where the law says so', async (t) => {
  const page = await openRun(t);
  const region = page.getByRole('region', { name: 'Truy lĩnh, thu hồi' });
  await region.getByText(/NĐ 335\/2026 Điều/).first().waitFor();
  await region.getByText(/quy định cũ hết hiệu lực|mức .* áp dụng từ|được hưởng:/).first().waitFor();
  await page.getByText('Truy lĩnh (còn được nhận)').waitFor();
  await checkAccessibility(page);
  const people = await page.locator('tbody a[data-walk]').count();
  await page.getByLabel('Từ tháng').fill('11/2026');
  await page.getByLabel('Từ tháng').blur();
  await page.waitForFunction((n) => document.querySelectorAll('tbody a[data-walk]').length <= n, people);
  await page.getByLabel('Từ tháng').fill('12/2026');
  await page.getByLabel('Từ tháng').blur();
  await page.getByText('tháng đầu trước').waitFor();
});

test('a person of the run opens with one key', async (t) => {
  const page = await openRun(t);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('tab', { name: 'Chế độ', selected: true }).waitFor();
});

test('a run is printed with places to sign, and that is in the log', async (t) => {
  const page = await openRun(t);
  await page.evaluate(() => {
    window.print = () => (window.printed = true);
  });
  await page.keyboard.press('p');
  await page.locator('.paper').waitFor({ state: 'attached' });
  await page.emulateMedia({ media: 'print' });
  const paper = await page.locator('.paper').innerText();
  assert.match(paper, /Bảng tính truy lĩnh, thu hồi/);
  assert.match(paper, /Người lập \(ký, ghi rõ họ tên\)/);
  assert.match(paper, /NĐ 335\/2026 Điều/);
  assert.equal(await page.locator('.app').isVisible(), false, 'nothing but the run goes on paper');
  await page.emulateMedia({ media: 'screen' });
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await page.locator('.paper').waitFor({ state: 'detached' });
  await open(page, 'Quản trị');
  await page.getByRole('tab', { name: 'Nhật ký' }).click();
  await page.getByText('In bảng truy lĩnh, thu hồi').waitFor();
});

test('who asked for a limit is in no run on paper or in a file, and both say so', async (t) => {
  const page = await openRun(t);
  await page.getByText('Truy lĩnh (còn được nhận)').waitFor();
  const people = Number(await page.locator('.sums dd').first().innerText());
  const first = page.locator('tbody a[data-walk]').first();
  const [name, address] = [await first.innerText(), await first.getAttribute('href')];
  const alike = await page.locator('tbody a[data-walk]').filter({ hasText: name }).count();
  await first.click();
  await page.getByRole('tab', { name: 'Chế độ', selected: true }).waitFor();
  await page.keyboard.press('Alt+7');
  await page.getByRole('region', { name: 'Yêu cầu về dữ liệu' }).getByRole('button', { name: 'Thêm' }).click();
  await page.getByLabel('Yêu cầu', { exact: true }).fill('han che');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+s');
  await page.getByText('Đã yêu cầu hạn chế sử dụng dữ liệu').waitFor();

  await open(page, 'Tìm người hưởng');
  await page.getByRole('button', { name: 'Truy lĩnh, thu hồi' }).click();
  await page.locator(`tbody a[data-walk][href="${address}"]`).waitFor();
  await page.evaluate(() => (window.print = () => {}));
  await page.keyboard.press('p');
  const paper = page.locator('.paper');
  await paper.getByText('1 người đã yêu cầu hạn chế').waitFor({ state: 'attached' });
  const text = await paper.textContent();
  assert.match(text, new RegExp(`Người: ${people - 1} `));
  assert.equal(text.split(name).length - 1, alike - 1, 'the one who asked is not on the paper');
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await paper.waitFor({ state: 'detached' });

  await page.keyboard.press('Control+e');
  await page.getByRole('dialog').getByLabel('Xuất để làm gì').fill('trình chủ tịch xã');
  await page.keyboard.press('Enter');
  await page.getByText('1 người đã yêu cầu hạn chế').waitFor();
});

test('a run is taken out with a reason, and that is in the log', async (t) => {
  const page = await openRun(t);
  await page.keyboard.press('Control+e');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Xuất để làm gì').fill('trình chủ tịch xã');
  await checkAccessibility(page);
  const downloading = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  const file = await downloading;
  assert.match(file.suggestedFilename(), /^truy-linh-thu-hoi-2026-06-2026-11\.xlsx$/);
  await open(page, 'Quản trị');
  await page.getByRole('tab', { name: 'Nhật ký' }).click();
  await page.getByText('Xuất bảng truy lĩnh, thu hồi').waitFor();
  await page.getByText('trình chủ tịch xã').waitFor();
});
