// People: the list with its filters, a person's page, what is specially protected.
import { test } from 'node:test';
import { checkAccessibility, openPage, picture, sampleCommune } from './fixture.mjs';
import { open, signIn } from './register.mjs';

async function openFirst(t) {
  const { page } = await openPage(t, { data: sampleCommune(t) });
  await signIn(page);
  await open(page, 'Nhân khẩu');
  return page;
}

test('people are filtered by what is missing, and a person opens from the list', async (t) => {
  const page = await openFirst(t);
  await page.locator('tbody a').first().waitFor();
  await page.getByRole('button', { name: 'Cần xem' }).click();
  await page.getByRole('menuitem', { name: 'Chưa có số định danh' }).click();
  await page.getByText('mục khớp').waitFor();
  await checkAccessibility(page);
  await page.locator('tbody a').first().click();
  await page.getByRole('tab', { name: 'Lý lịch' }).waitFor();
  await page.getByText('chưa có số định danh').waitFor();
});

test('a person is changed, gets an allowance, and the history tells both', async (t) => {
  const page = await openFirst(t);
  await page.locator('tbody a').first().click();
  await page.getByRole('tab', { name: 'Lý lịch' }).waitFor();
  await page.keyboard.press('e');
  await page.getByLabel('Nghề').fill('Làm ruộng');
  await page.getByLabel('Thu nhập').fill('1.250.000');
  await page.keyboard.press('Control+s');
  await page.getByRole('definition').filter({ hasText: 'Làm ruộng' }).waitFor();
  await page.getByRole('definition').filter({ hasText: '1.250.000' }).waitFor();

  await page.keyboard.press('Alt+4');
  await page.getByRole('region', { name: 'Trợ cấp' }).getByRole('button', { name: 'Thêm' }).click();
  await page.getByLabel('Loại').fill('huu tri');
  await page.keyboard.press('Enter');
  await page.getByLabel('Số tiền').fill('540.000');
  await page.getByLabel('Từ tháng').fill('07/2025');
  await checkAccessibility(page);
  await picture(page, 'record-form');
  await page.keyboard.press('Control+s');
  await page.getByText('Trợ cấp hưu trí xã hội · 540.000 đ').waitFor();
  await page.keyboard.press('Alt+6');
  await page.getByRole('definition').filter({ hasText: 'Làm ruộng' }).waitFor();
  await picture(page, 'history');
});

test('what is specially protected opens with a reason and closes by leaving', async (t) => {
  const page = await openFirst(t);
  await page.locator('tbody a').first().click();
  await page.getByRole('tab', { name: 'Bảo vệ đặc biệt' }).click();
  await picture(page, 'restricted');
  await page.getByLabel('Vì sao cần xem').fill('lập hồ sơ trợ cấp');
  await page.getByRole('button', { name: 'Mở phần này' }).click();
  await page.getByText('Đã ghi nhật ký: lập hồ sơ trợ cấp').waitFor();
  await checkAccessibility(page);
  await page.keyboard.press('Alt+1');
  await page.keyboard.press('Alt+5');
  await page.getByLabel('Vì sao cần xem').waitFor();
});
