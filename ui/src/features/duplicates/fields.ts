// A person's fields beside another's, and which of the two values is to stay.
import type { ComparedPerson } from '$bindings/commands';
import { type ColumnOf, kinds } from '$bindings/registry';
import { fieldLabel } from '$host';
import { shownValue } from '$records/columns';

export type Side = 'one' | 'other';
/** What each entry is called beside the other. */
export const letter: Record<Side, string> = { one: 'A', other: 'B' };

export interface FieldRow {
  fid: number;
  label: string;
  one: string;
  other: string;
  /** Both have a value, and not the same one. */
  differs: boolean;
}

const columns: ColumnOf[] = kinds.person ?? [];

function shown(person: ComparedPerson, fid: number): string {
  const of = columns.filter((column) => column.fid === fid);
  const words = of.map((column) =>
    column.name === 'citizen_id'
      ? (person.masked_citizen_id ?? '')
      : shownValue('person', column, person.person.opened.values[column.name], person.person.names),
  );
  return words.filter(Boolean).join(' · ');
}

/** The fields in which at least one has a value, in the order of the registry. */
export function fieldRows(one: ComparedPerson, other: ComparedPerson, differing: number[]): FieldRow[] {
  const fids = [...new Set(columns.map((column) => column.fid))];
  return fids
    .map((fid) => ({
      fid,
      label: fieldLabel('person', columns.find((column) => column.fid === fid)?.name ?? ''),
      one: shown(one, fid),
      other: shown(other, fid),
      differs: differing.includes(fid),
    }))
    .filter((row) => row.one || row.other);
}

/** What stays unless somebody says otherwise: the survivor's value, and the other's where the survivor has none. */
export function kept(row: FieldRow, survivor: Side, chosen: Record<number, Side>): Side {
  if (!row.one || !row.other) return row.one ? 'one' : 'other';
  return row.differs ? (chosen[row.fid] ?? survivor) : survivor;
}

/** The fields whose values come from the entry given up. */
export const taken = (rows: FieldRow[], survivor: Side, chosen: Record<number, Side>): number[] =>
  rows.filter((row) => kept(row, survivor, chosen) !== survivor).map((row) => row.fid);
