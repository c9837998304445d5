// How numbers, money and days are written: 23/11/2026, 1.350.000 đ, 2,0; instants as the clock on a Vietnamese wall (UTC+7).
import { locale } from '$messages';

const HANOI_MS = 7 * 3600 * 1000;
const two = (n: number) => String(n).padStart(2, '0');

export function number(value: number, decimals = 0): string {
  const tag = locale() === 'vi' ? 'vi-VN' : 'en-GB';
  return new Intl.NumberFormat(tag, { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
    .format(value)
    .replace('-', '−');
}

export function money(dong: number): string {
  return `${dong < 0 ? '−' : ''}${String(Math.abs(dong)).replace(/\B(?=(\d{3})+$)/g, '.')} đ`;
}

/** `1948`, `1948-03` or `1948-03-17` as 1948, 03/1948, 17/03/1948. */
export function date(value: string | null | undefined): string {
  return value ? value.split('-').reverse().join('/') : '';
}

/** The other way round: what a person typed, as a partial date, or null where it is none. Only the form is judged here. */
export function parseDate(typed: string): string | null {
  const match = /^(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?(\d{4})$/.exec(typed.trim());
  if (!match) return null;
  const [, day, month, year] = match;
  const parts = [year, month && two(Number(month)), day && two(Number(day))].filter((part): part is string => Boolean(part));
  return exists(parts) ? parts.join('-') : null;
}

/** 12031950 and 031950 typed in one go, with their slashes; anything else as it is. */
export function withSlashes(typed: string): string {
  const digits = typed.trim();
  if (/^\d{8}$/.test(digits)) return `${digits.slice(0, 2)}/${digits.slice(2, 4)}/${digits.slice(4)}`;
  if (/^\d{6}$/.test(digits)) return `${digits.slice(0, 2)}/${digits.slice(2)}`;
  return typed;
}

/** Which message tells what is wrong with a date that cannot be read; `{date}` and `{month}` are its placeholders. */
export function dateComplaint(typed: string, whole = false) {
  const text = withSlashes(typed).trim().replace(/[.-]/g, '/');
  if (/^(\d{1,2}\/){0,2}\d{2}$/.test(text)) return 'date.short_year';
  if (!whole && /^\d{1,2}\/\d{1,2}\/\d{4}$/.test(text) && parseDate(text.slice(text.indexOf('/') + 1)))
    return 'date.not_in_calendar';
  return whole ? 'date.write_whole' : 'date.write_like';
}

function exists([year, month, day]: string[]): boolean {
  if (month && (Number(month) < 1 || Number(month) > 12)) return false;
  if (!day) return true;
  const made = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return made.getUTCMonth() === Number(month) - 1 && made.getUTCDate() === Number(day) && Number(day) > 0;
}

function onTheWall(instant: string | number): Date {
  return new Date(new Date(instant).getTime() + HANOI_MS);
}

/** 23/11/2026 16:20 */
export function dateTime(instant: string | number): string {
  const d = onTheWall(instant);
  return `${day(instant)} ${two(d.getUTCHours())}:${two(d.getUTCMinutes())}`;
}

/** 23/11 16:20, and only 16:20 on the day `now` falls on. */
export function shortTime(instant: string | number, now: number = Date.now()): string {
  const d = onTheWall(instant);
  const time = `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}`;
  if (day(instant) === day(now)) return time;
  const date = `${two(d.getUTCDate())}/${two(d.getUTCMonth() + 1)}`;
  return d.getUTCFullYear() === onTheWall(now).getUTCFullYear() ? `${date} ${time}` : `${date}/${d.getUTCFullYear()} ${time}`;
}

/** 23/11/2026 */
export function day(instant: string | number): string {
  const d = onTheWall(instant);
  return `${two(d.getUTCDate())}/${two(d.getUTCMonth() + 1)}/${d.getUTCFullYear()}`;
}

/** The day of an instant as `YYYY-MM-DD`, the form in which dates cross to the host. */
export function isoDay(instant: string | number): string {
  return onTheWall(instant).toISOString().slice(0, 10);
}

/** The day so many days later, `YYYY-MM-DD`; empty for none. */
export function plusDays(iso: string, days: number): string {
  if (!iso) return '';
  const later = new Date(`${iso}T00:00:00Z`);
  later.setUTCDate(later.getUTCDate() + days);
  return later.toISOString().slice(0, 10);
}

export function daysSince(instant: string | number, now: number = Date.now()): number {
  return Math.floor((now - new Date(instant).getTime()) / 86_400_000);
}

/** A word that stands alone with a capital, inside a sentence. */
export function upperFirst(text: string): string {
  return text.charAt(0).toLocaleUpperCase('vi') + text.slice(1);
}

export function lowerFirst(text: string): string {
  return text.charAt(0).toLocaleLowerCase('vi') + text.slice(1);
}

const unit = /^(xóm|thôn|bản|làng|ấp|buôn|tổ|khu|tiểu khu|phố|xã|phường|thị trấn|huyện|thị xã|thành phố|tỉnh) /i;

/** A place inside a sentence: the word for what it is stands small, a bare name as it is written. */
export function placeInside(name: string): string {
  return unit.test(name) ? lowerFirst(name) : name;
}
