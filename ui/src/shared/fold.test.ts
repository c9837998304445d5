import { describe, expect, it } from 'vitest';
import { fold, initials, matches } from './fold';

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

  it('takes the first and the given name for initials', () => {
    expect(initials('Đinh Văn Nghiệp')).toBe('ĐN');
    expect(initials('Ỉn')).toBe('Ỉ');
  });
});
