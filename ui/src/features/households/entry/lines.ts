// The people of the form while they are typed. Values are kept as they will be saved; beside them stands what was typed where
// that may be something else: a date that is not one yet, an id with its spaces.
import type { FormRecord, HouseholdForm, MemberForm } from '$bindings/commands';
import { parseDate, date, withSlashes } from '$shared/format';
import { fold } from '$shared/fold';
import { groupId } from '$records/columns';
import { type Cell, cells, partOf } from './columns';

export interface Line {
  key: number;
  member: MemberForm;
  typed: { birth_date: string; citizen_id: string };
  /** Somebody of the register, taken in instead of a new person: the head of where they live now, empty where nowhere. */
  taken?: string;
}

let nextKey = 1;
const blank = (): FormRecord => ({ id: null, values: {}, opened: null });

export function newLine(member?: MemberForm, typed?: Line['typed']): Line {
  // A draft of before may know nothing of the last.
  const made = member
    ? { ...member, different_from: member.different_from ?? [] }
    : { person: blank(), membership: blank(), disability: null, removed: false, different_from: [] };
  const { birth_date: birth, citizen_id: id } = made.person.values;
  return {
    key: nextKey++,
    member: made,
    typed: typed ?? {
      birth_date: typeof birth === 'string' ? date(birth) : '',
      citizen_id: typeof id === 'string' ? groupId(id) : '',
    },
  };
}

export function valueOf(line: Line, cell: Cell): string | null {
  const value = line.member[partOf(cell)]?.values[cell];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** What stands in the cell. */
export function textOf(line: Line, cell: Cell): string {
  return cell === 'birth_date' || cell === 'citizen_id' ? line.typed[cell] : (valueOf(line, cell) ?? '');
}

export function isBlank(line: Line): boolean {
  // Being the head is a default of the first line, no fact that somebody typed.
  return (
    line.member.person.id === null && cells.every(({ id }) => id === 'relationship_to_head' || textOf(line, id).trim() === '')
  );
}

export function setCell(line: Line, cell: Cell, text: string | null): void {
  if (cell === 'severity') {
    if (!line.member.disability && text) line.member.disability = blank();
    if (line.member.disability) line.member.disability.values.severity = text || null;
    return;
  }
  const { values } = line.member[partOf(cell)] ?? line.member.person;
  if (cell === 'birth_date') {
    line.typed.birth_date = text ?? '';
    values.birth_date = parseDate(withSlashes(text ?? ''));
  } else if (cell === 'citizen_id') {
    line.typed.citizen_id = text ?? '';
    values.citizen_id = plainId(text ?? '') || null;
  } else {
    values[cell] = text;
  }
}

/** Puts somebody of the register into the line of the new person that was typed. What the register knows stays; what was typed
    beyond it is a change. */
export function takeIn(line: Line, person: FormRecord, disability: FormRecord | null, from: string): void {
  const typed = Object.entries(line.member.person.values).filter(([, value]) => value !== null && value !== '');
  const known = Object.entries(person.values).filter(([, value]) => value !== null && value !== '');
  line.member.person = { ...person, values: { ...Object.fromEntries(typed), ...Object.fromEntries(known) } };
  line.member.disability = disability ?? line.member.disability;
  const fresh = newLine(line.member);
  line.typed = fresh.typed;
  line.taken = from;
}

/** Digits without the spaces and dots people put between them; anything else as typed, for the checks to judge. */
export function plainId(typed: string): string {
  const tight = typed.replace(/[\s.\u00a0-]/g, '');
  return /^\d*$/.test(tight) ? tight : typed.trim();
}

/** On leaving a cell: what was typed in short is written out. */
export function tidyCell(line: Line, cell: Cell): void {
  if (cell === 'birth_date') {
    const value = valueOf(line, 'birth_date');
    line.typed.birth_date = value ? date(value) : withSlashes(line.typed.birth_date);
  }
  if (cell === 'citizen_id') line.typed.citizen_id = groupId(valueOf(line, 'citizen_id') ?? '');
  if (cell === 'full_name') {
    const name = valueOf(line, 'full_name')?.normalize('NFC').replace(/\s+/g, ' ').trim() ?? null;
    line.member.person.values.full_name = name || null;
    if (name && !valueOf(line, 'sex') && line.member.person.id === null) line.member.person.values.sex = sexOf(name);
  }
}

/** Thị is borne by women and Văn by men: a suggestion that stands in the cell to be seen and changed. */
export function sexOf(name: string): string | null {
  const middle = name.trim().split(/\s+/).slice(1, -1);
  if (middle.some((word) => word.normalize('NFC') === 'Thị')) return 'female';
  return middle.some((word) => fold(word) === 'van') ? 'male' : null;
}

/** The form as it is checked and saved: blank lines are nobody, new people take the household's ethnic group. */
export function toForm(
  household: FormRecord,
  poverty: FormRecord | null,
  lines: Line[],
): { form: HouseholdForm; keys: number[] } {
  const people = lines.filter((line) => !isBlank(line));
  const ethnic = household.values.ethnic_code ?? null;
  const members = people.map(({ member }) => {
    const values = { ...member.person.values };
    if (member.person.id === null && !values.ethnic_code && ethnic) values.ethnic_code = ethnic;
    return { ...member, person: { ...member.person, values } };
  });
  return { form: { household, members, poverty }, keys: people.map((line) => line.key) };
}
