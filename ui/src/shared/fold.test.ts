import { describe, expect, it } from 'vitest';
import { fold, initials, marked, matches, rank, ranked } from './fold';

describe('folding', () => {
  it('takes off marks, composed or decomposed', () => {
    expect(fold('Đặng Văn Ước')).toBe('dang van uoc');
    expect(fold('Hòa'.normalize('NFD'))).toBe(fold('Hoà'));
  });

  it('finds words by their beginnings in any order', () => {
    expect(matches('Xã Mường Bi', 'bi muon')).toBe(true);
    expect(matches('M’Nông', 'm n')).toBe(true);
    expect(matches('Xã Mường Bi', 'mai')).toBe(false);
  });

  it('puts a name that begins with the query before one of whose words does, and one that only holds it last', () => {
    expect([rank('Đồng bộ', 'dong'), rank('Hội đồng', 'dong'), rank('Hội đồng', 'oi don'), rank('Đồng bộ', 'so')]).toEqual([
      0,
      1,
      2,
      null,
    ]);
    const names = ['Không đồng bộ', 'Đồng bộ', 'Hộ gia đình', 'Đóng sổ'];
    expect(ranked(names, (name) => name, 'dong')).toEqual(['Đồng bộ', 'Đóng sổ', 'Không đồng bộ']);
  });

  it('does not take two letters inside a word for an answer', () => {
    expect(rank('Bàn việc', 'an')).toBe(null);
    expect(rank('Sao lưu', '')).toBe(0);
  });

  it('marks what was found, though it was typed without marks', () => {
    const hits = (text: string, query: string) =>
      marked(text, query)
        .filter((part) => part.hit)
        .map((part) => part.text);
    expect(hits('Đinh Thị Nhợi', 'nhoi di')).toEqual(['Đi', 'Nhợi']);
    expect(hits('Bùi Văn Hợi'.normalize('NFD'), 'ho')).toEqual(['Hợ']);
  });

  it('takes the first and the given name for initials', () => {
    expect(initials('Đinh Văn Nghiệp')).toBe('ĐN');
    expect(initials('Ỉn')).toBe('Ỉ');
  });
});
