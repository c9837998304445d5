// The commands of this feature.
import { call } from '$host';

export const getQuality = () => call('get_quality', {});
/** How many pairs are probably one person entered twice. */
export const countDuplicates = async () =>
  (await call('list_duplicates', { text: '', village: null, same_id: false, likely: true, offset: 0, limit: 1 })).total;
