// What the list of people was left at: filters, order and place are kept while the program runs, in memory only.
import type { PersonFilter } from '$bindings/commands';
import { codeName } from '$host';
import { everybody } from '$lists/filters';
import { t, tIn } from '$messages';

export const list = $state({ filter: { ...everybody }, sort: 'name', descending: false, offset: 0 });

export const isFiltered = (filter: PersonFilter) => JSON.stringify(filter) !== JSON.stringify(everybody);

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

export const marks = [
  'no_citizen_id',
  'odd_citizen_id',
  'same_citizen_id',
  'two_homes',
  'id_sex',
  'id_year',
  'id_province',
  'no_birth_date',
  'year_only',
  'age_odd',
  'no_household',
  'no_village',
  'conflict',
  'finding',
  'pending',
] as const;

export const classes = ['poor', 'near_poor', 'just_escaped', 'average_living', 'none', 'not_reviewed'] as const;
export const standings = ['here', 'gone', 'dead', 'everyone'] as const;

export const ageLabel = (from: number | null, to: number | null) =>
  to === null ? t('people.age_over', { from: from ?? 0 }) : t('people.age_range', { from: from ?? 0, to });

/** The filters in words, for a sheet of paper and a file: “xóm Mu, Nữ, 60–74 tuổi”. */
export function filterWords(filter: PersonFilter, villageName: (id: string) => string): string {
  const words = [
    filter.text && t('list.with_words', { text: filter.text }),
    filter.village && villageName(filter.village),
    (filter.age_from !== null || filter.age_to !== null) && ageLabel(filter.age_from, filter.age_to),
    filter.sex && (filter.sex === 'unknown' ? t('people.sex_unknown') : codeName('sex', filter.sex)),
    filter.ethnic_code && codeName('ethnic_group', filter.ethnic_code),
    filter.poverty_class && tIn('class', filter.poverty_class, 'class.other'),
    filter.disability &&
      (filter.disability === 'any' ? t('people.disabled') : codeName('disability_severity', filter.disability)),
    filter.disability_type && codeName('disability_type', filter.disability_type),
    filter.standing !== 'here' && tIn('people.standing', filter.standing, 'people.standing.everyone'),
    ...filter.marks.map((mark) => tIn('mark', mark, 'mark.other')),
  ];
  return words.filter(Boolean).join(', ');
}
