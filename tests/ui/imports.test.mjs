// A list goes into the register step by step, and comes out whole.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccessibility, emptyCommune, openPage, picture } from './fixture.mjs';
import { open, signIn } from './register.mjs';

const list = `DANH SÁCH HỘ NGHÈO NĂM 2025;;;;;;
;;;;;;
STT hộ;Họ và tên;Quan hệ với chủ hộ;Giới tính;Ngày sinh;Số CCCD;Xóm
1;Bùi Thị Nhợi;Chủ hộ;Nữ;12/03/1950;17150000127;Mu
1;Bùi Văn Thìn;Con;Nam;1978;017078000452;Mu
2;Quách Hữu Lực;Chủ hộ;Nam;31/02/1960;017060000118;Lũy
`;

test('a list is read, tried, applied and taken back', async (t) => {
  const { page } = await openPage(t, { data: emptyCommune(t) });
  await signIn(page);
  await open(page, 'Nhập từ Excel');
  await picture(page, 'import-1-file');
  // The key belongs to the screen: it counts from the moment the screen is drawn and no field has the focus.
  await page.getByRole('button', { name: 'Chọn tệp' }).first().waitFor();
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('n');
  await (await chooser).setFiles({ name: 'ho-ngheo.csv', mimeType: 'text/csv', buffer: Buffer.from(list) });
  await page.getByLabel('Cột Họ và tên nhận là').waitFor();
  assert.equal(await page.getByLabel('Cột Họ và tên nhận là').inputValue(), 'full_name');
  await checkAccessibility(page);
  await picture(page, 'import-2-columns');

  await page.keyboard.press('Control+Enter');
  await page.getByText('Không có ngày này trong lịch').first().waitFor();
  await checkAccessibility(page);
  await picture(page, 'import-3-problems');
  await page.getByRole('radio', { name: /^Các hộ/ }).click();
  await page.getByText('Quách Hữu Lực').waitFor();
  await picture(page, 'import-3-households');

  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: 'Đã ghi 2 hộ, 3 người' }).waitFor();
  await picture(page, 'import-4-done');
  await page.getByRole('button', { name: 'Hoàn tác lần nhập' }).click();
  await page.getByText('Đã hoàn tác: bỏ').waitFor();
  await page.getByText('đã hoàn tác', { exact: true }).waitFor();
});

test('the register goes out as a file with its reason', async (t) => {
  const { page } = await openPage(t, { data: emptyCommune(t) });
  await signIn(page);
  await open(page, 'Nhập từ Excel');
  await page.getByRole('tab', { name: 'Xuất danh sách' }).click();
  await picture(page, 'export');
  await page.getByLabel('Xuất để làm gì').fill('báo cáo rà soát cuối năm');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Xuất tệp' }).click();
  assert.match((await download).suggestedFilename(), /^so-an-sinh-.*\.xlsx$/);
  await page.getByText('Đã xuất').waitFor();
});
