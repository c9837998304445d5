// What the household list was left at: filters, order and place are kept while the program runs, in memory only.
import type { HouseholdFilter } from '$bindings/commands';

export const everything: HouseholdFilter = {
  text: '',
  village: null,
  poverty_class: null,
  pending: false,
  conflict: false,
  deleted: false,
  gone: false,
};

export const list = $state({ filter: { ...everything }, sort: 'name', descending: false, offset: 0 });

export const classes = ['poor', 'near_poor', 'just_escaped', 'average_living', 'none', 'not_reviewed'] as const;
export const sorts = ['name', 'code', 'village', 'members'] as const;
