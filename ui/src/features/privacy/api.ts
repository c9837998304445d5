// The commands of this feature.
import { call } from '$host';

export const listDataRequests = (offset: number, limit: number) => call('list_data_requests', { offset, limit });
