// Lists: filtered, kept under a name, chosen from, taken out, printed; at twenty thousand people as well.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccessibility, openPage, picture, sampleCommune } from './fixture.mjs';
import { open, signIn } from './register.mjs';

async function people(t, households = 40) {
  const { page } = await openPage(t, { data: sampleCommune(t, { households }) });
  await signIn(page);
  await open(page, 'Nhân khẩu');
  await page.locator('tbody [data-row]').first().waitFor();
  return page;
}

const grid = (page) => page.getByRole('grid', { name: 'Nhân khẩu' });
/** How many the head of the page says. */
const total = async (page) => Number((await page.locator('.head .sub').innerText()).replace(/\D/g, ''));

test('a filter says how many each choice leaves, is kept under a name, and comes back by one key', async (t) => {
  const page = await people(t);
  const all = await total(page);
  await page.keyboard.press('f');
  await page.keyboard.press('ArrowRight');
  await page.getByRole('button', { name: 'Giới', exact: true }).first().click();
  const women = page.getByRole('menuitem', { name: /^Nữ/ });
  await women.waitFor();
  await page.waitForFunction(() => /\d/.test([...document.querySelectorAll('[role=menuitem]')].find((item) => item.innerText.startsWith('Nữ'))?.innerText ?? ''));
  const promised = Number((await women.innerText()).replace(/\D/g, ''));
  assert.ok(promised > 0 && promised < all, `${promised} of ${all} are women`);
  await women.click();
  await page.getByText('mục khớp').waitFor();
  await page.waitForFunction((count) => document.querySelector('.head .sub').innerText.replace(/\D/g, '') === String(count), promised);
  await checkAccessibility(page);

  await grid(page).focus();
  await page.keyboard.press('s');
  await page.getByLabel('Tên bộ lọc').fill('Phụ nữ cả xã');
  await picture(page, 'filter-keep');
  await page.keyboard.press('Enter');
  await page.getByText('Đã lưu bộ lọc Phụ nữ cả xã').waitFor();
  await page.getByRole('button', { name: 'Bỏ lọc' }).click();
  await page.getByText(`${all} người`).waitFor();
  await page.keyboard.press('Alt+1');
  await page.getByText(`${promised} mục khớp`).waitFor();
  await page.getByRole('button', { name: 'Phụ nữ cả xã' }).waitFor();
  await picture(page, 'people-filtered');
  // Filters are kept while one is elsewhere.
  await open(page, 'Hộ gia đình');
  await open(page, 'Nhân khẩu');
  await page.getByText(`${promised} mục khớp`).waitFor();
});

test('rows are chosen by keys and go out as a workbook with a reason, which the audit keeps', async (t) => {
  const page = await people(t);
  await grid(page).focus();
  for (const key of ['ArrowDown', 'Space', 'Shift+ArrowDown', 'Shift+ArrowDown']) await page.keyboard.press(key);
  await page.getByText('Đã chọn 3').waitFor();
  assert.equal(await page.locator('tr[aria-selected=true]').count(), 3);
  await checkAccessibility(page);
  await picture(page, 'people-chosen');
  await page.keyboard.press('Control+e');
  await page.getByRole('heading', { name: 'Xuất 3 dòng ra Excel' }).waitFor();
  await page.getByLabel('Xuất để làm gì').fill('mời khám sức khỏe');
  await checkAccessibility(page);
  await picture(page, 'list-export');
  const download = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  assert.match((await download).suggestedFilename(), /^so-an-sinh-nhan-khau-.*\.xlsx$/);
  await page.getByText('Đã xuất').waitFor();

  await grid(page).focus();
  await page.keyboard.press('Control+a');
  await page.getByText(`Đã chọn ${await total(page)}`).waitFor();
  await page.keyboard.press('Escape');
  await page.getByText('Đã chọn').waitFor({ state: 'detached' });
  await open(page, 'Quản trị');
  await page.getByRole('tab', { name: 'Nhật ký' }).click();
  await page.getByText('mời khám sức khỏe').waitFor();
});

test('a list is printed with its title, filters, day and the heads of its columns', async (t) => {
  const page = await people(t);
  await page.evaluate(() => {
    window.print = () => (window.printed = document.querySelector('.paper')?.innerText);
  });
  await page.getByRole('button', { name: 'Cần xem' }).click();
  await page.getByRole('menuitem', { name: /^Chưa có số định danh/ }).click();
  await page.getByText('mục khớp').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('menu').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+p');
  await page.locator('.paper').waitFor({ state: 'attached' });
  await page.emulateMedia({ media: 'print' });
  const paper = await page.locator('.paper').innerText();
  assert.match(paper, /Nhân khẩu: Chưa có số định danh/);
  assert.match(paper, /in lúc 23\/11\/2026/);
  assert.equal(await page.locator('.paper tbody tr').count(), await total(page));
  const heads = await page.locator('.paper thead').evaluate((head) => getComputedStyle(head).display);
  assert.equal(heads, 'table-header-group', 'heads stand on every sheet');
  assert.equal(await page.locator('.app').isVisible(), false, 'nothing but the list goes on paper');
  await page.emulateMedia({ media: 'screen' });
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await page.locator('.paper').waitFor({ state: 'detached' });
});

test('twenty thousand people are gone through to the end with a few rows in the page', async (t) => {
  const page = await people(t, 4500);
  assert.ok((await total(page)) > 19_500);
  const rows = () => page.locator('tbody [data-row]').count();
  assert.ok((await rows()) < 80, 'only what is in sight exists');
  await grid(page).focus();
  await page.keyboard.press('End');
  const last = String((await total(page)) + 1);
  await page.locator(`tr[aria-rowindex="${last}"] a`).first().waitFor();
  assert.ok((await rows()) < 80, 'at the end as at the beginning');
  await page.locator('.tw').evaluate(async (box) => {
    for (let step = 20; step >= 0; step -= 1) {
      box.scrollTop = (box.scrollHeight * step) / 20;
      await new Promise((done) => requestAnimationFrame(done));
    }
  });
  await page.locator('tr[aria-rowindex="2"] a').first().waitFor();
  assert.ok((await rows()) < 80);
  for (const name of ['Tuổi', 'Xóm', 'Ngày sinh']) {
    await page.getByRole('columnheader', { name }).getByRole('button').click();
    await page.locator(`th[aria-sort=ascending]`, { hasText: name }).waitFor();
    await page.locator('tr[aria-rowindex="2"] a').first().waitFor();
  }
});
