// The commune's own settings: which day a partial date of birth is taken as, chosen by an administrator and told where it was used.
import { test } from 'node:test';
import { checkAccessibility, openPage, picture, sampleCommune } from './fixture.mjs';
import { open, signIn } from './register.mjs';

test('the day that a partial date of birth is taken as is chosen once and told on the person', async (t) => {
  const { page } = await openPage(t, { data: sampleCommune(t) });
  await signIn(page);
  await open(page, 'Nhân khẩu');
  await page.locator('tbody a[href^="#/people/"]').first().waitFor();
  const pages = await page.locator('tbody a[href^="#/people/"]').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  const assumed = page.getByText(/Ngày sinh chưa đủ, tạm lấy 01\/01/).first();
  let person;
  for (const href of pages) {
    await page.evaluate((hash) => (location.hash = hash), href);
    await page.getByRole('region', { name: 'Không đủ điều kiện' }).waitFor();
    if ((await assumed.count()) > 0) {
      person = href;
      break;
    }
  }
  if (!person) throw new Error('the sample has somebody of whom only the year of birth is known');

  await open(page, 'Xóm và xã');
  await page.getByRole('tab', { name: 'Xã' }).click();
  await page.getByRole('heading', { name: 'Ngày sinh chưa đủ ngày, tháng' }).scrollIntoViewIfNeeded();
  await checkAccessibility(page);
  await picture(page, 'places-settings');
  await page.getByRole('radio', { name: /31\/12/ }).click();
  await page.getByText('Đã lưu').first().waitFor();
  await page.evaluate((hash) => (location.hash = hash), person);
  await page.getByText(/Ngày sinh chưa đủ, tạm lấy 31\/12/).first().waitFor();
  await page.getByRole('tab', { name: 'Lý lịch' }).click();
  await page.getByText(/tạm lấy 31\/12/).first().waitFor();
});
