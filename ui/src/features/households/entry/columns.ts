// The columns of the grid: where each value lives in a member, and what may be chosen.
import { codeLists } from '$bindings/registry';
import { codeOptions } from '$host';
import { t } from '$messages';
import type { Choice } from '$shared/choices';

export type Part = 'person' | 'membership' | 'disability';
export type Cell = 'full_name' | 'relationship_to_head' | 'sex' | 'birth_date' | 'citizen_id' | 'ethnic_code' | 'severity';

export const cells: { id: Cell; part: Part; choice: boolean }[] = [
  { id: 'full_name', part: 'person', choice: false },
  { id: 'relationship_to_head', part: 'membership', choice: true },
  { id: 'sex', part: 'person', choice: true },
  { id: 'birth_date', part: 'person', choice: false },
  { id: 'citizen_id', part: 'person', choice: false },
  { id: 'ethnic_code', part: 'person', choice: true },
  { id: 'severity', part: 'disability', choice: true },
];

export const partOf = (cell: Cell): Part => cells.find(({ id }) => id === cell)?.part ?? 'person';

const short: Partial<Record<Cell, Record<string, string[]>>> = {
  relationship_to_head: {
    head: ['h'],
    spouse: ['v'],
    child: ['c'],
    grandchild: ['ch'],
    parent: ['m', 'b', 'me', 'bo', 'cha'],
    child_in_law: ['d', 'r', 'dau', 're'],
    sibling: ['a', 'e'],
    grandparent: ['o', 'ong', 'ba'],
  },
  sex: { male: ['1', 'm'], female: ['2', 'f'] },
  severity: { extremely_severe: ['d'], severe: ['n'], mild: ['nh'], '': ['k', '0'] },
};

const lists: Partial<Record<Cell, string>> = {
  relationship_to_head: 'relationship_to_head',
  sex: 'sex',
  ethnic_code: 'ethnic_group',
  severity: 'disability_severity',
};

export function choicesOf(cell: Cell): Choice[] {
  const list = lists[cell] ?? '';
  // Found by the words of both languages; the code itself only where people use it, as for ethnic groups.
  const options: Choice[] = codeOptions(list).map((option, at) => ({
    ...option,
    words: cell === 'ethnic_code' ? option.words : codeLists[list]?.[at]?.vi,
    short: short[cell]?.[option.value],
  }));
  return cell === 'severity' ? [{ value: '', label: t('entry.not_disabled'), short: short.severity?.[''] }, ...options] : options;
}
