// The commands of this feature.
import { call, type Request } from '$host';
import { everything } from '$lists/filters';

export const getStatus = () => call('sync_status', {});
export const syncNow = () => call('sync_now', {});
/** A page of the households with a change that has no receipt yet; what is specially protected is not told apart. */
export const listWaiting = (offset: number, limit: number) =>
  call('list_households', {
    filter: { ...everything, marks: ['pending'] },
    sort: 'changed',
    descending: true,
    offset,
    limit,
  });
export const enrol = (req: Request<'enrol'>) => call('enrol', req);
export const listConflicts = () => call('list_conflicts', {});
