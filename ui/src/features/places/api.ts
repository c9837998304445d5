// The commands of this feature. Villages and region status are records: they are saved like any other.
import type { RecordView } from '$bindings/commands';
import { call } from '$host';

export const getPlaces = (on: string | null) => call('get_places', { on });

type Values = RecordView['opened']['values'];

/** Saves a new record, or the changes of one that was opened. */
export function saveRecord(kind: string, opened: RecordView | null, values: Values, parent: string | null = null) {
  const record = { id: opened?.id ?? null, values, opened: opened?.opened ?? null };
  return call('save_record', { kind, parent, record, draft: null });
}
