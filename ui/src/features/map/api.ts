// The command of this feature.
import { call } from '$host';

export const getMap = () => call('get_map', {});
