// The commands of this feature.
import { call, type Request } from '$host';

export const getStatus = () => call('sync_status', {});
export const syncNow = () => call('sync_now', {});
export const enrol = (req: Request<'enrol'>) => call('enrol', req);
export const listConflicts = () => call('list_conflicts', {});
export const resolveConflict = (req: Request<'resolve_conflict'>) => call('resolve_conflict', req);
