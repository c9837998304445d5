// The grid for a whole household: counted in keystrokes, typed by an input method, with thirty people and long names.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyCommune, openPage, picture } from './fixture.mjs';
import { household, members, open, signIn } from './register.mjs';

async function openForm(t) {
  const opened = await openPage(t, { data: emptyCommune(t) });
  await signIn(opened.page);
  await open(opened.page, 'Hộ gia đình');
  await opened.page.keyboard.press('n');
  await opened.page.getByRole('heading', { level: 1, name: 'Thêm hộ' }).waitFor();
  return opened;
}

/** What stands in the field of a name, as it is shown. */
const contents = (page, cell) =>
  page.locator(`[data-cell="${cell}"], [data-cells="${cell}"] [aria-checked=true]`).evaluate((field) =>
    field instanceof HTMLInputElement ? field.value : field.textContent.trim(),
  );

/** The field that has the focus. */
const current = (page) =>
  page.evaluate(() => {
    const field = document.activeElement;
    return field.dataset.cell ?? field.closest('[data-cells]')?.dataset.cells ?? null;
  });

test('a household of five takes no more keystrokes than its contents and one a field', async (t) => {
  const { page } = await openForm(t);
  const spent = new Map();
  let all = 0;
  const count = async (key, act) => {
    const cell = await current(page);
    spent.set(cell, (spent.get(cell) ?? 0) + 1);
    all += 1;
    await act(key);
  };
  const type = async (text) => {
    for (const letter of text) await count(letter, (key) => page.keyboard.type(key));
    await count('Enter', (key) => page.keyboard.press(key));
  };
  for (const text of ['', household[1], household[2], 'n', ...household.slice(4)]) await type(text);
  for (const person of members) for (const text of person) await type(text);

  let allowed = 0;
  for (const [cell, keystrokes] of spent) {
    const text = await contents(page, cell);
    assert.ok(keystrokes <= text.length + 1, `${cell} took ${keystrokes} keystrokes for “${text}”`);
    allowed += text.length + 1;
  }
  assert.equal(spent.size, 6 + 5 * 7, 'every field of the household and of five people was gone through');
  await page.keyboard.press('Control+s');
  all += 1;
  await page.getByRole('heading', { level: 1, name: 'Bùi Thị Nhợi' }).waitFor();
  await page.getByText('5 người đang ở').waitFor();
  assert.ok(all <= allowed, `${all} keystrokes, the save among them, for ${allowed}`);
  console.log(`a household of five: ${all} keystrokes of ${allowed} allowed`);
});

/** Telex as Unikey sends it: what stood there is taken back by Backspace, the letters with their marks follow. */
async function unikey(page, ...steps) {
  for (const step of steps) {
    if (step === '⌫') await page.keyboard.press('Backspace');
    else await page.keyboard.insertText(step);
  }
}

test('Unikey writes by Backspace and letters in every kind of cell', async (t) => {
  const { page } = await openForm(t);
  await page.getByLabel('Họ và tên').first().focus();
  // Nguyeenx Thij Hoaf
  await unikey(page, ...'Nguye', '⌫', 'ê', 'n', '⌫', '⌫', 'ễn', ' ', ...'Thi', '⌫', 'ị', ' ', ...'Hoa', '⌫', '⌫', 'òa');
  assert.equal(await page.getByLabel('Họ và tên').first().inputValue(), 'Nguyễn Thị Hòa');
  await page.keyboard.press('Enter');
  // vowj: a choice that opens while one types.
  await unikey(page, 'v', 'o', '⌫', 'ơ', '⌫', 'ợ');
  await page.keyboard.press('Tab');
  assert.equal(await page.getByLabel('Quan hệ với chủ hộ').first().inputValue(), 'Vợ/chồng');
  assert.equal(await page.getByLabel('Giới tính').first().inputValue(), 'Nữ', 'Thị is seen however it was written');
  await page.keyboard.press('Tab');
  await unikey(page, '1', '9', '5', '1', '⌫', '0');
  await page.keyboard.press('Enter');
  assert.equal(await page.getByLabel('Ngày sinh').first().inputValue(), '1950');
});

test('what is being composed is left to the input method', async (t) => {
  const { page, context } = await openForm(t);
  const name = page.getByLabel('Họ và tên').first();
  await name.focus();
  const cdp = await context.newCDPSession(page);
  const compose = (text) => cdp.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  for (const text of ['B', 'Bu', 'Bù', 'Bùi']) await compose(text);
  await cdp.send('Input.insertText', { text: 'Bùi' });
  await page.keyboard.insertText(' ');
  for (const text of ['T', 'Th', 'Thi', 'Thị']) await compose(text);
  await name.dispatchEvent('keydown', { key: 'Enter', keyCode: 229, isComposing: true, bubbles: true });
  assert.ok(await name.evaluate((input) => input === document.activeElement), 'Enter while composing stays in the field');
  await cdp.send('Input.insertText', { text: 'Thị' });
  assert.equal(await name.inputValue(), 'Bùi Thị');
});

test('thirty people with names of sixty characters keep the shape of the grid', async (t) => {
  const { page } = await openForm(t);
  const long = (n) => `Nguyễn Phước Hoàng Công Tằng Tôn Nữ Thị Quỳnh Hương Ngân`.padEnd(59, 'h') + String.fromCharCode(97 + (n % 26));
  await page.getByLabel('Họ và tên').first().focus();
  for (let n = 0; n < 30; n += 1) {
    await page.keyboard.insertText(long(n));
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('ArrowUp');
  const names = page.getByLabel('Họ và tên');
  assert.equal(await names.count(), 31);
  const last = names.nth(29);
  assert.equal(await last.inputValue(), long(29));
  assert.ok(await last.evaluate((input) => input === document.activeElement), 'one stands in the last line');
  const box = await last.boundingBox();
  assert.ok(box.y > 0 && box.y + box.height < page.viewportSize().height, 'the line being typed is in sight');
  const heights = await names.evaluateAll((inputs) => inputs.map((input) => input.getBoundingClientRect().height));
  assert.equal(new Set(heights).size, 1, 'a long name makes no line higher');
  const table = await page.getByRole('table', { name: 'Người trong hộ' }).evaluate((grid) => grid.scrollWidth <= grid.parentElement.clientWidth);
  assert.ok(table, 'nor the grid wider than its place');
  await picture(page, 'entry-thirty');
  await page.keyboard.press('Control+d');
  assert.equal(await last.inputValue(), long(28), 'Ctrl+D takes what stands above');
  await page.keyboard.press('Control+s');
  await page.getByText('30 người đang ở').waitFor();
});
