// Months that say the same are one row: from when to when, what is due, what was received, and why it changed.
import type { MonthView } from '$bindings/commands';

export interface Run {
  from: string;
  to: string;
  count: number;
  /** One of the months; they are alike. */
  month: MonthView;
  /** Sum of the differences; null where none can be said. */
  difference: number | null;
}

const codes = (month: MonthView) =>
  JSON.stringify([month.regular, month.carer_support, month.total, month.received, month.difference, month.missing]);

export function runs(months: MonthView[]): Run[] {
  const made: Run[] = [];
  for (const month of months) {
    const last = made.at(-1);
    if (last && codes(last.month) === codes(month)) {
      last.to = month.month;
      last.count += 1;
      last.difference = sum(last.difference, month.difference);
    } else {
      made.push({ from: month.month, to: month.month, count: 1, month, difference: month.difference });
    }
  }
  return made;
}

const sum = (a: number | null, b: number | null) => (a === null || b === null ? (a ?? b) : a + b);

/** `by` months later, as `YYYY-MM`. */
export function later(month: string, by: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const at = year * 12 + number - 1 + by;
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
}
