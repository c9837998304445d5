import { beforeEach, describe, expect, it } from 'vitest';
import { setLocale } from './messages';
import {
  date,
  dateTime,
  daysSince,
  isoDay,
  money,
  number,
  parseDate,
  placeInside,
  shortTime,
  dateComplaint,
  withSlashes,
} from './format';

describe('writing numbers and days', () => {
  beforeEach(() => setLocale('vi'));

  it('writes money as Vietnam does', () => {
    expect(money(1_350_000)).toBe('1.350.000 đ');
    expect(money(0)).toBe('0 đ');
    expect(money(-540_000)).toBe('−540.000 đ');
  });

  it('writes the word for a place small inside a sentence, and a bare name as it is', () => {
    expect(placeInside('Xóm Mu')).toBe('xóm Mu');
    expect(placeInside('Tổ dân phố 3')).toBe('tổ dân phố 3');
    expect(placeInside('Đồng Mới')).toBe('Đồng Mới');
  });

  it('writes decimals with a comma', () => expect(number(2, 1)).toBe('2,0'));

  it('writes partial dates as far as they are known', () => {
    expect(date('1948')).toBe('1948');
    expect(date('1948-03')).toBe('03/1948');
    expect(date('1948-03-17')).toBe('17/03/1948');
    expect(date(null)).toBe('');
  });

  it('reads what people type', () => {
    expect(parseDate('12/03/1950')).toBe('1950-03-12');
    expect(parseDate('3/2/2012')).toBe('2012-02-03');
    expect(parseDate(' 04/1984 ')).toBe('1984-04');
    expect(parseDate('1978')).toBe('1978');
  });

  it('refuses what is not in the calendar and years of two digits', () => {
    for (const typed of ['31/02/2012', '12/03/50', '00/01/2000', '13/2000', '3/2', ''])
      expect(parseDate(typed), typed).toBeNull();
  });

  it('shows instants on a Vietnamese clock', () => {
    expect(dateTime('2026-11-20T17:30:00Z')).toBe('21/11/2026 00:30');
    expect(isoDay('2026-11-20T17:30:00Z')).toBe('2026-11-21');
  });

  it('leaves out what the reader knows: the day of today, the year of this year', () => {
    const now = Date.parse('2026-11-23T01:00:00Z');
    expect(shortTime('2026-11-23T00:30:00Z', now)).toBe('07:30');
    expect(shortTime('2026-11-20T09:20:00Z', now)).toBe('20/11 16:20');
    expect(shortTime('2025-11-20T09:20:00Z', now)).toBe('20/11/2025 16:20');
  });

  it('counts whole days', () => expect(daysSince('2026-11-15T00:00:00Z', Date.parse('2026-11-23T01:00:00Z'))).toBe(8));
});

describe('dates typed in a hurry', () => {
  it('get their slashes', () =>
    expect([withSlashes('12031950'), withSlashes('031950'), withSlashes('1950')]).toEqual(['12/03/1950', '03/1950', '1950']));

  it('are refused with what to do', () => {
    expect(dateComplaint('12/03/50')).toBe('date.short_year');
    expect(dateComplaint('50')).toBe('date.short_year');
    expect(dateComplaint('31/02/2012')).toBe('date.not_in_calendar');
    expect(dateComplaint('hôm qua')).toBe('date.write_like');
    expect(dateComplaint('2012', true)).toBe('date.write_whole');
  });
});
