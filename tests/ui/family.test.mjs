// Acts of family life in the real UI, by keyboard: split, death, change of head, moving out and back, each taken back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { family } from '../lib/family.mjs';
import { checkAccessibility, emptyCommune, openPage, picture, sampleCommune } from './fixture.mjs';
import { signIn } from './register.mjs';

/** Enters the household of five by keyboard and stands on its page. */
async function withHousehold(t) {
  const { page } = await openPage(t, { data: emptyCommune(t) });
  await signIn(page);
  await page.goto(new URL('#/entry', page.url()).href);
  await page.locator('[data-cell="household.village"]').waitFor();
  const cell = () => page.evaluate(() => document.activeElement?.closest('[data-cell]')?.dataset.cell ?? '');
  for (let step = 0; step < 12 && !(await cell()).endsWith('.full_name'); step += 1) await page.keyboard.press('Enter');
  for (const values of family) {
    for (const value of [...values, '', '']) {
      if (value) await page.keyboard.type(value);
      await page.keyboard.press('Enter');
    }
    await page.waitForFunction(() => document.activeElement?.dataset.cell?.endsWith('.full_name'));
  }
  await page.keyboard.press('Control+s');
  await page.getByText('Đã lưu hộ', { exact: false }).first().waitFor();
  await page.getByRole('heading', { name: 'Nhân khẩu' }).first().waitFor();
  return page;
}

/** Opens the menu of events by its key and chooses by typing, without the mouse. */
async function begin(page, name) {
  await page.locator('.d-body').focus();
  await page.keyboard.press('b');
  await page.getByRole('menuitem', { name, exact: true }).waitFor();
  for (let step = 0; step < 20; step += 1) {
    if ((await page.evaluate(() => document.activeElement?.textContent?.trim())) === name) break;
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name, exact: true }).waitFor();
  await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement);
}

/** Replaces what stands in the focused field. */
async function retype(page, text) {
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
}

/** Puts the focus on a control by its label and marks it with the space bar. */
async function mark(page, name) {
  await page.getByLabel(name, { exact: true }).focus();
  await page.keyboard.press('Space');
}

async function choose(page, label, typed) {
  await page.getByLabel(label, { exact: true }).focus();
  await retype(page, typed);
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
}

const present = (page) =>
  page.evaluate(() => [...document.querySelectorAll('.d-body table.flat tbody tr:not(.gone) td:first-child a')].map((a) => a.textContent));

async function finish(page, name) {
  await page.keyboard.press('Control+s');
  await page.getByRole('status').filter({ hasText: `Đã ghi: ${name}` }).or(page.getByText(`Đã ghi: ${name}`)).first().waitFor();
  await page.getByRole('region', { name: 'Biến động' }).first().waitFor();
}

