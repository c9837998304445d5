// A list goes into the register step by step, is mended on the way, meets what is there already, and comes out whole.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccessibility, emptyCommune, openPage, picture } from './fixture.mjs';
import { open, signIn } from './register.mjs';

const list = `DANH SÁCH HỘ NGHÈO NĂM 2025;;;;;;
;;;;;;
STT hộ;Họ và tên;Quan hệ với chủ hộ;Giới tính;Ngày sinh;Số CCCD;Xóm
1;BÙI THỊ NHỢI;Chủ hộ;Nữ;12/03/1950;17150000127;Mu
1;Bùi Văn Thìn;Con;Nam;1978;017078000452;Mu
2;Quách Hữu Lực;Chủ hộ;Nam;31/02/1960;017060000118;Lũy
`;

/** The button opens the chooser; the file is handed to it. */
async function choose(page, name, text) {
  const button = page.getByRole('button', { name: 'Chọn tệp' }).first();
  await button.waitFor();
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button.click()]);
  await chooser.setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  await page.getByRole('list', { name: 'Các bước' }).getByText('Nhận cột').waitFor();
}

const tryIt = async (page) => {
  await page.getByRole('button', { name: 'Xem thử' }).click();
  await page.getByText('Chưa ghi gì vào sổ.').waitFor();
};

/** Answers what is asked of dates that read both ways. */
const dayFirst = (page) => page.getByRole('radio', { name: /^Ngày trước/ }).click();

const apply = async (page, heading) => {
  await page.getByRole('button', { name: 'Ghi vào sổ' }).click();
  await page.getByRole('heading', { name: heading }).waitFor();
};

const row = (page) => page.getByRole('complementary', { name: /dòng \d+/ });

test('a list is read, mended in the preview, applied and taken back', async (t) => {
  const { page } = await openPage(t, { data: emptyCommune(t) });
  await signIn(page);
  await open(page, 'Nhập từ Excel');
  await picture(page, 'import-1-file');
  await choose(page, 'ho-ngheo.csv', list);
  assert.equal(await page.getByLabel('Cột Họ và tên nhận là').inputValue(), 'full_name');
  await checkAccessibility(page);
  await picture(page, 'import-2-columns');

  await page.keyboard.press('Control+Enter');
  await page.getByText('Không có ngày này trong lịch').first().click();
  await row(page).getByLabel('Ngày sinh').waitFor();
  await checkAccessibility(page);
  await picture(page, 'import-3-problems');
  await row(page).getByLabel('Ngày sinh').fill('28/02/1960');
  await page.keyboard.press('Enter');
  await page.getByText('Không có ngày này trong lịch').first().waitFor({ state: 'detached' });
  await page.getByRole('radio', { name: /^Các hộ/ }).click();
  await page.getByRole('cell', { name: '28/02/1960' }).waitFor();
  await page.getByRole('cell', { name: 'Bùi Thị Nhợi' }).click();
  await row(page).getByText('Trong tệp ghi: BÙI THỊ NHỢI').waitFor();
  await picture(page, 'import-3-households');

  await dayFirst(page);
  await apply(page, 'Đã ghi 2 hộ, 3 người');
  await picture(page, 'import-4-done');
  await page.getByRole('button', { name: 'Hoàn tác lần nhập' }).click();
  await page.getByText('Đã hoàn tác: bỏ').waitFor();
  await page.getByText('đã hoàn tác', { exact: true }).waitFor();
});

test('what list and register say otherwise is chosen field by field', async (t) => {
  const { page } = await openPage(t, { data: emptyCommune(t) });
  await signIn(page);
  await open(page, 'Nhập từ Excel');
  await choose(page, 'nam-ngoai.csv', list.replace('31/02/1960', '1960'));
  await tryIt(page);
  await dayFirst(page);
  await apply(page, 'Đã ghi 2 hộ, 3 người');
  await page.getByRole('button', { name: 'Nhập tệp khác' }).click();

  const next = list.replace('31/02/1960', '05/06/1961').replace('1978;', '07/08/1978;');
  await choose(page, 'nam-nay.csv', next);
  await tryIt(page);
  await page.getByText('Trong sổ ghi 1960').first().click();
  const born = row(page).getByRole('group', { name: 'Ngày sinh' });
  assert.equal(await born.getByRole('radio', { name: 'Trong sổ 1960' }).isChecked(), true, 'the register stays');
  await checkAccessibility(page);
  await picture(page, 'import-5-changed');
  await born.getByText('05/06/1961').click();
  await page.getByText('Trong sổ ghi 1960').first().waitFor({ state: 'detached' });
  await apply(page, 'Đã ghi 0 hộ, 0 người');
  await page.getByText('Đã bổ sung cho 2 người, hộ có sẵn trong sổ.').waitFor();
  await page.getByRole('button', { name: 'Xem danh sách hộ' }).click();
  await page.getByText('Quách Hữu Lực').first().click();
  await page.getByText('05/06/1961').first().waitFor();
});

