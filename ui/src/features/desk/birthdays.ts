// Whose turn comes: people who reach an age at which the law gives or takes something.
// Years alone are left out: a turn whose day nobody knows is no date for a desk.
import type { PersonRow } from '$bindings/commands';

/** Ages of the benefits: small children, school age, working age, old age. */
export const AGES = [3, 4, 16, 22, 60, 70, 75, 80];
export const WITHIN_DAYS = 60;

export interface Birthday {
  person: string;
  full_name: string;
  village_name: string;
  turns: number;
  /** `YYYY-MM-DD`. */
  on: string;
}

/** The day somebody born on `birth` (whole date) turns `age`; for the 29th of February the 28th where there is none. */
export function birthdayOf(birth: string, age: number): string | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(birth);
  if (!match) return null;
  const [, year, month, day] = match;
  const on = new Date(Date.UTC(Number(year) + age, Number(month) - 1, Number(day)));
  if (on.getUTCMonth() !== Number(month) - 1) on.setUTCDate(0);
  return on.toISOString().slice(0, 10);
}

export function comingBirthdays(rows: PersonRow[], turns: number, today: string): Birthday[] {
  const last = new Date(Date.parse(today) + WITHIN_DAYS * 86_400_000).toISOString().slice(0, 10);
  return rows.flatMap(({ id, full_name, village_name, birth }) => {
    const on = birth && birthdayOf(birth, turns);
    return on && on >= today && on <= last ? [{ person: id, full_name, village_name, turns, on }] : [];
  });
}
