// Two machines of one commune write one field: both values are kept, told on every tab, and a person decides.
import { join } from 'node:path';
import { test } from 'node:test';
import { ansinh, muongBi, scratch, startProvince } from '../lib/programs.mjs';
import { checkAccessibility, openPage, picture, screen } from './fixture.mjs';
import { household, members, open, signIn, typeFields } from './register.mjs';

/** Two machines of the commune that hold the same household of five. */
async function twoMachines(t) {
  const place = scratch(t);
  const province = await startProvince(t, join(place, 'province'));
  const machines = ['VP-01', 'XOM-02'].map((name) => ({ name, data: join(place, name) }));
  for (const { name, data } of machines) {
    ansinh(data, ['init', '--commune', muongBi.code, '--user', name === 'VP-01' ? 'Quách Thị Huyền' : 'Bùi Văn Chiến', '--recovery-file', `${data}.recovery`]);
    ansinh(data, ['enrol', '--server', province.url, '--code', province.code(name)]);
  }
  const [office, village] = machines;
  const { page } = await openPage(t, { data: office.data });
  await signIn(page);
  await open(page, 'Hộ gia đình');
  await page.keyboard.press('n');
  await page.getByRole('heading', { level: 1, name: 'Thêm hộ' }).waitFor();
  await typeFields(page, '', ...household.slice(1, 3), 'n', ...household.slice(4));
  for (const person of members) await typeFields(page, ...person);
  await page.keyboard.press('Control+s');
  await page.getByRole('heading', { level: 1, name: 'Bùi Thị Nhợi' }).waitFor();
  await syncNow(page);
  ansinh(village.data, ['sync']);
  const { page: other } = await openPage(t, { data: village.data });
  await signIn(other);
  return [page, other];
}

async function syncNow(page) {
  await open(page, 'Đồng bộ');
  await page.keyboard.press('F5');
  await page.getByText('Đã gửi hết').first().waitFor();
}

/** Opens the form of the old woman, and gives what saves another day of birth. */
async function beginChange(page, day) {
  await open(page, 'Nhân khẩu');
  await page.locator('tbody').getByRole('link', { name: 'Bùi Văn Thìn' }).first().click();
  await page.getByRole('heading', { level: 1, name: /Bùi Văn Thìn/ }).waitFor();
  await page.keyboard.press('e');
  const birth = page.getByLabel('Ngày sinh');
  await birth.waitFor();
  return async () => {
    await birth.fill(day);
    await page.keyboard.press('Control+s');
    await birth.waitFor({ state: 'detached' });
  };
}

test('two machines differ: it is told on every tab, and one value is chosen', async (t) => {
  const [page, other] = await twoMachines(t);
  const saves = [await beginChange(page, '14/08/1978'), await beginChange(other, '1979')];
  for (const save of saves) await save();
  await syncNow(other);
  await syncNow(page);
  await page.getByRole('tab', { name: 'Cần người quyết 1' }).click();
  await page.getByRole('article', { name: 'Ngày sinh' }).waitFor();
  await screen(page, 'conflicts');

  await open(page, 'Nhân khẩu');
  await page.locator('tbody').getByRole('link', { name: 'Bùi Văn Thìn' }).first().click();
  await page.getByRole('tab', { name: 'Chế độ', selected: true }).waitFor();
  for (const tab of ['Lịch sử', 'Chế độ']) {
    await page.getByRole('tab', { name: tab, exact: true }).click();
    await page.getByText('1 chỗ hai máy ghi khác nhau').waitFor();
  }
  await checkAccessibility(page);
  await picture(page, 'person-conflict');
  await page.getByRole('button', { name: 'Xem và quyết' }).click();
  await page.getByRole('article', { name: 'Ngày sinh' }).getByText('14/08/1978').waitFor();
  await screen(page, 'person-conflict-card');
  await page.getByRole('article', { name: 'Ngày sinh' }).focus();
  await page.keyboard.press('a');
  await page.getByRole('article', { name: 'Ngày sinh' }).waitFor({ state: 'detached' });
  await page.getByRole('tab', { name: 'Chế độ', exact: true }).click();
  await page.getByText('hai máy ghi khác nhau').waitFor({ state: 'detached' });
});
