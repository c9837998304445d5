// The commands of this feature. Villages and region status are records: they are saved like any other.
import type { RecordView } from '$bindings/commands';
import { call, type Request } from '$host';
import { formOf, saveRecord, type Values } from '$records/api';

export const getPlaces = (on: string | null) => call('get_places', { on });

/** Saves a new record, or the changes of one that was opened. */
export const savePlace = (
  kind: 'village' | 'region_status',
  opened: RecordView | null,
  values: Values,
  parent: string | null = null,
) => saveRecord({ kind, parent, record: formOf(opened, values), draft: null });

export const getCommune = () => call('get_commune_settings', {});
export const changeCommune = (req: Request<'change_commune_settings'>) => call('change_commune_settings', req);
