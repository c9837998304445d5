// Privacy as an office keeps it: why a field is asked for, consents, requests, the sheet, the notice, the audit.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccessibility, openPage, picture, sampleCommune } from './fixture.mjs';
import { open, signIn } from './register.mjs';

async function openFirst(t) {
  const { page } = await openPage(t, { data: sampleCommune(t) });
  await signIn(page);
  await open(page, 'Nhân khẩu');
  await page.locator('tbody a').first().click();
  await page.getByRole('tab', { name: 'Lý lịch' }).waitFor();
  return page;
}

/** The words that would stand on paper. */
async function printed(page) {
  await page.emulateMedia({ media: 'print' });
  const text = await page.evaluate(() => document.body.innerText);
  await page.emulateMedia({ media: null });
  const sheet = await page.pdf({ format: 'A4' });
  return { text, sheets: sheet.toString('latin1').match(/\/Type \/Page\b(?!s)/g)?.length };
}

test('why a field is asked for is told by F1 in the field, and Escape goes back to it', async (t) => {
  const page = await openFirst(t);
  await page.keyboard.press('e');
  const field = page.getByLabel('Điện thoại', { exact: true });
  await field.focus();
  await page.keyboard.press('F1');
  const why = page.getByRole('dialog', { name: 'Vì sao hỏi “Điện thoại”?' });
  await why.getByText('Tìm đến nhà, gọi điện, gửi giấy.').waitFor();
  await checkAccessibility(page);
  await picture(page, 'why-asked');
  await page.keyboard.press('Escape');
  await why.waitFor({ state: 'detached' });
  await field.waitFor();
  await page.locator('[data-column=citizen_id]').getByRole('button', { name: 'Vì sao hỏi?' }).click();
  await page.getByRole('dialog').getByText('Luật Căn cước 26/2023/QH15', { exact: false }).waitFor();
});

test('a consent is recorded, counts, and is withdrawn', async (t) => {
  const page = await openFirst(t);
  await page.keyboard.press('Alt+7');
  const consents = page.getByRole('region', { name: 'Sự đồng ý' });
  await consents.getByRole('button', { name: 'Thêm' }).click();
  await page.getByLabel('Đồng ý việc gì').fill('anh trong ho so');
  await page.keyboard.press('Enter');
  await page.getByText('Chính người đó').first().click();
  await checkAccessibility(page);
  await picture(page, 'consent-form');
  await page.keyboard.press('Control+s');
  await consents.getByText('còn hiệu lực').waitFor();
  await consents.getByRole('button', { name: 'Sửa' }).click();
  await page.getByLabel('Ngày rút lại').fill('23/11/2026');
  await page.keyboard.press('Control+s');
  await consents.getByText('đã rút lại').waitFor();
  await checkAccessibility(page);
  await picture(page, 'person-privacy');
});

test('a request stands on the work desk until it is answered', async (t) => {
  const page = await openFirst(t);
  await page.keyboard.press('Alt+7');
  const requests = page.getByRole('region', { name: 'Yêu cầu về dữ liệu' });
  await requests.getByRole('button', { name: 'Thêm' }).click();
  await page.getByLabel('Yêu cầu', { exact: true }).fill('xem du lieu');
  await page.keyboard.press('Enter');
  assert.equal(await page.getByLabel('Hạn trả lời').inputValue(), '26/11/2026', 'three days are owed');
  await page.keyboard.press('Control+s');
  await requests.getByText('chờ trả lời').waitFor();
  await open(page, 'Bàn việc');
  await page.locator('[data-task]').filter({ hasText: 'hỏi về dữ liệu của mình' }).waitFor();
  await checkAccessibility(page);
  await picture(page, 'desk-request');
  await open(page, 'Quyền riêng tư');
  await page.getByRole('cell', { name: 'Xem dữ liệu về mình' }).waitFor();
  await checkAccessibility(page);
  await picture(page, 'privacy-requests');
  await page.getByRole('table').getByRole('link').first().click();
  await requests.getByRole('button', { name: 'Sửa' }).click();
  await page.getByLabel('Ngày trả lời').fill('23/11/2026');
  await page.getByText('Đã làm theo yêu cầu').first().click();
  await page.keyboard.press('Control+s');
  await requests.getByText('đã trả lời').waitFor();
  await open(page, 'Quyền riêng tư');
  await page.getByText('Không có yêu cầu nào chờ trả lời').waitFor();
});

