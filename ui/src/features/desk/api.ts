// What the work desk gathers. Each part is asked for by itself: a part that a worker may not see is left out, not refused.
import { call, can } from '$host';
import { AGES, type Birthday, comingBirthdays } from './birthdays';

const everyone = {
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

export type Gap = 'no_citizen_id' | 'no_birth_date' | 'same_citizen_id';
export const gaps: Gap[] = ['no_birth_date', 'same_citizen_id', 'no_citizen_id'];

export const listDrafts = async () => (can('write') ? (await call('list_drafts', {})).drafts : []);
export const listConflicts = async () => (await call('list_conflicts', {})).conflicts;
export const listImports = async () => (can('import') ? (await call('list_imports', {})).imports : []);
export const listBackups = () => call('list_backups', {});
export const getStatus = () => call('sync_status', {});
export const discardDraft = (key: string) => call('discard_draft', { key });

/** Who turns one of the ages soon. Of those a year younger, the oldest come first: a page of each age is enough. */
export async function listBirthdays(today: string): Promise<Birthday[]> {
  const pages = AGES.map(async (turns) => {
    const filter = { ...everyone, age_from: turns - 1, age_to: turns };
    const page = await call('list_people', { filter, sort: 'birth', descending: false, offset: 0, limit: 500 });
    return comingBirthdays(page.rows, turns, today);
  });
  return (await Promise.all(pages)).flat().sort((a, b) => a.on.localeCompare(b.on));
}

/** How many people lack what is asked for, and the first few names. */
export async function listGap(gap: Gap) {
  const filter = { ...everyone, [gap]: true };
  return { gap, ...(await call('list_people', { filter, sort: 'name', descending: false, offset: 0, limit: 3 })) };
}

/** Requests of people about their own data that have no answer yet, what is due first. */
export const listRequests = () => call('list_data_requests', { offset: 0, limit: 6 });
