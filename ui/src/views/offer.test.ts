import House from '@lucide/svelte/icons/house';
import { describe, expect, it } from 'vitest';
import { type Entry, type Found, offer } from './offer';

const entry = (label: string): Entry => ({ value: label, label, icon: House, run: () => {} });
const found = (kind: string, label: string): Found => ({ ...entry(label), kind });
const all = {
  text: '',
  found: [found('household', 'Bùi Văn Hợi'), found('person', 'Đinh Thị Nhợi'), found('household', 'Hà Văn Tạch')],
  page: [entry('Tách hộ'), entry('Thêm hộ'), entry('Khai tử')],
  screens: [entry('Hộ gia đình'), entry('Thêm hộ'), entry('Đồng bộ')],
  anywhere: [entry('Thêm hộ'), entry('Khóa sổ'), entry('Xuất danh sách hộ')],
};
const shown = (text: string, records = all.found) =>
  offer({ ...all, text, found: records }).map(({ title, entries }) => [title, entries.map(({ label }) => label)]);

describe('what the palette offers', () => {
  it('shows what was opened last in its own order, and each name once, where nothing is typed', () => {
    expect(shown('')).toEqual([
      ['palette.recent', ['Bùi Văn Hợi', 'Đinh Thị Nhợi', 'Hà Văn Tạch']],
      ['palette.page', ['Tách hộ', 'Thêm hộ', 'Khai tử']],
      ['palette.screens', ['Hộ gia đình', 'Đồng bộ']],
      ['palette.actions', ['Khóa sổ', 'Xuất danh sách hộ']],
    ]);
  });

  it('groups records by their kind while one types', () => {
    expect(shown('hoi')).toEqual([
      ['palette.people', ['Đinh Thị Nhợi']],
      ['palette.households', ['Bùi Văn Hợi', 'Hà Văn Tạch']],
    ]);
  });

  it('finds an act of the page without diacritics', () => {
    expect(shown('tach', [])).toEqual([['palette.page', ['Tách hộ']]]);
  });

  it('finds an act by another word for it, after those that are called so', () => {
    const anywhere = [{ ...entry('Khai tử'), also: 'mất qua đời' }, entry('Mất mạng')];
    expect(offer({ ...all, found: [], page: [], anywhere, text: 'mat' })).toMatchObject([
      { title: 'palette.actions', entries: [{ label: 'Mất mạng' }, { label: 'Khai tử' }] },
    ]);
  });

  it('puts the group with the best answer first', () => {
    expect(shown('ho', [])).toEqual([
      ['palette.screens', ['Hộ gia đình']],
      ['palette.page', ['Tách hộ', 'Thêm hộ']],
      ['palette.actions', ['Xuất danh sách hộ']],
    ]);
  });
});
