// What the list of people was left at: filters, order and place are kept while the program runs, in memory only.
import type { PersonFilter } from '$bindings/commands';

export const everybody: PersonFilter = {
  text: '',
  village: null,
  sex: null,
  ethnic_code: null,
  age_from: null,
  age_to: null,
  disabled: false,
  no_citizen_id: false,
  no_birth_date: false,
  same_citizen_id: false,
  with_dead: false,
  with_away: false,
};

export const list = $state({ filter: { ...everybody }, sort: 'name', descending: false, offset: 0 });

/** Ages the law and the plan ask about; the last has no end. */
export const ages: [number, number | null][] = [
  [0, 2],
  [3, 5],
  [6, 15],
  [16, 21],
  [22, 59],
  [60, 74],
  [75, 79],
  [80, null],
];

export const marks = ['disabled', 'no_citizen_id', 'same_citizen_id', 'no_birth_date', 'with_dead', 'with_away'] as const;
