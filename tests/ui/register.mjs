// Steps that the specs of the register share.
import { password } from '../lib/programs.mjs';

/** Signs in the only worker and waits for the window. */
export async function signIn(page) {
  await page.locator('input[type=password]').first().fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Chức năng' }).waitFor();
}

/** Opens a screen of the rail. */
export async function open(page, name) {
  await page.getByRole('navigation', { name: 'Chức năng' }).getByRole('link', { name }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

/** Types each text and goes on with Enter; an empty one goes past its field. */
export async function typeFields(page, ...texts) {
  for (const text of texts) {
    if (text) await page.keyboard.type(text);
    await page.keyboard.press('Enter');
  }
}

/** A household of five as it is typed: village, address, group, class, phone, whose; then one line a person. */
export const household = ['', 'cuối xóm, qua cầu', 'muong', '', '0368000127', 'con dâu'];
export const members = [
  ['Bùi Thị Nhợi', '', '', '12/03/1950', '017150000127', '', ''],
  ['Bùi Văn Thìn', 'c', '', '1978', '017078000452', '', 'd'],
  ['Quách Thị Hậu', 'd', '', '04/1984', '', '', ''],
  ['Bùi Ngọc Ánh', 'ch', 'nu', '15092012', '', '', ''],
  ['Bùi Gia Bảo', 'ch', 'nam', '20/02/2024', '', '', ''],
];
