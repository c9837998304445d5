// What the household list was left at: filters, order and place are kept while the program runs, in memory only.
import type { HouseholdFilter, HouseholdRow } from '$bindings/commands';
import { codeName } from '$host';
import { everything } from '$lists/filters';
import { t, tIn } from '$messages';

export const list = $state({ filter: { ...everything }, sort: 'name', descending: false, offset: 0 });

export const isFiltered = (filter: HouseholdFilter) => JSON.stringify(filter) !== JSON.stringify(everything);

export const classes = ['poor', 'near_poor', 'just_escaped', 'average_living', 'none', 'not_reviewed'] as const;
export const sorts = ['name', 'code', 'village', 'members', 'changed'] as const;
export const marks = ['no_head', 'two_heads', 'empty', 'no_village', 'conflict', 'finding', 'pending'] as const;

/** The filters in words, for a sheet of paper and a file. */
export function filterWords(filter: HouseholdFilter, villageName: (id: string) => string): string {
  const words = [
    filter.text && t('list.with_words', { text: filter.text }),
    filter.village && villageName(filter.village),
    filter.poverty_class && tIn('class', filter.poverty_class, 'class.other'),
    filter.ethnic_code && codeName('ethnic_group', filter.ethnic_code),
    ...filter.marks.map((mark) => tIn('mark', mark, 'mark.other')),
    filter.deleted && t('households.only_deleted'),
  ];
  return words.filter(Boolean).join(', ');
}

/** A row in words, for paper. */
export function cellText(row: HouseholdRow, column: string): string {
  switch (column) {
    case 'head':
      return row.head_name || t('households.no_head');
    case 'code':
      return row.code;
    case 'village':
      return row.village_name;
    case 'members':
      return String(row.members);
    case 'class':
      return tIn('class', row.poverty_class ?? 'not_reviewed', 'class.other');
    default:
      return '';
  }
}