async function takeBack(page) {
  // The newest toast has the key.
  await page.getByRole('button', { name: /Hoàn tác.*Ctrl/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Đã hoàn tác, mọi thứ như trước').waitFor();
}

const names = family.map(([name]) => name);

test('a household is split, seen on both pages, and put together again', async (t) => {
  const page = await withHousehold(t);
  await begin(page, 'Tách hộ');
  await mark(page, names[1]);
  await choose(page, `Quan hệ của ${names[1]}`, 'chu ho');
  await mark(page, names[2]);
  await page.getByText('Lập hộ mới từ', { exact: false }).waitFor();
  await checkAccessibility(page);
  await picture(page, 'act-split');
  await finish(page, 'Tách hộ');
  await page.waitForFunction((name) => document.querySelector('.d-head h1')?.textContent === name, names[1]);
  assert.deepEqual((await present(page)).toSorted(), [names[1], names[2]].toSorted());
  await picture(page, 'after-split');
  await takeBack(page);
  await page.waitForFunction((name) => document.querySelector('.d-head h1')?.textContent === name, names[0]);
  await page.waitForFunction(
    (count) => document.querySelectorAll('.d-body table.flat tbody tr:not(.gone)').length === count,
    names.length,
  );
});

test('the head dies, another is head, and a mistake is taken back', async (t) => {
  const page = await withHousehold(t);
  await begin(page, 'Khai tử');
  await retype(page, '22/11/2026');
  await mark(page, names[0]);
  await choose(page, `Quan hệ của ${names[1]}`, 'chu ho');
  await page.getByText(`${names[0]} mất`, { exact: false }).waitFor();
  await checkAccessibility(page);
  await picture(page, 'act-death');
  await page.keyboard.press('Control+s');
  await page.getByText('Đã ghi: Khai tử').waitFor();
  await page.waitForFunction((name) => document.querySelector('.d-head h1')?.textContent === name, names[1]);
  await takeBack(page);
  await page.waitForFunction((name) => document.querySelector('.d-head h1')?.textContent === name, names[0]);
});

test('what is missing is told beside its field, and nothing is done', async (t) => {
  const page = await withHousehold(t);
  await begin(page, 'Tách hộ');
  await page.keyboard.press('Control+s');
  await page.getByText('Chọn ít nhất một người.').waitFor();
  await checkAccessibility(page);
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { name: 'Nhân khẩu' }).waitFor();
  assert.equal((await present(page)).length, names.length);
});

test('another member becomes the head with the relations that follow', async (t) => {
  const page = await withHousehold(t);
  await begin(page, 'Đổi chủ hộ');
  await choose(page, `Quan hệ của ${names[1]}`, 'chu ho');
  await page.getByText(`${names[1]}: từ`, { exact: false }).waitFor();
  await checkAccessibility(page);
  await picture(page, 'act-head');
  await finish(page, 'Đổi chủ hộ');
  await page.waitForFunction((name) => document.querySelector('.d-head h1')?.textContent === name, names[1]);
  await takeBack(page);
  await page.waitForFunction((name) => document.querySelector('.d-head h1')?.textContent === name, names[0]);
});

test('a member leaves the commune and comes back', async (t) => {
  const page = await withHousehold(t);
  await begin(page, 'Chuyển đi');
  await mark(page, names[1]);
  await page.getByLabel('Nơi đến').focus();
  await page.keyboard.type('TP Hà Nội');
  await page.getByText(`${names[1]} rời xã`, { exact: false }).waitFor();
  await picture(page, 'act-leave');
  await finish(page, 'Chuyển đi');
  await page.waitForFunction(
    (count) => document.querySelectorAll('.d-body table.flat tbody tr:not(.gone)').length === count,
    names.length - 1,
  );
  await checkAccessibility(page);

  await begin(page, 'Chuyển đến');
  await choose(page, 'Người', names[1].split(' ').slice(-2).join(' '));
  await choose(page, 'Quan hệ với chủ hộ', 'con de');
  await page.getByText('là con đẻ', { exact: false }).waitFor();
  await picture(page, 'act-arrive');
  await finish(page, 'Chuyển đến');
  await page.waitForFunction(
    (count) => document.querySelectorAll('.d-body table.flat tbody tr:not(.gone)').length === count,
    names.length,
  );
});

test('somebody who left comes back from their own page, and anybody by Ctrl+K', async (t) => {
  const page = await withHousehold(t);
  await begin(page, 'Chuyển đi');
  await mark(page, names[1]);
  await page.getByLabel('Nơi đến').focus();
  await page.keyboard.type('TP Hà Nội');
  await page.getByText(`${names[1]} rời xã`, { exact: false }).waitFor();
  await finish(page, 'Chuyển đi');

  await page.getByRole('link', { name: names[1] }).first().click();
  await page.getByRole('tab', { name: 'Lý lịch' }).waitFor();
  await begin(page, 'Chuyển đến');
  await choose(page, 'Vào hộ', names[0].split(' ').slice(-2).join(' '));
  await choose(page, 'Quan hệ với chủ hộ', 'con de');
  await page.getByText('là con đẻ', { exact: false }).waitFor();
  await checkAccessibility(page);
  await picture(page, 'act-arrive-person');
  await page.keyboard.press('Control+s');
  await page.getByText('Đã ghi: Chuyển đến').waitFor();
  // Of somebody who has a home the page offers other acts.
  await page.locator('header').getByRole('link', { name: names[0] }).waitFor();

  await page.keyboard.press('Control+k');
  await page.keyboard.type('chuyen den');
  await page.getByRole('option', { name: 'Chuyển đến' }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Chuyển đến' }).waitFor();
  await page.getByLabel('Vào hộ').waitFor();
  await checkAccessibility(page);
  await picture(page, 'arrive');
});

test('a household that left comes back by Ctrl+K', async (t) => {
  const page = await withHousehold(t);
  await begin(page, 'Cả hộ chuyển đi');
  await page.getByLabel('Từ ngày').fill('20/11/2026');
  await page.getByText('Ra ngoài xã').click();
  await page.getByText('rời xã', { exact: false }).first().waitFor();
  await page.keyboard.press('Control+s');
  await page.getByText('Đã ghi: Cả hộ chuyển đi').waitFor();
  await page.goto(new URL('#/desk', page.url()).href);
  await page.getByRole('heading', { level: 1, name: 'Bàn việc' }).waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('ho tro ve xa');
  await page.getByRole('option', { name: 'Hộ trở về xã' }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByLabel('Hộ trở về', { exact: true }).waitFor();
  await choose(page, 'Hộ trở về', names[0].split(' ').slice(-2).join(' '));
  await mark(page, names[0]);
  await choose(page, `Quan hệ của ${names[0]}`, 'chu ho');
  await page.getByText('về ở lại', { exact: false }).or(page.getByText('trở về', { exact: false })).first().waitFor();
  await checkAccessibility(page);
  await picture(page, 'arrive-household');
  await page.keyboard.press('Control+s');
  await page.getByText('Đã ghi: Hộ trở về xã').waitFor();
  await page.waitForFunction((name) => document.querySelector('.d-head h1')?.textContent === name, names[0]);
});

test('of several households found by typing Enter takes the one that is lit, and a merge is taken back', async (t) => {
  const { page } = await openPage(t, { data: sampleCommune(t) });
  await signIn(page);
  await page.goto(new URL('#/households', page.url()).href);
  await page.getByText(/ 4 người/).first().click();
  await page.getByRole('heading', { name: 'Nhân khẩu' }).first().waitFor();
  const joining = await present(page);
  await begin(page, 'Nhập hộ');
  const into = page.getByLabel('Nhập vào hộ', { exact: true });
  await into.focus();
  await page.keyboard.type('Bùi');
  const lit = page.locator('[role=option][data-highlighted]');
  await page.getByRole('option').nth(1).waitFor();
  await lit.waitFor();
  const name = await lit.locator('span').first().textContent();
  await page.keyboard.press('Enter');
  assert.equal(await into.inputValue(), name);
  for (const one of joining) await choose(page, `Quan hệ của ${one}`, 'con de');
  await page.getByText('kết thúc từ', { exact: false }).first().waitFor();
  await checkAccessibility(page);
  await picture(page, 'act-merge');
  await page.keyboard.press('Control+s');
  await page.getByText('Đã ghi: Nhập hộ').waitFor();
  await takeBack(page);
  await page.waitForFunction(
    (count) => document.querySelectorAll('.d-body table.flat tbody tr:not(.gone)').length === count,
    joining.length,
  );
});

test('of two heads one key keeps one, and it can be taken back', async (t) => {
  const page = await withHousehold(t);
  await page.locator('.d-body').focus();
  await page.keyboard.press('e');
  const relation = page.getByLabel('Quan hệ với chủ hộ').nth(1);
  await relation.focus();
  await retype(page, 'chu ho');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+s');
  await page.getByText('Có hai chủ hộ: hai máy ghi khác nhau', { exact: false }).waitFor();
  await checkAccessibility(page);
  await picture(page, 'two-heads');
  await page.locator('.d-body').focus();
  await page.keyboard.press('1');
  await page.getByText('Đã ghi: Giữ một chủ hộ').waitFor();
  await page.getByText('Có hai chủ hộ: hai máy ghi khác nhau', { exact: false }).waitFor({ state: 'detached' });
  await page.waitForFunction((name) => document.querySelector('.d-head h1')?.textContent === name, names[0]);
  await takeBack(page);
  await page.getByText('Có hai chủ hộ: hai máy ghi khác nhau', { exact: false }).waitFor();
  await page.goto(new URL('#/desk', page.url()).href);
  await page.getByText('1 hộ có hai chủ hộ').waitFor();
});

test('a roster is shown for a village on a day, taken out and printed', async (t) => {
  const page = await withHousehold(t);
  await page.goto(new URL('#/roster', page.url()).href);
  await page.getByRole('region', { name: names[0] }).waitFor();
  await checkAccessibility(page);

  await page.keyboard.press('Control+e');
  await page.getByLabel('Xuất để làm gì').fill('đối chiếu với công an xã');
  await checkAccessibility(page);
  await picture(page, 'roster-takeout');
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Xuất tệp' }).click()]);
  assert.match(file.suggestedFilename(), /^so-an-sinh-nhan-khau-tai-ngay-\d+\.xlsx$/);

  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.evaluate(() => (window.print = () => {}));
  await page.keyboard.press('Control+p');
  const sheet = page.locator('body > section.paper');
  await sheet.waitFor({ state: 'attached' });
  assert.match(await sheet.locator('thead b').textContent(), /^Nhân khẩu tại ngày \d\d\/\d\d\/\d{4}: /);
  assert.deepEqual((await sheet.locator('tbody tr td:nth-child(4)').allTextContents()).toSorted(), names.toSorted());
});

test('villages are merged from a day on, and old days keep their names', async (t) => {
  const { page } = await openPage(t, { data: emptyCommune(t) });
  await signIn(page);
  await page.goto(new URL('#/places', page.url()).href);
  for (const name of ['Mu', 'Chiềng']) {
    await page.keyboard.press('n');
    await page.getByLabel('Tên xóm').focus();
    await page.keyboard.type(name);
    await page.keyboard.press('Control+s');
    await page.getByRole('heading', { name: `xóm ${name}` }).waitFor();
    await page.keyboard.press('Escape');
  }
  await page.getByRole('row').filter({ hasText: 'xóm Mu' }).first().click();
  await page.getByRole('button', { name: 'Sáp nhập với xóm khác' }).focus();
  await page.keyboard.press('Enter');
  await mark(page, 'xóm Chiềng');
  await page.getByLabel('Tên xóm').focus();
  await retype(page, 'Mu Chiềng');
  await page.getByText('xóm Mu Chiềng bắt đầu từ', { exact: false }).waitFor();
  await checkAccessibility(page);
  await picture(page, 'act-villages');
  await page.keyboard.press('Control+s');
  await page.getByText('Đã ghi: Sáp nhập xóm').waitFor();
  await page.getByRole('heading', { name: 'xóm Mu Chiềng' }).waitFor();
});

test('a death is told on the page of the person', async (t) => {
  const page = await withHousehold(t);
  await page.getByRole('link', { name: names[4] }).first().click();
  await page.getByRole('tab', { name: 'Lý lịch' }).waitFor();
  await begin(page, 'Khai tử');
  await retype(page, '2026');
  await page.getByLabel('Số giấy chứng tử').focus();
  await page.keyboard.type('12/2026');
  await page.getByText(`${names[4]} mất 2026`, { exact: false }).waitFor();
  await checkAccessibility(page);
  await picture(page, 'act-person');
  await page.keyboard.press('Control+s');
  await page.getByText('Đã ghi: Khai tử').waitFor();
});
