// What the work desk gathers. Each part is asked for by itself: a part that a worker may not see is left out, not refused.
import { call, can } from '$host';
import { everybody, everything } from '$lists/filters';

export type Gap = 'no_citizen_id' | 'no_birth_date' | 'same_citizen_id' | 'two_homes';
export const gaps: Gap[] = ['two_homes', 'no_birth_date', 'same_citizen_id', 'no_citizen_id'];

export const listDrafts = async () => (can('write') ? (await call('list_drafts', {})).drafts : []);
export const listConflicts = async () => (await call('list_conflicts', {})).conflicts;
export const listImports = async () => (can('import') ? (await call('list_imports', {})).imports : []);
export const listBackups = () => call('list_backups', {});
export const getStatus = () => call('sync_status', {});
export const discardDraft = (key: string) => call('discard_draft', { key });

/** Who turns one of the ages at which the law gives or takes something, the soonest first. */
export const listBirthdays = async () => (await call('list_birthdays', {})).birthdays;

/** How many people lack what is asked for, and the first few names. */
export async function listGap(gap: Gap) {
  const filter = { ...everybody, marks: [gap] };
  return { gap, ...(await call('list_people', { filter, sort: 'name', descending: false, offset: 0, limit: 3 })) };
}

/** How many people the register has at all. */
export const countPeople = async () =>
  (await call('list_people', { filter: everybody, sort: 'name', descending: false, offset: 0, limit: 0 })).total;

/** Households in which several people are the head: two machines changed it, or a list said so. */
export const listTwoHeads = () =>
  call('list_households', {
    filter: { ...everything, marks: ['two_heads'] },
    sort: 'name',
    descending: false,
    offset: 0,
    limit: 3,
  });

/** Requests of people about their own data that have no answer yet, what is due first. */
export const listRequests = () => call('list_data_requests', { offset: 0, limit: 6 });
