// The commands of this feature.
import { call } from '$host';

export const getStatus = () => call('sync_status', {});
export const syncNow = () => call('sync_now', {});