test('who asked to be limited is shown as such, changed only for a reason, and left out of what goes out', async (t) => {
  const page = await openFirst(t);
  await page.keyboard.press('Alt+7');
  const requests = page.getByRole('region', { name: 'Yêu cầu về dữ liệu' });
  await requests.getByRole('button', { name: 'Thêm' }).click();
  await page.getByLabel('Yêu cầu', { exact: true }).fill('han che');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+s');
  await page.getByText('Đã yêu cầu hạn chế sử dụng dữ liệu (23/11/2026).').waitFor();
  await checkAccessibility(page);

  const rename = async () => {
    await page.keyboard.press('Alt+2');
    await page.locator('.d-body').focus();
    await page.keyboard.press('e');
    await page.getByLabel('Nghề').fill('làm ruộng');
    await page.keyboard.press('Control+s');
  };
  await rename();
  await page.getByText('Mở trang của người ấy, nêu lý do rồi làm lại', { exact: false }).waitFor();
  await picture(page, 'limit');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Nêu lý do để sửa' }).click();
  await page.getByLabel('Vì sao phải sửa').fill('ghi theo giấy tờ mới');
  await page.keyboard.press('Enter');
  await page.getByText('Đã nêu lý do: sửa được', { exact: false }).waitFor();
  await rename();
  await page.getByText('Đã lưu').first().waitFor();

  await open(page, 'Nhân khẩu');
  await page.evaluate(() => (window.print = () => {}));
  await page.keyboard.press('Control+p');
  const sheet = page.locator('body > section.paper');
  await sheet.waitFor({ state: 'attached' });
  assert.match(await sheet.textContent(), /1 người đã yêu cầu hạn chế/);
});

test('the sheet for the person is made with a reason and prints by itself', async (t) => {
  const page = await openFirst(t);
  const name = (await page.getByRole('heading', { level: 1 }).innerText()).replace(/^(Cụ|Ông|Bà|Cháu) /, '');
  await page.keyboard.press('Alt+7');
  await page.getByRole('button', { name: 'Lập tờ dữ liệu' }).click();
  await page.getByLabel('Vì sao lập tờ này').fill('người dân yêu cầu xem');
  await checkAccessibility(page);
  await page.getByRole('button', { name: 'Lập tờ dữ liệu' }).click();
  await page.getByRole('article', { name: 'Tờ dữ liệu của người này' }).waitFor();
  await checkAccessibility(page);
  await picture(page, 'person-sheet');
  const { text } = await printed(page);
  assert.ok(text.includes(name) && text.includes('Dữ liệu về ông/bà'), text);
  assert.ok(text.includes('In tờ dữ liệu cho người dân'), 'that it was given out stands on it');
  assert.ok(!text.includes('Bàn việc'), 'nothing of the screen is printed');
});

test('the notice for applicants and the data map print by themselves', async (t) => {
  const page = await openFirst(t);
  await open(page, 'Quyền riêng tư');
  await page.getByRole('tab', { name: 'Tờ thông báo' }).click();
  await page.getByRole('article', { name: 'Thông báo về dữ liệu cá nhân' }).waitFor();
  await checkAccessibility(page);
  const notice = await printed(page);
  assert.ok(notice.text.includes('Ủy ban nhân dân xã Mường Bi') && notice.text.includes('trong 3 ngày'), notice.text);
  assert.equal(notice.sheets, 1, 'a short page is one page');
  await page.getByRole('tab', { name: 'Bản đồ dữ liệu' }).click();
  await page.getByRole('article', { name: 'Bản đồ dữ liệu' }).getByText('Số định danh').first().waitFor();
  await checkAccessibility(page);
  const map = await printed(page);
  assert.ok(map.text.includes('Luật Căn cước') || map.text.includes('Dùng số định danh, căn cước theo luật'), 'with its basis');
  assert.ok(map.sheets > 1, 'the map goes over several sheets');
});

test('the audit is searched, checked and given out', async (t) => {
  const page = await openFirst(t);
  const name = (await page.getByRole('heading', { level: 1 }).innerText()).replace(/^(Cụ|Ông|Bà|Cháu) /, '');
  await page.getByRole('button', { name: 'xem', exact: true }).click();
  await open(page, 'Quản trị');
  await page.getByRole('tab', { name: 'Nhật ký' }).click();
  await page.getByRole('button', { name: 'Kiểm tra cả chuỗi' }).click();
  await page.getByText('nguyên vẹn, không thiếu dòng nào', { exact: false }).waitFor();
  await page.getByRole('combobox', { name: 'Việc' }).fill('xem so dinh danh');
  await page.keyboard.press('Enter');
  await page.getByText('1 dòng', { exact: true }).waitFor();
  await page.getByRole('cell', { name }).waitFor();
  await checkAccessibility(page);
  await picture(page, 'audit-search');
  await page.getByRole('button', { name: 'Xuất nhật ký' }).click();
  await page.getByRole('dialog').getByLabel('Lý do').fill('đoàn kiểm tra của tỉnh');
  await checkAccessibility(page);
  const file = page.waitForEvent('download');
  await page.getByRole('dialog').getByRole('button', { name: 'Xuất nhật ký' }).click();
  assert.match((await file).suggestedFilename(), /^nhat-ky-\d{8}\.xlsx$/);
  await page.getByRole('button', { name: 'Bỏ lọc' }).click();
  await page.getByText('Xuất nhật ký').first().waitFor();
});
