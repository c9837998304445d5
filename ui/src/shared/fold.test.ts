import { describe, expect, it } from 'vitest';
import { fold, initials, marked, matches } from './fold';

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
