// The real program in its real window: set up, a household of five by keyboard, killed, started again, sent to a real province.
import assert from 'node:assert/strict';
import { writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { family, hurried } from '../lib/family.mjs';
import { axeSource } from '../lib/modules.mjs';
import { password, root, scratch, startProvince } from '../lib/programs.mjs';
import { keys, openWindow } from './driver.mjs';

const worker = 'Bùi Thị Mừng';
const inner = "((at) => at?.dataset.cell ?? at?.dataset.cells ?? '')(document.activeElement?.closest('[data-cell],[data-cells]'))";
const activeCell = `return ${inner}`;

async function picture(window, name) {
  if (!process.env.SAS_PICTURES) return;
  mkdirSync(join(root, 'docs/pictures'), { recursive: true });
  writeFileSync(join(root, `docs/pictures/window-${name}.png`), await window.screenshot());
}

async function checkAccessibility(window, where) {
  await window.execute(axeSource());
  const found = await window.executeAsync(
    "const done = arguments[0]; axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] })" +
      ".then((r) => done(r.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.target.join(' ')).join(', '))), (e) => done([String(e)]));",
  );
  assert.deepEqual(found, [], `axe: ${where}`);
}

async function setUp(window, province) {
  const commune = await window.labelled('Xã, phường');
  await window.click(commune);
  await window.type(commune, 'muong bi');
  await window.byXpath("//*[@role='option'][contains(., 'Mường Bi')]");
  await window.type(commune, keys.enter);
  await window.type(await window.labelled('Họ và tên'), worker);
  const [first, second] = await window.findAll('input[type=password]');
  await window.type(first, password);
  await window.type(second, password);
  await checkAccessibility(window, 'set-up');
  await picture(window, 'set-up');
  await window.click(await window.button('Tạo sổ trên máy này'));

  const shown = await window.text(await window.find('.rk'));
  const groups = shown.split('–').map((group) => group.trim());
  assert.equal(groups.length, 6, 'the recovery key has six groups');
  await window.type(await window.labelled('Gõ lại nhóm thứ ba'), groups[2]);
  await window.click(await window.button('Đã cất khóa'));

  await window.type(await window.labelled('Địa chỉ máy chủ của tỉnh'), province.url);
  await window.type(await window.labelled('Mã cấp máy'), province.code('may xa'));
  await window.click(await window.button('Nối với tỉnh'));
  await window.click(await window.button('Bắt đầu với sổ trống'));
  await window.find('nav');
}

/** Types into the cell that has the focus and goes on: the next keys belong to the next cell, so its focus is waited for. */
async function fillCell(window, text) {
  const before = await window.execute(activeCell);
  await window.keyboard(text + keys.enter);
  await window.until(`return (${inner}) !== arguments[0]`, [before]);
}

async function enterHousehold(window) {
  await window.execute("location.hash = '#/entry'");
  await window.until(`return (${inner}) === 'household.village'`);
  for (let step = 0; step < 12 && !(await window.execute(activeCell)).endsWith('.full_name'); step += 1) await fillCell(window, '');
  for (const values of family) {
    assert.match(await window.execute(activeCell), /\.full_name$/);
    // Ethnic group and disability keep what stands there.
    for (const value of [...values, '', '']) await fillCell(window, value);
  }
  await checkAccessibility(window, 'entry');
  await picture(window, 'entry');
  await window.keyboard(keys.control + 's' + keys.release);
  await window.sees('Đã lưu hộ');
}

async function signIn(window) {
  await window.type(await window.find('input[type=password]'), password + keys.enter);
  await window.find('nav');
}

async function findHousehold(window) {
  await window.execute('document.activeElement.blur()');
  await window.keyboard(keys.control + 'k' + keys.release);
  await window.find('[role=dialog] input');
  await window.keyboard(hurried);
  await window.byXpath("//*[@role='option'][contains(., 'Đinh Thị Ước')]");
}

test('the program is set up, registers a household, is killed, and has lost nothing; the province has it', async (t) => {
  const place = scratch(t);
  const province = await startProvince(t, join(place, 'province'));
  const words = ['--data', join(place, 'commune')];
  const environment = Object.fromEntries(['CONFIG', 'STATE', 'DATA', 'CACHE'].map((kind) => [`XDG_${kind}_HOME`, join(place, kind)]));

  const window = await openWindow(t, words, environment);
  await setUp(window, province);
  await enterHousehold(window);
  await findHousehold(window);
  await picture(window, 'found');
  await window.end('SIGKILL');

  const again = await openWindow(t, words, environment);
  await picture(again, 'sign-in');
  await checkAccessibility(again, 'sign-in');
  await signIn(again);
  await findHousehold(again);
  // The driver's keys may arrive while the found list is still being drawn: pressed again until the palette has closed.
  for (let pressed = 0; pressed < 20 && (await again.findAll('[role=dialog]')).length > 0; pressed += 1) await again.keyboard(keys.escape);
  await again.until("return !document.querySelector('[role=dialog]')");
  await again.execute("location.hash = '#/sync'");
  await again.button('Thử nối ngay');
  await again.execute("[...document.querySelectorAll('button')].filter((b) => b.textContent.includes('Thử nối ngay')).at(-1).click()");
  await again.sees('so hai bên khớp');
  await checkAccessibility(again, 'sync');
  await picture(again, 'sync');

  const there = JSON.stringify(province.find('dinh thi uoc'));
  assert.match(there, /Đinh Thị Ước/, 'the province has the household');
});