test('a column corrected by hand comes back with the next file, and an unsure order of day and month is asked', async (t) => {
  const { page } = await openPage(t, { data: emptyCommune(t) });
  await signIn(page);
  await open(page, 'Nhập từ Excel');
  const text = 'TT;Họ và tên;Ngày sinh;Mã riêng\n1;Bùi Văn An;3/17/1948;017048000127\n2;Bùi Văn Ba;3/4/1950;017050000128\n';
  await choose(page, 'a.csv', text);
  await page.getByLabel('Cột Mã riêng nhận là').selectOption('citizen_id');
  await tryIt(page);
  await page.getByRole('radio', { name: 'Tháng trước (3/17)' }).waitFor();
  await picture(page, 'import-3-question');
  await page.getByRole('radio', { name: 'Tháng trước (3/17)' }).click();
  await page.getByText('Không rõ đâu là ngày').first().waitFor({ state: 'detached' });
  await apply(page, 'Đã ghi 2 hộ, 2 người');
  await page.getByRole('button', { name: 'Nhập tệp khác' }).click();
  await choose(page, 'b.csv', text.replaceAll('Bùi', 'Hà').replaceAll('000127', '000137').replaceAll('000128', '000138'));
  await page.getByText('như lần sửa trước').waitFor();
  assert.equal(await page.getByLabel('Cột Mã riêng nhận là').inputValue(), 'citizen_id');
});

test('a column whose dates all read both ways is asked once, and the next file of the layout knows the answer', async (t) => {
  const { page } = await openPage(t, { data: emptyCommune(t) });
  await signIn(page);
  await open(page, 'Nhập từ Excel');
  const text = 'TT;Họ và tên;Ngày sinh\n1;Bùi Văn An;12/5/1960\n2;Bùi Văn Ba;3/4/1952\n';
  await choose(page, 'a.csv', text);
  await tryIt(page);
  await page.getByText('2 ô, ví dụ 12/5/1960 · 3/4/1952').waitFor();
  const asked = page.getByRole('radio', { name: 'Tháng trước (3/17)' });
  assert.equal(await asked.isChecked(), false, 'nothing is answered for the worker');
  assert.equal(await page.getByRole('button', { name: /^Ghi vào sổ/ }).isDisabled(), true, 'nor taken before it is answered');
  await page.getByText('Ngày đầu được hiểu là ngày 12 tháng 5 năm 1960').first().waitFor();
  await checkAccessibility(page);
  await picture(page, 'import-3-both-ways');
  await asked.click();
  await page.getByText('Ngày đầu được hiểu là').first().waitFor({ state: 'detached' });
  await page.getByRole('radio', { name: /^Các hộ/ }).click();
  await page.getByRole('cell', { name: '05/12/1960' }).waitFor();
  await apply(page, 'Đã ghi 2 hộ, 2 người');
  await page.getByRole('button', { name: 'Nhập tệp khác' }).click();
  await choose(page, 'b.csv', text.replaceAll('Bùi', 'Hà'));
  await tryIt(page);
  await asked.waitFor();
  assert.equal(await asked.isChecked(), true, 'as answered for this layout before');
});

test('the register goes out as a file with its reason', async (t) => {
  const { page } = await openPage(t, { data: emptyCommune(t) });
  await signIn(page);
  await open(page, 'Nhập từ Excel');
  await page.getByRole('tab', { name: 'Xuất danh sách' }).click();
  await page.getByLabel('Xuất để làm gì').fill('báo cáo rà soát cuối năm');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Xuất tệp' }).click();
  assert.match((await download).suggestedFilename(), /^so-an-sinh-.*\.xlsx$/);
  await page.getByText('Đã xuất').waitFor();
});
