// The numbers of the villages put in order and summed. Each number is that of the list it opens.
import type { MarkCount, QualityRow } from '$bindings/commands';
import { href } from '$shared/router.svelte';

/** Whose marks a table counts. */
export type Whose = 'people' | 'households';

export const marksOf = (row: QualityRow, whose: Whose): MarkCount[] =>
  whose === 'people' ? row.person_marks : row.household_marks;

export const markCount = (row: QualityRow, whose: Whose, mark: string): number =>
  marksOf(row, whose).find((found) => found.mark === mark)?.count ?? 0;

const sum = (numbers: number[]) => numbers.reduce((all, n) => all + n, 0);

/** The whole commune as one row. */
export function totalOf(rows: QualityRow[]): QualityRow {
  const of = (name: 'people' | 'with_id' | 'with_birth' | 'with_village' | 'complete' | 'households') =>
    sum(rows.map((row) => row[name]));
  const marks = (whose: Whose) =>
    marksFound(rows, whose).map((mark) => ({ mark, count: sum(rows.map((row) => markCount(row, whose, mark))) }));
  return {
    village: null,
    village_name: '',
    people: of('people'),
    with_id: of('with_id'),
    with_birth: of('with_birth'),
    with_village: of('with_village'),
    complete: of('complete'),
    households: of('households'),
    person_marks: marks('people'),
    household_marks: marks('households'),
  };
}

/** The marks that somebody has, the most frequent first. */
export function marksFound(rows: QualityRow[], whose: Whose): string[] {
  const counts = new Map<string, number>();
  for (const { mark, count } of rows.flatMap((row) => marksOf(row, whose))) {
    counts.set(mark, (counts.get(mark) ?? 0) + count);
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([mark]) => mark);
}

const shareMarked = (row: QualityRow, whose: Whose) => {
  if (whose === 'people') return row.people > 0 ? 1 - row.complete / row.people : -1;
  return row.households > 0 ? sum(row.household_marks.map(({ count }) => count)) / row.households : -1;
};

/** Where most is missing first: by people who are not complete, by marks a household. Villages with nobody come last. */
export const worstFirst = (rows: QualityRow[], whose: Whose): QualityRow[] =>
  [...rows].sort((a, b) => shareMarked(b, whose) - shareMarked(a, whose));

/** The list of those with a mark, in one village, in none (`null`), or in the whole commune. */
export function listOf(whose: Whose, mark: string, village?: string | null): string {
  // Whoever has no village is in none: asking twice would be the same list.
  if (village === undefined || mark === 'no_village') return href(whose, 'filter', mark);
  return href(whose, 'filter', mark, village ?? 'none');
}
