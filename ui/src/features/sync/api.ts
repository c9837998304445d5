// The commands of this feature.
import { call } from '$host';

export const getStatus = () => call('get_sync_status', {});
export const syncNow = () => call('sync_now', {});
