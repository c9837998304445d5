// The command of this feature.
import { call } from '$host';

export const getQuality = () => call('get_quality', {});
