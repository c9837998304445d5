// One record at a time: the commands behind every small form of a household or person, their history and conflicts.
import type { FormRecord, RecordView } from '$bindings/commands';
import { call, type Request } from '$host';

export type Values = FormRecord['values'];

export const openRecord = (kind: string, id: string | null) => call('open_record', { kind, id });
export const checkRecord = (req: Request<'check_record'>) => call('check_record', req);
export const saveRecord = (req: Request<'save_record'>) => call('save_record', req);
export const saveRestricted = (req: Request<'save_restricted'>) => call('save_restricted', req);
export const deleteRecord = (id: string, reason: string) => call('delete_record', { id, reason });
export const restoreRecord = (id: string) => call('restore_record', { id });
export const undo = (act: string | null) => call('undo', { act });
export const listHistory = (id: string, offset: number, limit: number) => call('list_history', { id, offset, limit });
export const resolveConflict = (req: Request<'resolve_conflict'>) => call('resolve_conflict', req);
export const search = (text: string) => call('search', { text, limit: 12 });
export const listAllowances = (person: string) =>
  call('get_person', { id: person }).then((view) => view.records.find((group) => group.kind === 'allowance')?.records ?? []);
export const listVillages = () => call('list_villages', {});

/** The record as a form sends it: values as they are now, with what they were opened on unchanged. */
export function formOf(record: RecordView | null, values: Values): FormRecord {
  return { id: record?.id ?? null, values, opened: record?.opened ?? null };
}
